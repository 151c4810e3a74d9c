""" "The number of soldiers killed rose to 300", "bringing to 12 the number of dead": numbers told as a toll."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.entries import Way
from agents.extract.text.words import Item

NUMBERED = 6  # items from "the number of" to the verb
TOLL = 8  # all that such a number may be away


def toll_of(items: list[Item], fate: Fate, q: Quantity) -> tuple[Way, ...]:
    """ "The number of soldiers killed in the war rose to 300": a verb behind such words gives a toll."""
    if q.last > fate.first and any(way.direction != "right" for way in fate.what.ways):
        for k in range(fate.first - 1, max(-1, fate.first - 1 - NUMBERED), -1):
            if items[k].has("number_of"):
                return (Way("toll", f"number of {fate.what.measure}", TOLL),)
            if items[k].kind != "word" or items[k].entry.outcome or items[k].entry.number:
                break
    return ()


def toll_behind(items: list[Item], found: list[Fate], q: Quantity) -> Fate | None:
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
