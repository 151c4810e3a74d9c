"""Numbers under their hedges: which of two tolls says more, and which only says the same again."""

from typing import Protocol

from agents.enrich.counting import BARE
from streams.records import Magnitude, Qualifier

ABOUT = 0.10  # "about 30" after 31, 32 or 33 only rounds it down …
ABOVE = 0.05  # … and after 29 rounds it up; after 28 it says more
OVER = 0.15  # "more than 30" is the same toll as 30 to 34
# How far a later number may go beyond one already told, and still only sharpen its hedge.
GIVE: dict[str, float] = {"approx": 0.032, "more_than": 0.04}


class Stated(Protocol):
    """A figure or a claim: whatever states a number."""

    low: int | None
    high: int | None
    qualifier: Qualifier
    magnitude: Magnitude | None


def number(stated: Stated) -> int | None:
    """The one number to compare by: a range's middle, the bound where there is only one, None for a bare word."""
    low, high = stated.low, stated.high
    if low is None or high is None:
        return high if low is None else low
    return (low + high) // 2


def least(stated: Stated) -> int | None:
    """The least that is claimed."""
    return stated.high if stated.low is None else stated.low


def most(stated: Stated) -> int | None:
    """The most that is claimed."""
    return stated.low if stated.high is None else stated.high


def bare(stated: Stated) -> tuple[int, int | None]:
    """What a bare word claims; a figure without number and word claims somebody."""
    claimed = BARE.get(stated.magnitude)
    return (claimed.low, claimed.high) if claimed else (1, None)


def same(stated: Stated, told: int, told_as: Qualifier = "exact") -> bool:
    """Does `stated` only say again what is known, within the hedges of both? It must have a number."""
    count = number(stated)
    if count == told:
        return True
    if count - told > 0 and count - told <= GIVE.get(told_as, 0) * told:
        return True
    match stated.qualifier:
        case "approx" | "at_most" | "less_than":
            return -ABOVE * count <= told - count <= ABOUT * count
        case "more_than":
            return count <= told <= (1 + OVER) * count
        case "range":
            return least(stated) <= told <= most(stated)
    return False


def close(one: int, other: int) -> float:
    """How close two numbers are: 1 where equal, .5 where one is twice the other."""
    return 1.0 if one == other else min(one, other) / max(one, other)
