"""A count told once more: "rose from 12 to 15", "fell to 3 from 5", "60, up from 45", "31, a figure later raised to 42"."""

from itertools import pairwise

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.words import Item, any_marked

APART = 6  # items from a number to the words that tell it once more
TO = 5  # items from the number before to the one now: "from 12 on Monday to 15"
RULE = "told once more"


def retold(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """Bind a bare number that says what another one was before, or became later; what it was is background."""
    order = [number for number, q in enumerate(quantities) if not q.implicit and q.kind != "thing"]
    for one, two in pairwise(order):
        p, q = quantities[one], quantities[two]
        if q.kind != "bare" or not (one in bound or two in bound):
            continue
        if _from_to(items, p, q):
            fate = bound.get(two, bound.get(one))
            if fate.what.takes("toll") or any_marked(items[: fate.first], "number_of"):
                bound[one] = bound[two] = fate
                p.rule, q.rule, p.scope = p.rule or RULE, q.rule or RULE, "background"
        elif two not in bound and _told_behind(items, p, q, bound[one]):
            bound[two], q.rule = bound[one], RULE
            units = {quantities[number].unit for number, fate in bound.items() if fate is bound[one] and number != two}
            q.unit = "person" if "person" in units else p.unit
            q.scope = None if items[q.first - 1].has("raised_to") else "background"


def _from_to(items: list[Item], before: Quantity, now: Quantity) -> bool:
    """ "From 12 on Monday to at least 15"."""
    gap = items[before.last + 1 : now.first]
    if (
        before.kind != "bare"
        or not before.first
        or not items[before.first - 1].has("toll_from")
        or not 0 < len(gap) <= TO
    ):
        return False
    return gap[-1].has("range_link") and all(item.kind == "word" and item.entry.outcome is None for item in gap)


def _told_behind(items: list[Item], known: Quantity, q: Quantity, fate: Fate) -> bool:
    """Does a word such as "up from" part the numbers, and else only their outcome, and when or where it was?"""
    opener = items[q.first - 1].entry.marks
    start = max(known.last, fate.last if fate.last < q.first else -1) + 1
    gap = items[start : q.first - 1]
    if any(item.entry.outcome or item.word in ";:" or item.has("break") for item in gap):
        return False
    if opener & {"up_from", "raised_to"}:
        return len(gap) <= APART
    if "toll_from" not in opener or known.kind != "bare" or not items[known.first - 1].has("range_link"):
        return False
    return len(gap) <= TO and all(item.kind == "word" for item in gap)  # "fell to 300 on Friday from 500"
