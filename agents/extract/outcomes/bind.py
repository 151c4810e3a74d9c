"""Which number belongs to which outcome: the cheapest pairs first, then parts, lists and ellipsis.

A pair costs what stands between its two words (`costs`); a pair that costs more than the outcome's
reach is none (`reach`). What an outcome takes directly, `parts` and `lists` hand on.
"""

from copy import copy
from itertools import pairwise

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.costs import Costs
from agents.extract.outcomes.fates import HURT, Fate
from agents.extract.outcomes.lists import hand_on
from agents.extract.outcomes.parts import of_the_dead, parts
from agents.extract.outcomes.reach import distance, limit, passive_voice
from agents.extract.outcomes.retold import retold
from agents.extract.outcomes.tolls import toll_behind, toll_of
from agents.extract.text.entries import Way
from agents.extract.text.words import Item


def bind(
    items: list[Item], found: list[Fate], quantities: list[Quantity], subject_first: bool = False
) -> dict[int, Fate]:
    """Index of a quantity -> its fate; sets `rule` and, for parts, `scope` on the quantities."""
    costs = Costs(items, found, quantities)
    bound: dict[int, Fate] = {}
    for number, q in enumerate(quantities):
        fate = _own(items, found, q)
        toll = toll_behind(items, found, q) if fate is None else None
        if fate is not None:
            bound[number], q.rule = fate, fate.what.ways[0].rule
        elif toll is not None:
            bound[number], q.rule = toll, f"number of {toll.what.measure}"
    used = {id(f) for f in bound.values()}
    pairs = []
    for at, fate in enumerate(found):
        passive = passive_voice(items, fate)
        for number, q in enumerate(quantities):
            if number in bound or q.kind == "thing":
                continue
            price = _price(items, costs, fate, q, passive)
            if price is not None:
                pairs.append((price[0], abs(q.first - fate.first), number, at, price[1]))
    pairs.sort(key=lambda p: p[:4])
    for implicit in (False, True):
        for _, _, number, at, way in pairs:
            q, fate = quantities[number], found[at]
            if q.implicit == implicit and number not in bound and id(fate) not in used:
                bound[number], q.rule, q.single = fate, way.rule, way.single
                used.add(id(fate))
                q.scope = way.scope or q.scope
                if q.kind == "bare" and q.first > fate.last and _of_households(items, fate, way.direction):
                    q.unit = "household"
    _share(found, quantities, bound, used)
    _of_both(items, found, quantities, bound)
    of_the_dead(items, found, quantities, bound)
    parts(items, quantities, bound)
    hand_on(items, quantities, bound, subject_first)
    retold(items, quantities, bound)
    _in_words(items, found, quantities, bound)
    return bound


def _own(items: list[Item], found: list[Fate], q: Quantity) -> Fate | None:
    """«قتيلان», «سقوط شهيد»: a word that is number and outcome in one; "the two martyrs" were told before."""
    if q.noun is not None or not (q.number or items[q.first].has("one_hurt")):
        return None
    own = next((fate for fate in found if q.first <= fate.first <= q.last), None)
    return None if own is None or "def" in items[own.first].entry.clitics else own


def _share(found: list[Fate], quantities: list[Quantity], bound: dict[int, Fate], used: set[int]) -> None:
    """One subject, two outcomes: "five people were abducted and killed", "a man who was hurt has died"."""
    for fate in found:
        q = fate.subject or next((q for q in quantities if fate.voice == "bare" and q.last == fate.first - 1), None)
        if q is None or id(fate) in used:
            continue
        other = bound.get(quantities.index(q))
        back = other is not None and other.what.measure == "returned"  # "people evacuated from the town returned"
        shared = ("evacuated", "displaced") if back else ("killed", "injured", "captured") if fate.subject else ()
        if fate.what.measure not in shared:
            continue
        way = next(way for way in fate.what.ways if way.direction == "left")
        if fate.what.measure == "injured" and other is not None and other.what.measure == "killed":
            continue
        if other is not None and other.what.measure not in (fate.what.measure, "killed_or_injured"):
            if other.what.measure == "injured":  # who died of his wounds is counted once
                bound[quantities.index(q)], q.rule = fate, way.rule
                continue
            _count_again(q, fate, way, quantities, bound)
            used.add(id(fate))


def _of_both(items: list[Item], found: list[Fate], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """One object, two outcomes: "has killed and displaced thousands"."""
    for fate, after in pairwise(found):
        if after.what.measure != "displaced" or fate.what.measure not in HURT:
            continue
        apart = items[fate.last + 1 : after.first]
        joined = items[after.first].joined if not apart else len(apart) == 1 and apart[0].has("conj")
        way = next((way for way in fate.what.ways if way.direction == "right"), None)
        objects = [n for n, told in bound.items() if told is after and quantities[n].first > after.last]
        if joined and way and objects and not any(told is fate for told in bound.values()):
            _count_again(quantities[objects[0]], fate, way, quantities, bound)


def _count_again(q: Quantity, fate: Fate, way: Way, quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """The same people, counted for a second outcome too."""
    same = copy(q)
    same.rule, same.single, same.scope = way.rule, way.single, way.scope
    bound[len(quantities)] = fate
    quantities.append(same)


def _of_households(items: list[Item], fate: Fate, direction: str) -> bool:
    """ "The number of displaced families reached 300", "Households displaced: 300"."""
    named = items[fate.first : fate.last + 2] if direction == "toll" else items[max(0, fate.first - 1) : fate.first]
    return any(item.entry.noun == "household" for item in named)


def _price(items: list[Item], costs: Costs, fate: Fate, q: Quantity, passive: bool) -> tuple[float, Way] | None:
    """The cheapest way from an outcome to a quantity, None where all are too far."""
    best: tuple[float, Way] | None = None
    ways = fate.what.ways if q.implicit else (*fate.what.ways, *toll_of(items, fate, q))
    for order, way in enumerate(ways):
        if way.direction == "label" and not fate.last < q.first <= fate.last + 2:
            continue
        most = limit(items, q, way)
        if most < 0 or (way.needs and (q.unit != way.needs or q.kind == "unknown")):
            continue
        cost = distance(items, costs, fate, q, way, passive)
        if cost is None or cost > most:
            continue
        cost += order * 0.25 + (0.0 if way.strong else 0.5)
        if q.kind == "bare" and q.last + 1 < len(items) and items[q.last + 1].has("subset"):
            cost += 2.0  # «إصابات اثنتان منها خطيرة»: sooner the whole
        if way.direction == "count" and items[fate.last].entry.noun in ("person", "household"):
            cost += 1.0  # "killed 40 refugees": the verb comes before what the noun says
        if best is None or cost < best[0]:
            best = cost, way
    return best


def _in_words(items: list[Item], found: list[Fate], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """An outcome that has its one person in it, and nobody else: «أدى إلى وفاته»."""
    used = {id(fate) for fate in bound.values()}
    for fate in found:
        if id(fate) not in used and items[fate.last].has("one_in_it"):
            q = Quantity(fate.first, fate.last)
            q.kind, q.implicit, q.low, q.high = "person", True, 1, 1
            q.rule, q.single = fate.what.ways[0].rule, fate.what.ways[0].single
            bound[len(quantities)] = fate
            quantities.append(q)
