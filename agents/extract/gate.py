"""The first filter: does a text hold any outcome word? Linear, a few µs per 1,000 characters."""

from agents.extract.pack import Pack
from agents.extract.text import FILLER, LAM_ALEF

SIGNS = '.,،:؛;"“”«»()[]!?؟/-#'


def holds_outcome(folded: str, pack: Pack) -> bool:
    """True where a word of the text is one that an outcome begins with; it may say yes too often."""
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    if FILLER in folded:
        folded = folded.replace(FILLER, "")
    if LAM_ALEF in folded:
        folded = folded.replace(LAM_ALEF, "لا")
    return not pack.trigger.isdisjoint(folded.split())
