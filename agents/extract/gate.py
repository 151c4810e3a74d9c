"""The first filter: does a text hold any outcome word? Linear, a few µs per 1,000 characters."""

import re

from agents.extract.pack import Pack
from agents.extract.text import FILLER, LAM_ALEF

DIGIT = re.compile(r"\d")
SIGNS = '.,،:؛;"“”«»()[]!?؟/-#'


def holds_outcome(folded: str, pack: Pack) -> bool:
    """True where a word of the text is one that an outcome begins with; it may say yes too often."""
    return not pack.trigger.isdisjoint(_words(folded))


def worth_reading(folded: str, pack: Pack) -> bool:
    """True where a sentence holds an outcome word, and a number or somebody who may be one."""
    words = _words(folded)
    if pack.trigger.isdisjoint(words):
        return False
    return not pack.countable.isdisjoint(words) or DIGIT.search(folded) is not None


def _words(folded: str) -> list[str]:
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    if FILLER in folded:
        folded = folded.replace(FILLER, "")
    if LAM_ALEF in folded:
        folded = folded.replace(LAM_ALEF, "لا")
    return folded.split()
