"""Bounds before and after a number; each reaches its own number only."""

from agents.extract.counted.quantity import Quantity
from agents.extract.text.words import Item

HEDGE_BACK = 3  # words from a hedge to its number at most


def hedge(items: list[Item], q: Quantity) -> None:
    """Bounds before and after the number; each reaches its own number only."""
    for back in range(1, HEDGE_BACK + 1):
        k = q.first - back
        if k < 0:
            break
        item = items[k]
        hedge = item.entry.hedge
        if hedge is not None and hedge.before:
            apply(q, hedge.qualifier)
            q.first = k
            break
        if not (item.has("det") or item.has("hedge_gap") or item.word in '"('):
            break
    if q.qualifier in ("exact", "approx"):
        k = q.last + 1  # a bound behind that stands right before another number is that one's
        for _ in range(4):
            if k >= len(items):
                break
            hedge = items[k].entry.hedge
            if hedge is not None and hedge.after:
                if hedge.before and k + 1 < len(items) and begins_number(items[k + 1]):
                    break
                apply(q, hedge.qualifier)
                q.last = k
                break
            if (
                items[k].kind != "word"
                or items[k].entry.number
                or items[k].entry.magnitude
                or items[k].joined
                or items[k].has("conj")
            ):
                break
            k += 1


def apply(q: Quantity, qualifier: str) -> None:
    if q.magnitude is not None or q.qualifier == "range":
        return
    q.qualifier = qualifier
    if qualifier in ("at_least", "more_than"):
        q.high = None
    elif qualifier in ("at_most", "less_than"):
        q.low = None


def begins_number(item: Item) -> bool:
    return item.kind == "digits" or item.entry.number is not None or item.entry.magnitude is not None
