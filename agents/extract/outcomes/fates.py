"""The outcomes of a sentence where they stand, and what is told of them."""

from dataclasses import dataclass

from agents.extract.counted.quantity import Quantity
from agents.extract.text.entries import Outcome
from agents.extract.text.words import Item, any_marked

HURT = frozenset(("killed", "injured", "killed_or_injured"))


@dataclass(slots=True)
class Fate:
    """An outcome where it stands: items `first` to `last`."""

    first: int
    last: int
    what: Outcome
    voice: str = ""  # passive, perfect, active, bare, unnumbered (its subject); "" where order does not tell it
    subject: Quantity | None = None  # who stands before it as its subject


def has_near(what: Outcome, marks: frozenset[str]) -> bool:
    """Stands near an outcome what it wants beside it ("returned", a home), in a sentence with these marks?"""
    near = {way.near for way in what.ways}
    return None in near or not marks.isdisjoint(near)


def possible(what: Outcome, marks: frozenset[str]) -> Outcome:
    """An outcome with those of its ways alone that have beside them what they want; as it is where none has."""
    if all(way.near is None for way in what.ways):
        return what
    ways = tuple(way for way in what.ways if way.near is None or way.near in marks)
    return Outcome(what.measure, ways) if ways else what


def fates(items: list[Item], quantities: list[Quantity]) -> list[Fate]:
    """The outcomes of a sentence; "killed or wounded" beside each other are one."""
    found: list[Fate] = []
    ends = {q.last for q in quantities if q.kind != "thing"}
    starts = {q.first for q in quantities if q.kind != "thing"}
    more = {q.first for q in quantities if any_marked(items[q.first : q.last + 1], "other")}  # "and 5 others"
    for k, item in enumerate(items):
        outcome = item.entry.outcome
        if outcome is None:
            continue
        before = found[-1] if found else None
        if (
            before is not None
            and _pair(items, before, k, outcome)
            and not (before.first - 1 in ends and not starts.isdisjoint((k, k + 1)))
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


def _both_of(one: Outcome, two: Outcome) -> bool:
    """Are both nouns that govern their number: "death and injury of five"?"""
    sides = [{way.direction for way in outcome.ways} for outcome in (one, two)]
    return all("right" in side and side <= {"right", "count"} for side in sides)
