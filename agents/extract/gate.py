"""The first filter: does a text hold any outcome word? Linear, a few µs per 1,000 characters."""

import re

from agents.extract.entries import Pack
from agents.extract.text import FILLER, LAM_ALEF

DIGIT = re.compile(r"\d")
SIGNS = '.,،:؛;"“”«»()[]!?؟…/-#|*<>=+'


def spaced(folded: str) -> str:
    """A folded text with a space for each sign: as long as it was, its words ready to be split."""
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    return folded.replace(" '", "  ").replace("' ", "  ")


def holds_outcome(spaced: str, pack: Pack) -> bool:
    """True where a spaced text holds an outcome word, or all words of a phrase that is one; it may say yes too often."""
    return _outcome(_words(spaced), pack)


def worth_reading(spaced: str, pack: Pack) -> bool:
    """True where a spaced sentence holds an outcome word, and a number or somebody who may be one."""
    words = _words(spaced)
    if not _outcome(words, pack):
        return False
    if pack.subject_first:
        return True  # a name may be somebody
    return not pack.countable.isdisjoint(words) or DIGIT.search(spaced) is not None


def _outcome(words: list[str], pack: Pack) -> bool:
    """Do the words hold one that is an outcome, or all words of a phrase that is one?"""
    hits = pack.trigger.intersection(words)
    if not hits:
        return False
    if not hits.issubset(pack.beside):
        return True
    here = set(words)
    return any(others <= here for hit in hits for others in pack.beside[hit])


def _words(spaced: str) -> list[str]:
    if FILLER in spaced:
        spaced = spaced.replace(FILLER, "")
    if LAM_ALEF in spaced:
        spaced = spaced.replace(LAM_ALEF, "لا")
    return spaced.split()
