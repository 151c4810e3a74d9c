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


def outcomes(spaced: str, pack: Pack) -> frozenset[str]:
    """The words of a spaced text that are outcomes, or part of one with the words beside them; it may name too many."""
    words = word(spaced).split()
    found = pack.trigger.intersection(words)
    if any(hit in pack.beside or hit in pack.near for hit in found):
        here = frozenset(words)
        return frozenset(hit for hit in found if _holds(hit, here, pack))
    return found


def _holds(hit: str, here: frozenset[str], pack: Pack) -> bool:
    """Is it an outcome among the words that are here?"""
    phrases, near = pack.beside.get(hit), pack.near.get(hit)
    if phrases is None and near is None:
        return True
    return any(others <= here for others in phrases or ()) or not here.isdisjoint(near or ())


def worth_reading(spaced: str, found: Iterable[str], pack: Pack) -> bool:
    """True where a spaced sentence holds an outcome word, and a number or somebody who may be one.

    `found` are the outcomes of the text that the sentence is part of.
    """
    spaced = word(spaced)
    if not any(hit in spaced for hit in found) or not outcomes(spaced, pack):
        return False
    if pack.subject_first:
        return True  # a name may be somebody
    return DIGIT.search(spaced) is not None or not pack.countable.isdisjoint(spaced.split())
