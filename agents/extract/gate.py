"""The first filter: does a text hold any outcome word? Linear, some 20 µs per 1,000 characters."""

import re
from collections.abc import Iterable

from agents.extract.entries import Pack
from agents.extract.text import word

DIGIT = re.compile(r"\d")
SIGNS = '.,،:؛;"“”«»()[]!?؟…/-#|*<>=+'


def spaced(folded: str) -> str:
    """A folded text with a space for each sign: as long as it was, its words ready to be split."""
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    return folded.replace(" '", "  ").replace("' ", "  ")


def outcomes(spaced: str, pack: Pack) -> list[str]:
    """The words of a spaced text that are outcomes, or part of one with the words beside them; it may name too many."""
    words = word(spaced).split()
    found = pack.trigger.intersection(words)
    return _those_that_hold(found, set(words), pack) if found else []


def worth_reading(spaced: str, outcomes: list[str], pack: Pack) -> bool:
    """True where a spaced sentence holds one of its text's outcomes, and a number or somebody who may be one."""
    spaced = word(spaced)
    found = [hit for hit in outcomes if hit in spaced]
    if not found:
        return False
    here = set(spaced.split())
    if not _those_that_hold(here.intersection(found), here, pack):
        return False
    if pack.subject_first:
        return True  # a name may be somebody
    return not here.isdisjoint(pack.countable) or DIGIT.search(spaced) is not None


def _those_that_hold(found: Iterable[str], here: set[str], pack: Pack) -> list[str]:
    """Those that are outcomes among the words that are here: a phrase is one only whole, "returned" only near a home."""
    phrases, near = pack.beside, pack.near
    return [
        hit
        for hit in found
        if (hit not in phrases and hit not in near)
        or any(others <= here for others in phrases.get(hit, ()))
        or not here.isdisjoint(near.get(hit, ()))
    ]
