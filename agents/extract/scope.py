"""Which events a figure covers: this one, many together, a part of it, or an earlier one."""

from agents.extract.quantities import Quantity
from agents.extract.words import Item

REACH = 14  # items from a number to the word that widens its time


def scope(items: list[Item], q: Quantity, marks: frozenset[str]) -> str:
    """incident, cumulative, subtotal or background. What binding already knows wins.

    `marks` are all that the words of the sentence have.
    """
    if q.scope:
        return q.scope
    if items[0].has("background_start"):
        return "background"
    best, far = "incident", REACH + 1
    for name in ("cumulative", "background"):
        if name not in marks:
            continue
        for k, item in enumerate(items):
            if not item.has(name):
                continue
            away = q.first - k if k < q.first else k - q.last
            if away < far:
                best, far = name, away
    return best
