"""A number that is a part of another: "including 3 children", "three of them critically", "10 among 18 dead"."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import HURT, Fate
from agents.extract.text.words import Item

LIST = 3  # items between two of a list
OPENING = 10  # items of "of the 66 dead" before its comma


def of_the_dead(items: list[Item], found: list[Fate], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """ "Of the 66 dead, 23 were from the capital and 22 from the coast", "Of those killed, 12 were soldiers"."""
    if not (items[0].has("article_of") or items[0].has("among")):
        return
    comma = next((k for k, item in enumerate(items[: OPENING + 1]) if item.word == ","), 0)
    whole = [fate for fate in found if fate.last < comma]
    if len(whole) != 1 or whole[0].what.measure not in (*HURT, "displaced"):
        return
    measure = whole[0].what.measure
    most = max(
        (q.low or q.high or 0 for number, q in enumerate(quantities) if bound.get(number) is whole[0]), default=0
    )
    for number, q in enumerate(quantities):
        if q.first <= comma or q.implicit or q.kind not in ("bare", "person", "other"):
            continue
        fewer = not most or (q.low or q.high or 0) < most
        if number not in bound and fewer and (q.first == comma + 1 or items[q.first - 1].has("conj")):
            bound[number], q.rule = whole[0], "part of the number before"
        if bound.get(number, whole[0]).what.measure == measure:
            q.scope = "subtotal"


def parts(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """A number right after "including" is a part, however far its whole stands."""
    last, total = None, None
    for number, q in enumerate(quantities):
        if q.kind == "thing":
            continue
        whole = _whole_behind(items, quantities, bound, number)
        if whole is not None:
            q.scope = "subtotal"  # "10 children among 18 dead"
            bound[number], q.rule = whole, "part of the number behind"
            continue
        behind = q.number is not None and q.number[1] + 1 < len(items) and items[q.number[1] + 1].has("subset")
        own = bound.get(number)
        if own is not None and last is not None and own.what.measure == last.what.measure and _goes_on(items, total, q):
            q.scope = "subtotal"  # "four of them seriously and 15 slightly"
        if own is None and last is not None and _severely(items, q, last):
            q.scope, q.rule = "subtotal", "part of the number before"
            bound[number] = last  # "injured 25, three seriously"
        elif behind and last is not None and (_fits(total) if own is None else own.what.measure == last.what.measure):
            q.scope = "subtotal"  # "12 of them children", "three of them critically"
            if own is None:
                bound[number], q.rule = last, "part of the number before"
        elif _included(items, q):
            q.scope = "subtotal"
            if number not in bound and last is not None and (q.counts_people or _are_people(items, q)):
                bound[number], q.rule = last, "part of the number before"
        elif number not in bound and last is not None and q.counts_people and items[q.first - 1].has("with_others"):
            bound[number], q.rule = last, "list after a number"  # "was killed along with three men"
        if number in bound:
            last, total = bound[number], q


def _included(items: list[Item], q: Quantity) -> bool:
    """Does "including" stand before it, be it with uncounted people between: "including women, children and a guard"?"""
    first = q.first - 1
    while first > 0 and q.first - first <= LIST and items[first].entry.noun == "person":
        first -= 1
    return any(i.has("subset") or i.has("namely") for i in items[max(0, min(first, q.first - 2)) : q.first + 1])


def _goes_on(items: list[Item], before: Quantity | None, q: Quantity) -> bool:
    """Does it follow a part in one list: nothing but what the part was and "and" stands between?"""
    if before is None or before.scope != "subtotal" or q.first <= before.last:
        return False
    between = items[before.last + 1 : q.first]
    joined = items[q.first].joined or (between and between[-1].entry.marks & {"conj"})
    return bool(joined) and len(between) <= LIST and all(i.kind == "word" for i in between)


def _whole_behind(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate], number: int) -> Fate | None:
    """The fate of the next number where "among" alone parts it from this one, that counts people and has none."""
    q = quantities[number]
    if number in bound or q.implicit or not q.counts_people or number + 1 >= len(quantities):
        return None
    gap = items[q.last + 1 : quantities[number + 1].first]
    parted = gap and gap[-1].has("among") and all(item.has("aux") for item in gap[:-1])
    return bound.get(number + 1) if parted else None


def _fits(total: Quantity | None) -> bool:
    """May the number before have parts: is it not one person alone?"""
    return total is not None and not total.implicit


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
