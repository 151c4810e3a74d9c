"""The first filter: does a text hold any outcome word? Linear, a few µs per 1,000 characters."""

import re

from agents.extract.pack import Pack
from agents.extract.text import FILLER, LAM_ALEF

DIGIT = re.compile(r"\d")
SIGNS = '.,،:؛;"“”«»()[]!?؟/-#'


def spaced(folded: str) -> str:
    """A folded text with a space for each sign: as long as it was, its words ready to be split."""
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    return folded


def holds_outcome(spaced: str, pack: Pack) -> bool:
    """True where a line of a spaced text is worth reading; it may say yes too often."""
    if pack.trigger.isdisjoint(_words(spaced)):
        return False
    return any(worth_reading(line, pack) for line in spaced.split("\n"))


def worth_reading(spaced: str, pack: Pack) -> bool:
    """True where a spaced sentence holds an outcome word, and a number or somebody who may be one."""
    words = _words(spaced)
    if pack.trigger.isdisjoint(words):
        return False
    if pack.subject_first:
        return True  # a name may be somebody
    return not pack.countable.isdisjoint(words) or DIGIT.search(spaced) is not None


def _words(spaced: str) -> list[str]:
    if FILLER in spaced:
        spaced = spaced.replace(FILLER, "")
    if LAM_ALEF in spaced:
        spaced = spaced.replace(LAM_ALEF, "لا")
    return spaced.split()
