"""What is no figure although it looks like one: it did not happen, or it is not counted."""

from agents.extract.bind import Fate
from agents.extract.quantities import Quantity
from agents.extract.words import Item

BEFORE = 5  # words back from an outcome in which a negation or a condition holds
AFTER = 4  # words on from a number in which a rate is said


def excluded(items: list[Item], fate: Fate, q: Quantity) -> str:
    """The reason to leave the pair out, "" where there is none."""
    for k in range(fate.first - 1, max(-1, fate.first - 1 - BEFORE), -1):
        item = items[k]
        if (
            item.word in ";؛"
            or item.has("break")
            or (item.entry.outcome is not None and k not in range(q.first, q.last + 1))
        ):
            break
        if item.has("neg") and fate.first - k <= 4 and not q.first <= k <= q.last:
            return "negated"
        if item.has("modal"):
            return "not real"
        if item.has("not_people"):
            return "not people"
    for k in range(q.first - 1, max(-1, q.first - 3), -1):
        if items[k].has("neg") or items[k].has("rate_before"):
            return "negated or a rate"
        if items[k].has("modal") and q.first > fate.last:
            return "not real"
        if items[k].entry.outcome is not None:
            break
    start = q.number[1] + 1 if q.number else q.last + 1
    for k in range(start, min(len(items), q.last + 1 + AFTER)):
        if items[k].has("rate"):
            return "a rate"
        if items[k].kind == "sign" and items[k].word not in "-\"'":
            break
    return ""
