"""Which number belongs to which outcome: the cheapest pairs first, then lists and ellipsis.

A pair costs what stands between its two words (`STEP`); a pair that costs more than the outcome's
reach is none. What an outcome takes directly, a list hands on: "12 soldiers and 3 civilians were
killed", "killed in the city and 15 elsewhere", "killing 12, including 3 children".
"""

from copy import copy
from dataclasses import dataclass
from itertools import accumulate

from agents.extract.entries import Outcome, Way
from agents.extract.quantities import Quantity
from agents.extract.words import UNKNOWN, Item

FREE = frozenset(["aux", "adverb", "det", "hedge_gap", "of", "other"])
WORD, COMMA, JOIN, BREAK, CLOSE_SIGN = 1.0, 2.0, 3.0, 6.0, 1.0
ANOTHER_OUTCOME, ANOTHER_COUNT, ANOTHER_THING = 5.0, 4.0, 1.0
INSIDE = 2.5  # "12 wounded soldiers"
TIGHT = 2.0  # all that a number without a noun of people may be away
SUBJECT = 3.0  # all that one person may be away from the verb that follows
BEHIND = frozenset(
    ["conj", "break", "prep", "place_prep", "adverb", "time_word", "weekday", "time_lead", "speech", "according"]
)
GOES_ON = FREE.union(  # what may come right behind a noun that is one of a list
    ["place_prep", "prep", "conj", "conj_far", "rel", "subset", "with_others", "hedge_gap", "agent", "elsewhere"],
    ["weekday", "month", "time_word", "time_unit", "time_lead", "unit_link", "place_noun", "direction"],
)
TWO = 3.0  # all that a pair costs, however far from a verb in the dual
NUMBERED = 6  # items from "the number of" to the verb
TOLL = 8  # all that such a number may be away
SINGLES_APART = 4  # items between two single persons of one list
LIST_REACH = 16  # items between two members of a list


@dataclass(slots=True)
class Fate:
    """An outcome where it stands: items `first` to `last`."""

    first: int
    last: int
    what: Outcome
    blocked: str = ""  # the reason why it did not happen, or is not counted
    voice: str = ""  # passive, perfect, active, bare, unnumbered (its subject); "" where order does not tell it
    subject: Quantity | None = None  # who stands before it as its subject


class Costs:
    """What it costs to cross items; sums are ready, so that any pair is judged in one step."""

    def __init__(self, items: list[Item], fates: list[Fate], quantities: list[Quantity]) -> None:
        costs = [WORD if item.entry is UNKNOWN and item.kind == "word" else _step(item) for item in items]
        for q in quantities:
            if not q.implicit:
                for k in range(q.first, q.last + 1):
                    costs[k] = 0.0
                costs[q.last] = ANOTHER_THING if q.kind in ("thing", "unknown") else ANOTHER_COUNT
        nouns = {q.last + 1 for q in quantities}  # "four refugees": the noun is an outcome too
        for fate in fates:
            if not (fate.first in nouns and items[fate.last].entry.noun):
                costs[fate.last] = max(costs[fate.last], ANOTHER_OUTCOME)
        self.sums = self.toll_sums = [0.0, *accumulate(costs)]
        tolls = [k for k, item in enumerate(items) if "toll" in item.entry.marks]
        if tolls:
            for k in tolls:
                costs[k] = 0.0
            self.toll_sums = [0.0, *accumulate(costs)]

    def between(self, left: int, right: int, toll: bool = False) -> float:
        """The cost of all items after `left` and before `right`; words such as "rose to" are free for a toll."""
        sums = self.toll_sums if toll else self.sums
        return sums[right] - sums[left + 1]


def _step(item: Item) -> float:
    if item.kind == "sign":
        if item.word in ",،":
            return COMMA
        return BREAK if item.word in ";؛:." else (0.0 if item.word in "\"'“”«»#_" else CLOSE_SIGN)
    marks = item.entry.marks
    if not marks and not item.entry.clitics:
        return WORD
    cost = JOIN if item.joined or "conj" in marks else 0.0
    if "break" in marks:
        return cost + BREAK
    return cost if marks & FREE else cost + (0.0 if cost and "conj" in marks else WORD)


def fates(items: list[Item], quantities: list[Quantity]) -> list[Fate]:
    """The outcomes of a sentence; "killed or wounded" beside each other are one."""
    found: list[Fate] = []
    ends = {q.last for q in quantities if q.kind != "thing"}
    starts = {q.first for q in quantities if q.kind != "thing"}
    more = {q.first for q in quantities if any(i.has("other") for i in items[q.first : q.last + 1])}  # "and 5 others"
    for k, item in enumerate(items):
        outcome = item.entry.outcome
        if outcome is None:
            continue
        before = found[-1] if found else None
        if (
            before is not None
            and _pair(items, before, k, outcome)
            and not (before.first - 1 in ends and k + 1 in starts)
            and k + 1 not in more
            and not (item.has("one_hurt") and before.first - 1 not in ends)  # one dead and one hurt
        ):
            measure = outcome.measure
            if measure != before.what.measure:
                measure = "killed_or_injured"
            before.what = Outcome(measure, tuple(dict.fromkeys((*before.what.ways, *outcome.ways))))
            before.last = k
            continue
        found.append(Fate(k, k, outcome))
    return found


HURT = frozenset(("killed", "injured", "killed_or_injured"))


def _both_of(one: Outcome, two: Outcome) -> bool:
    """Are both nouns that govern their number: "death and injury of five"?"""
    sides = [{way.direction for way in outcome.ways} for outcome in (one, two)]
    return all("right" in side and side <= {"right", "count"} for side in sides)


def _pair(items: list[Item], before: Fate, k: int, outcome: Outcome) -> bool:
    if before.what.measure not in HURT or outcome.measure not in HURT:
        return False
    if before.what.measure == outcome.measure or 2 in (items[before.last].entry.count, items[k].entry.count):
        return False  # «شهيد وجريحان» are one and two
    if before.what.ways[0].direction != outcome.ways[0].direction and not _both_of(before.what, outcome):
        return False
    gap = items[before.last + 1 : k]
    return (len(gap) == 0 and items[k].joined) or (
        len(gap) == 1 and (gap[0].has("number_joint") or gap[0].has("range_link") or gap[0].word == "/")
    )


def bind(
    items: list[Item], found: list[Fate], quantities: list[Quantity], subject_first: bool = False
) -> dict[int, Fate]:
    """Index of a quantity -> its fate; sets `rule` and, for parts, `scope` on the quantities."""
    costs = Costs(items, found, quantities)
    bound: dict[int, Fate] = {}
    for number, q in enumerate(quantities):  # a dual such as «قتيلان» is number and outcome in one
        own = next(
            (
                f
                for f in found
                if q.noun is None and (q.number or items[q.first].has("one_hurt")) and q.first <= f.first <= q.last
            ),
            None,
        )
        if own is not None and "def" not in items[own.first].entry.clitics:  # "the two martyrs" were told before
            bound[number], q.rule = own, own.what.ways[0].rule
        else:
            toll = _toll_behind(items, found, q)
            if toll is not None:
                bound[number], q.rule = toll, f"number of {toll.what.measure}"
    used = {id(f) for f in bound.values()}
    pairs = []
    for at, fate in enumerate(found):
        for number, q in enumerate(quantities):
            if number in bound or q.kind == "thing":
                continue
            price = _price(items, costs, fate, q)
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
    _share(found, quantities, bound, used)
    _parts(items, quantities, bound)
    _hand_on(items, quantities, bound, subject_first)
    _in_words(items, found, quantities, bound)
    return bound


def _toll_behind(items: list[Item], found: list[Fate], q: Quantity) -> Fate | None:
    """ "Bringing to 12 the number of soldiers killed": a bare number, then what it is the number of."""
    k = q.last + 1
    k += k < len(items) and items[k].has("det")
    if q.kind != "bare" or not q.number or not 0 < q.first <= k < len(items) or items[k].joined:
        return None
    if not items[q.first - 1].has("toll"):
        return None
    if not (
        items[k].has("number_of") or any(w.direction == "toll" for f in found if f.first == k for w in f.what.ways)
    ):
        return None
    return next((fate for fate in found if k <= fate.first <= k + NUMBERED), None)


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
            same = copy(q)
            same.rule, same.single, same.scope = way.rule, way.single, way.scope
            quantities.append(same)
            bound[len(quantities) - 1] = fate
            used.add(id(fate))


def _price(items: list[Item], costs: Costs, fate: Fate, q: Quantity) -> tuple[float, Way] | None:
    """The cheapest way from an outcome to a quantity, None where all are too far."""
    best: tuple[float, Way] | None = None
    passive = _passive(items, fate)
    told = _toll_of(items, fate, q)
    for order, way in enumerate((*fate.what.ways, *told)):
        if way.needs and q.unit != way.needs:
            continue
        cost = _distance(items, costs, fate, q, way, passive)
        if cost is None or cost > _limit(q, way):
            continue
        cost += order * 0.25 + (0.0 if way.strong else 0.5)
        if q.kind == "bare" and q.last + 1 < len(items) and items[q.last + 1].has("subset"):
            cost += 2.0  # «إصابات اثنتان منها خطيرة»: sooner the whole
        if way.direction == "count" and items[fate.last].entry.noun in ("person", "household"):
            cost += 1.0  # "killed 40 refugees": the verb comes before what the noun says
        if best is None or cost < best[0]:
            best = cost, way
    return best


def _toll_of(items: list[Item], fate: Fate, q: Quantity) -> tuple[Way, ...]:
    """ "The number of soldiers killed in the war rose to 300": a verb behind such words gives a toll."""
    if q.last > fate.first:
        for k in range(fate.first - 1, max(-1, fate.first - 1 - NUMBERED), -1):
            if items[k].has("number_of"):
                return (Way("toll", f"number of {fate.what.measure}", TOLL),)
            if items[k].kind != "word" or items[k].entry.outcome or items[k].entry.number:
                break
    return ()


def _limit(q: Quantity, way: Way) -> float:
    if q.implicit and (way.direction == "toll" or q.unit == "household" or way.single == "no"):
        return -1.0
    if way.direction == "subject":
        return SUBJECT if q.implicit else -1.0
    if way.direction == "toll" and q.low == q.high == 1:
        return -1.0  # of one nobody speaks so
    if way.direction == "toll" and q.kind == "unknown" and (q.magnitude or not way.strong):
        return -1.0  # "the toll in several raids", "the wounded in 3 wards"
    if way.direction == "count" and q.kind == "unknown":
        return 0.0  # what stands between is the noun, and not of people
    limit = (
        TIGHT
        if way.direction == "count"
        else (way.reach if way.reach < 4 else max(way.reach, 8))
        if way.direction == "left"
        else way.reach
    )
    if way.direction == "toll" or (way.direction == "count" and not q.implicit):
        return limit
    if q.implicit:
        return min(limit, 0.0 if q.definite else TIGHT)
    if not q.counts_people:
        alone = q.magnitude or (q.kind == "bare" and way.direction == "right")  # "captured 12."
        return min(limit, TIGHT) if way.strong else (0.0 if alone else -1.0)
    return limit


def _distance(items: list[Item], costs: Costs, fate: Fate, q: Quantity, way: Way, passive: bool) -> float | None:
    """What stands between, None where the quantity is not on that side."""
    direction = way.direction
    if q.first <= fate.first and fate.last < q.last:
        return INSIDE
    if direction in ("right", "of", "toll"):
        if q.first <= fate.last or (direction != "toll" and items[fate.last + 1].has("agent")):
            return None
        if direction == "of" and not items[fate.last + 1].has("of"):
            return None
        cost = costs.between(fate.last, q.first, direction == "toll") + (JOIN if items[q.first].joined else 0.0)
        if direction == "right" and "def" in items[fate.last].entry.clitics:
            return None  # «الإصابة» governs no number
        if direction == "right" and passive and any(w.direction == "left" for w in fate.what.ways):
            cost += 4
        if direction == "right" and fate.first > 1 and q.first == fate.last + 1 and _own_behind(items, fate, q):
            return None
        if direction == "right" and fate.voice and _of_something(items, q, fate):
            return None
        if direction == "toll" and items[q.first - 1].has("toll_from"):
            cost += 5
        return cost
    if direction == "subject":
        return _from_subject(items, costs, fate, q)
    if q.last >= fate.first or (q.implicit and q.definite):
        return None
    cost = costs.between(q.last, fate.first) + (JOIN if items[fate.first].joined else 0.0)
    if direction == "left" and items[fate.last].has("two_verb"):
        return min(cost, TWO) if q.low == q.high == 2 else None  # the verb says that they are two
    if direction == "count":
        if q.number and q.number[1] < fate.first - 1 and items[fate.first - 1].has("relatives"):
            return None  # «الملايين من أهالي ضحايا»
        if q.kind == "unknown" and "def" in items[fate.last].entry.clitics:
            return None  # "relatives of the victim"
        if _governed(items, q, fate):
            cost += 1.5
        between = items[q.last + 1 : fate.first]
        apart = any((i.kind == "sign" and i.word not in ")\"'") or i.has("place_prep") for i in between)
        apart = apart or items[fate.first].joined
        return None if apart or q.implicit else cost
    behind_of = fate.voice and fate.first and items[fate.first - 1].has("of") and q.last != fate.first - 2
    if fate.voice in ("active", "unnumbered") or behind_of:
        return None  # "the number of dead"; but "32 of the dead"
    if fate.subject is not None:
        if q is not fate.subject:
            return None
        return 0.0 if q.counts_people or q.magnitude or q.qualifier != "exact" else cost
    also_right = any(w.direction == "right" for w in fate.what.ways)
    return cost + (0.75 if not passive and also_right and q.kind != "bare" else 0.0)


def _governed(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """«وفاة 4 مصابين», «أربعة لاجئين قتلوا»: does a verb or noun right beside tell what became of the counted?"""
    sides = ((q.first - 1, "right"), (fate.last + 1, "left")) if not items[q.first].joined else ()
    for k, direction in sides:
        other = items[k].entry.outcome if 0 <= k < len(items) else None
        if other is not None and other.measure != fate.what.measure and not items[k].joined:
            return any(way.direction == direction and way.strong for way in other.ways)
    return False


def _own_behind(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """ "20 people killed 30 others injured": a comma was lost, and either number has its own outcome."""
    one, noun = items[fate.first - 2], items[fate.first - 1].entry.noun
    if noun not in ("person", "household") or not (one.kind == "digits" or one.entry.number or one.entry.magnitude):
        return False
    after = items[q.last + 1].entry.outcome if q.last + 1 < len(items) else None
    return after is not None and any(way.direction == "left" for way in after.ways)


def _of_something(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "burned effigies of two members": what is said of the effigies is not said of the members."""
    k = q.first - 1
    while k > fate.last and items[k].has("det") and not items[k].has("of"):
        k -= 1
    if k <= fate.last + 1 or not items[k].has("of"):
        return False
    head = items[k - 1]
    return head.kind == "word" and not (head.has("collective") or head.entry.noun in ("person", "household"))


def _from_subject(items: list[Item], costs: Costs, fate: Fate, q: Quantity) -> float | None:
    """ "A man was killed": nobody may stand behind the verb, or he would be the victim."""
    if q.last >= fate.first or items[fate.first].joined or items[fate.first].entry.clitics & {"def", "prep"}:
        return None
    after = items[fate.last + 1] if fate.last + 1 < len(items) else None
    ends = (
        after is None
        or after.kind == "sign"
        or after.joined
        or after.entry.marks & BEHIND
        or "prep" in after.entry.clitics
    )
    if not ends:
        return None
    relative = items[fate.first - 1].has("rel")
    if relative:
        return costs.between(q.last, fate.first - 1) / 2
    if q.definite and not _told_of(items, q, fate):
        return None
    return costs.between(q.last, fate.first)


def _told_of(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """«أن الطفلة زينب أصيبت»: is one known person what a clause is about, with no more than a name behind?"""
    if items[q.first].has("culprit") or not (
        q.first == 0 or items[q.first - 1].entry.marks & {"clause", "that", "aux"}
    ):
        return False
    return all(item.kind == "word" and item.entry.empty for item in items[q.last + 1 : fate.first])


def _passive(items: list[Item], fate: Fate) -> bool:
    if fate.voice:
        return fate.voice == "passive"
    k = fate.first - 1
    while k >= 0 and items[k].has("adverb"):
        k -= 1
    return k >= 0 and items[k].has("aux")


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


def _parts(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """A number right after "including" is a part, however far its whole stands."""
    last = None
    for number, q in enumerate(quantities):
        if q.kind == "thing":
            continue
        whole = _whole_behind(items, quantities, bound, number)
        if whole is not None:
            q.scope = "subtotal"  # "10 children among 18 dead"
            bound[number], q.rule = whole, "part of the number behind"
            continue
        back = [items[k] for k in range(max(0, q.first - 2), q.first + 1)]
        behind = q.number is not None and q.number[1] + 1 < len(items) and items[q.number[1] + 1].has("subset")
        own = bound.get(number)
        if own is None and last is not None and _severely(items, q, last):
            q.scope, q.rule = "subtotal", "part of the number before"
            bound[number] = last  # "injured 25, three seriously"
        elif behind and last is not None and (own is None or own.what.measure == last.what.measure):
            q.scope = "subtotal"  # "12 of them children", "three of them critically"
            if own is None:
                bound[number], q.rule = last, "part of the number before"
        elif any(item.has("subset") or item.has("namely") for item in back):
            q.scope = "subtotal"
            if number not in bound and last is not None and (q.counts_people or _are_people(items, q)):
                bound[number], q.rule = last, "part of the number before"
        elif number not in bound and last is not None and q.counts_people and items[q.first - 1].has("with_others"):
            bound[number], q.rule = last, "list after a number"  # "was killed along with three men"
        last = bound.get(number, last)


def _whole_behind(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate], number: int) -> Fate | None:
    """The fate of the next number where "among" alone parts it from this one, that counts people and has none."""
    q = quantities[number]
    if number in bound or q.implicit or not q.counts_people or number + 1 >= len(quantities):
        return None
    gap = items[q.last + 1 : quantities[number + 1].first]
    parted = gap and gap[-1].has("among") and all(item.has("aux") for item in gap[:-1])
    return bound.get(number + 1) if parted else None


def _severely(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """Does a bare number with "critically" alone follow the injured?"""
    if fate.what.measure != "injured" or q.kind not in ("bare", "other") or q.first < fate.first:
        return False
    after = items[q.last + 1 : q.last + 3]
    return bool(after) and after[0].has("severity") and (len(after) < 2 or after[1].entry.outcome is None)


def _are_people(items: list[Item], q: Quantity) -> bool:
    """ "of whom 2,900 are children": does the verb behind the number say who they are?"""
    after = items[q.last + 1 : q.last + 3]
    return q.kind == "bare" and len(after) == 2 and after[0].has("aux") and after[1].entry.noun == "person"


def _hand_on(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate], subject_first: bool) -> None:
    stray = {n for n, q in enumerate(quantities) if q.definite and n not in bound and not items[q.first].joined}
    order = [n for n, q in enumerate(quantities) if q.kind != "thing" and n not in stray]
    for at in range(1, len(order)):
        number, before = order[at], order[at - 1]
        p, q = quantities[before], quantities[number]
        if before not in bound or (q.implicit and _speaks(items, q.last + 1)):
            continue
        if subject_first and number not in bound and _stands_apart(items, q):
            continue
        link = _link(items, p, q, bound[before])
        if link == "part":
            q.scope = "subtotal"
            if number not in bound and (q.counts_people or q.magnitude):
                bound[number], q.rule = bound[before], "part of the number before"
        elif link and number not in bound and _may_follow(items, p, q, link) and not _both_counted(items, p, q):
            bound[number], q.rule = bound[before], "list after a number"
            q.scope = q.scope or p.scope
    for at in range(len(order) - 2, -1, -1):
        number, after = order[at], order[at + 1]
        p, q = quantities[after], quantities[number]
        if number in bound or after not in bound or not q.counts_people or q.last >= p.first:
            continue
        if q.implicit and q.unit == "household":
            continue
        if subject_first and (_whole(items, q) or _does_something(items, q, p)):
            continue
        fate = bound[after]
        if fate.first < q.first and not (q.implicit and q.first <= fate.last + 2):
            continue  # "killed a guard and 10 others": he stands right behind the verb
        link = _link(items, q, p, fate)
        if link == "part":
            p.scope = "subtotal"
            bound[number], q.rule = fate, "whole before its part"
        elif link == "close" and not (q.implicit and p.first - q.last > SINGLES_APART):
            bound[number], q.rule = fate, "list before a number"
            q.scope = q.scope or fate.what.ways[0].scope


def _whole(items: list[Item], q: Quantity) -> bool:
    """ "Of the 6,000 people, 300 were evacuated", "power was cut to 20,000 people and 300 were": not their subject."""
    k = q.first - 1
    while k > 0 and items[k].has("det") and not items[k].has("of"):
        k -= 1
    if k < 0:
        return False
    if items[k].has("of"):
        return k == 0 or items[k - 1].kind == "sign"
    return items[k].has("given_to")


def _does_something(items: list[Item], q: Quantity, p: Quantity) -> bool:
    """ "3,500 people received food and 200 families …": a word right behind its noun that may be its own verb."""
    after = items[q.last + 1]
    if q.last + 1 >= p.first or q.noun != q.last or after.kind != "word" or after.joined:
        return False
    known = after.entry
    return not (known.noun or known.outcome or known.hedge or known.number or known.marks & GOES_ON)


def _stands_apart(items: list[Item], q: Quantity) -> bool:
    """ "… and two others are stable": has a number a verb of its own that is no outcome?"""
    k = q.last + 1
    if k >= len(items) or not items[k].has("aux"):
        return False
    return all(item.entry.outcome is None and item.entry.noun is None for item in items[k : k + 4])


def _speaks(items: list[Item], k: int) -> bool:
    """Does a verb of saying come next: "…, a local official said"?"""
    while k < len(items) and items[k].kind == "word" and items[k].entry.outcome is None:
        if items[k].has("speech"):
            return True
        k += 1
    return False


def _may_follow(items: list[Item], p: Quantity, q: Quantity, link: str) -> bool:
    if q.kind in ("person", "household", "other"):
        if q.definite and not (p.implicit and items[q.first].joined and not items[q.first].has("culprit")):
            return False  # «مقتل العريف أحمد، والجندي محمد»
        return link == "close" and not (q.implicit and _aside(items, q) and not (q.definite and items[q.first].joined))
    if q.kind == "unknown" and q.number and items[q.number[1] + 1].has("of"):
        return link == "close"  # «وثلاثة من الحشد»
    if q.kind == "bare" and link == "close":
        after = items[q.last + 1] if q.last + 1 < len(items) else None
        return after is not None and (
            after.has("place_prep") or after.has("elsewhere") or "place_prep" in after.entry.clitics
        )
    return False


def _both_counted(items: list[Item], p: Quantity, q: Quantity) -> bool:
    """«385 مصابا ومريضا»: a second singular with the same ending is counted by the number too."""
    if not q.implicit or p.implicit or p.noun is None or q.noun is None or (p.low or 0) <= 10:
        return False
    alike = (p.low or 0) >= 100 or items[p.noun].word[-1] == items[q.noun].word[-1]
    return alike and q.first <= p.last + 2 and items[p.noun].entry.count == 1


def _aside(items: list[Item], q: Quantity) -> bool:
    """Does a comma part it from the one before: "the colonel, head of …" is the same man?"""
    return q.first > 0 and items[q.first - 1].word in ",،"


def _link(items: list[Item], p: Quantity, q: Quantity, fate: Fate) -> str:
    """How q hangs on p: "part", "close" (a joint right before it), "near", or ""."""
    gap = range(max(p.last, fate.last if fate.last < q.first else -1) + 1, q.first)
    if len(gap) > LIST_REACH:
        return ""
    joint, kind = -1, ""
    for k in gap:
        item = items[k]
        if fate.first <= k <= fate.last:
            continue
        marks = item.entry.marks
        if item.entry.outcome is not None or marks & {"break", "modal", "speech", "aux", "rel"} or item.word in ";؛:":
            return ""
        if "subset" in marks or (
            item.word == "-" and k == q.first - 1 and p.noun is not None and q.noun is not None and not q.implicit
        ):
            joint, kind = k, "part"
        elif item.joined or "conj" in marks or "conj_far" in marks or item.word in ",،/(" or item.word == "-":
            joint = k
            kind = kind if kind == "part" and k - joint <= 1 else "joint"
        elif "unit_link" in marks and p.unit != q.unit:
            joint, kind = k, "joint"
    if items[q.first].joined:
        joint = q.first
        kind = "part" if kind == "part" and len(gap) <= 2 else "joint"
    if items[q.first].has("subset") or kind == "part":
        return "part" if joint >= q.first - 4 else ""
    if joint < 0:
        return ""
    between = [k for k in range(joint + 1, q.first) if not items[k].entry.marks & FREE]
    return "close" if not between else ("near" if len(between) <= 2 else "")
