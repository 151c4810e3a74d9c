"""A total and its parts, told by their numbers: figures that add up to a greater one of their kind."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from agents.extract.about.scope import PART
from streams.records import Figure

LOW, HIGH = 0.85, 1.1  # of a total that the parts named may add up to, where they lie apart
FEW = 5  # so few may add up by chance to what follows them
OPEN = frozenset(("at_least", "more_than", "approx"))


def parted(found: tuple[Figure, ...], stories: Collection[int] = ()) -> tuple[Figure, ...]:
    """The figures, those marked `subtotal` that together make up a greater one, or were said to be PART of one.

    Parts right behind it or right before must add up to it exactly; all that follow the greatest figure may
    do so nearly, where they name places that differ. Those whom one sentence names one by one are parts too.
    Where the sentences of `stories` begin, an article goes on to something else: only what it tells first holds parts there.
    """
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, figure in enumerate(found):
        if _value(figure) and figure.scope != "subtotal":
            kinds[figure.measure, figure.unit].append(at)
    parts: set[int] = set()
    for members in kinds.values():
        for nth, at in enumerate(members, 1):
            if at not in parts and found[at].scope != "background":
                parts.update(_run(found, at, _within(found, at, members[nth:], stories)))
                if _value(found[at]) >= FEW:
                    parts.update(_run(found, at, members[: nth - 1][::-1]))
        members = [at for at in members if found[at].scope != "background"] or members
        whole = max(members, key=lambda at: (_value(found[at]), -at))
        members = _within(found, whole, members, stories)
        parts.update(_named(found, whole, members))
        rest = [at for at in members if at > whole and not found[at].implicit]
        rest = [at for at in rest if _value(found[at]) < _value(found[whole])]
        if len(rest) > 1 and _nearly(found[whole], [found[at] for at in rest]):
            parts.update(rest)
    parts.update(_both(found))
    parts.update(at for at, figure in enumerate(found) if figure.scope == PART and _in_greater(figure, found))
    told = {
        at: "subtotal" if at in parts else "incident" for at, f in enumerate(found) if at in parts or f.scope == PART
    }
    return tuple(replace(f, scope=told[at]) if at in told else f for at, f in enumerate(found))


def _within(found: tuple[Figure, ...], whole: int, parts: list[int], stories: Collection[int]) -> list[int]:
    """Those that may be parts of the whole, as no other story begins between them."""
    start = found[whole].sentence.start
    if not stories or start == found[0].sentence.start:
        return parts
    return [at for at in parts if not any(start < story <= found[at].sentence.start for story in stories)]


def _in_greater(part: Figure, found: tuple[Figure, ...]) -> bool:
    """Does the article state a greater figure that may hold this part?"""
    wholes = (f for f in found if f.measure in (part.measure, "killed_or_injured") and f.unit == part.unit)
    return any(_value(f) > _value(part) or (f.magnitude and f != part) for f in wholes)


def _both(found: tuple[Figure, ...]) -> Iterator[int]:
    """The dead and the hurt who follow one another and together are a number that was said of both before, not in a headline."""
    both: set[tuple[str, int]] = set()
    for at, (one, two) in enumerate(pairwise(found)):
        if one.measure == "killed_or_injured" and one.sentence.start:
            both.add((one.unit, _value(one)))
        if {one.measure, two.measure} == {"killed", "injured"} and (one.unit, _value(one) + _value(two)) in both:
            yield from (at, at + 1)


def _run(found: tuple[Figure, ...], whole: int, near: list[int]) -> list[int]:
    """Those of the figures, in the order of how near they stand to the whole, that add up to it."""
    if found[whole].implicit or _value(found[whole]) < 2:
        return []
    for count, total in enumerate(accumulate(_value(found[at]) for at in near), 1):
        if total >= _value(found[whole]):
            return near[:count] if count > 1 and total == _value(found[whole]) else []
    return []


def _named(found: tuple[Figure, ...], whole: int, members: list[int]) -> list[int]:
    """Single persons whom a later sentence names one by one, no more than the whole: "Corporal A and Private B died"."""
    single = [at for at in members if at > whole and found[at].implicit and found[at].sentence != found[whole].sentence]
    several = Counter(found[at].sentence.start for at in single)
    told = [at for at in single if 1 < several[found[at].sentence.start] <= _value(found[whole])]
    return told if len(told) <= _value(found[whole]) else []


def _nearly(whole: Figure, parts: list[Figure]) -> bool:
    total, value = sum(map(_value, parts)), _value(whole)
    if total == value:
        return True
    apart = len({part.place.text for part in parts if part.place}) > 1
    most = value * HIGH if whole.qualifier in OPEN else value
    return apart and value * LOW <= total <= most


def _value(figure: Figure) -> int:
    return 0 if figure.qualifier == "range" else figure.low or figure.high or 0
