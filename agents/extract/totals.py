"""A total and its parts, told by their numbers: parts that add up to the greatest figure of their kind."""

from collections import defaultdict
from dataclasses import replace

from streams.records import Figure

LOW, HIGH = 0.85, 1.1  # of a total that the parts named may add up to, where they lie apart
OPEN = frozenset(("at_least", "more_than", "approx"))


def parted(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures, those marked `subtotal` that together make up an earlier, greater one.

    They must add up to it exactly, or nearly where they name places that differ.
    """
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, figure in enumerate(found):
        if _value(figure) and figure.scope in ("incident", "cumulative"):
            kinds[figure.measure, figure.unit].append(at)
    parts: set[int] = set()
    for members in kinds.values():
        whole = max(members, key=lambda at: (_value(found[at]), -at))
        rest = [at for at in members if at > whole and _value(found[at]) < _value(found[whole])]
        if len(rest) > 1 and _makes_up(found[whole], [found[at] for at in rest]):
            parts.update(rest)
    return tuple(replace(f, scope="subtotal") if at in parts else f for at, f in enumerate(found))


def _makes_up(whole: Figure, parts: list[Figure]) -> bool:
    total, value = sum(map(_value, parts)), _value(whole)
    if total == value:
        return True
    apart = len({part.place.text for part in parts if part.place}) > 1
    most = value * HIGH if whole.qualifier in OPEN else value
    return apart and value * LOW <= total <= most


def _value(figure: Figure) -> int:
    if figure.implicit or figure.qualifier == "range":
        return 0
    return figure.low or figure.high or 0
