"""What stands between two words, as a cost; sums are ready, so that any pair is judged in one step."""

from functools import cached_property
from itertools import accumulate

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.words import UNKNOWN, Item

FREE = frozenset(["aux", "adverb", "det", "hedge_gap", "of", "other"])
WORD, COMMA, JOIN, BREAK, CLOSE_SIGN = 1.0, 2.0, 3.0, 6.0, 1.0
ANOTHER_OUTCOME, ANOTHER_COUNT, ANOTHER_THING = 5.0, 4.0, 1.0


class Costs:
    """What it costs to cross items; sums are ready, so that any pair is judged in one step."""

    def __init__(self, items: list[Item], fates: list[Fate], quantities: list[Quantity]) -> None:
        self.items, self.fates, self.quantities = items, fates, quantities

    @cached_property
    def sums(self) -> tuple[list[float], list[float]]:
        """What all items before each cost, in general and for a toll; only added up where it is asked for."""
        items, quantities = self.items, self.quantities
        costs = [WORD if item.entry is UNKNOWN and item.kind == "word" else _step(item) for item in items]
        for q in quantities:
            if not q.implicit:
                for k in range(q.first, q.last + 1):
                    costs[k] = 0.0
                costs[q.last] = ANOTHER_THING if q.kind in ("thing", "unknown") else ANOTHER_COUNT
        nouns = {q.last + 1 for q in quantities} | {
            q.noun for q in quantities
        }  # "four refugees": the noun is an outcome too
        for fate in self.fates:
            if not (fate.first in nouns and items[fate.last].entry.noun):
                costs[fate.last] = max(costs[fate.last], ANOTHER_OUTCOME)
        sums = [0.0, *accumulate(costs)]
        tolls = [k for k, item in enumerate(items) if "toll" in item.entry.marks]
        if not tolls:
            return sums, sums
        for k in tolls:
            costs[k] = 0.0
        return sums, [0.0, *accumulate(costs)]

    def between(self, left: int, right: int, toll: bool = False) -> float:
        """The cost of all items after `left` and before `right`; words such as "rose to" are free for a toll."""
        sums = self.sums[toll]
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
