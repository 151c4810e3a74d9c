"""Why each number of an article is a figure or not, for a person to read: the same steps, told."""

from collections.abc import Iterator
from dataclasses import dataclass

from agents.extract.counted.quantity import Quantity
from agents.extract.figures import bound_numbers, figures, left_out
from agents.extract.outcomes.exclude import drill
from agents.extract.outcomes.fates import Fate
from agents.extract.step import page, spoken
from agents.extract.text.gate import plain
from agents.extract.text.page import Page
from streams.records import Article, Figure

NEVER = "the sentence tells of sport, a film or a drill"
NO_OUTCOME = "no word in the sentence says what became of people"
NO_COUNT = "a date, an age, money, a measure or part of a name"
FAR = "no outcome near enough, or its place is taken by another number"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with a number or a figure, and a line on each: what it was bound to, or why it was left out."""

    sentence: str
    lines: tuple[str, ...]


def explain(article: Article) -> Iterator[Told]:
    """Each sentence that holds a number in digits or words, or somebody counted as one, in order."""
    opened = page(article, spoken(article), None)
    if opened is None:
        yield Told("", ("nothing in it says what became of people, or there is no pack for its language",))
        return
    read, told = opened
    kept = figures(read, told)
    if not kept and drill(read):
        yield Told("", ("it begins with a drill: nothing of it happened",))
    before = False
    for n, (start, end) in enumerate(read.ends):
        worth = read.pack.gate.worth_reading(plain(read.folded[start:end]), told)
        lines = _lines(read, n, kept, worth or before)  # the parts of one sentence may stand in the next
        before = worth
        if lines:
            yield Told(read.text[start:end], tuple(lines))


def _lines(read: Page, n: int, kept: tuple[Figure, ...], worth: bool) -> list[str]:
    items = read.items(n)
    counted, bound = bound_numbers(read, n) if worth else ([], {})
    numbered = [item for item in items if item.kind == "digits" or item.entry.number or item.entry.magnitude]
    if not counted:
        why = NEVER if "never" in read.marks(n) else NO_OUTCOME
        return [f"{read.text[item.start : item.end]}: left out, {why}" for item in numbered]
    told = [(items[q.first].start, _verdict(read, n, q, bound.get(at), kept)) for at, q in enumerate(counted)]
    taken = {k for q in counted for k in range(q.first, q.last + 1)}
    strays = [k for k, item in enumerate(items) if item in numbered and k not in taken]
    told += [(items[k].start, f"{read.text[items[k].start : items[k].end]}: left out, {NO_COUNT}") for k in strays]
    return [line for _, line in sorted(told) if line]


def _verdict(read: Page, n: int, q: Quantity, fate: Fate | None, kept: tuple[Figure, ...]) -> str:
    """What became of one quantity; "" of a single person whom nobody says anything of."""
    items = read.items(n)
    said = read.text[items[q.first].start : items[q.last].end]
    if fate is None:
        if q.implicit:
            return ""
        return f"{said}: left out, {'it counts things' if q.kind == 'thing' else FAR}"
    outcome = read.text[items[fate.first].start : items[fate.last].end]
    pair = f"{fate.what.measure} by {outcome!r} (rule: {q.rule})"
    if reason := left_out(read, n, fate, q):
        return f"{said}: left out, {reason}; {pair}"
    start, end = items[q.first].start, items[q.last].end
    mine = any(f.measure == fate.what.measure and f.evidence.start <= start < end <= f.evidence.end for f in kept)
    return f"{said}: {pair}" if mine else f"{said}: told already; {pair}"
