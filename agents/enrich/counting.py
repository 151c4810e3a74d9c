"""How a figure's number is meant: what a bare word claims, and whether it counts a stock or a flow."""

from functools import lru_cache

from agents.enrich.packs import Phrases, stored, words
from agents.enrich.scene import TOLD
from streams.records import Category, Figure, Interval, Magnitude

# What a bare word claims: from, up to (none: no bound), and what ACLED codes for it. ACLED's codebook has a number
# for tens (10), dozens (12) and hundreds (100) only.
BARE: dict[Magnitude, Interval] = {
    "several": Interval(low=2, high=20),
    "dozens": Interval(low=20, high=200, acled=12),
    "hundreds": Interval(low=100, high=2_000, acled=100),
    "thousands": Interval(low=1_000, high=20_000),
    "tens_of_thousands": Interval(low=10_000, high=200_000),
    "hundreds_of_thousands": Interval(low=100_000, high=2_000_000),
    "millions": Interval(low=1_000_000, high=None),
}
_TENS = Interval(low=20, high=200, acled=10)


@lru_cache(maxsize=64)
def _lexicon(language: str) -> tuple[frozenset[str], Phrases]:
    known = stored(language, "counting")
    return frozenset(w for phrase in known.get("tens", ()) for w in words(phrase)), Phrases(
        {kind: known.get(kind, ()) for kind in ("stock", "flow")}, known.get("prefixes", ())
    )


def interval(figure: Figure, language: str) -> Interval | None:
    """What the figure's bare word claims; None where it states a number."""
    if figure.magnitude is None:
        return None
    if figure.magnitude == "dozens" and figure.number is not None:
        tens, _ = _lexicon(language)
        if not tens.isdisjoint(words(figure.number.text)):
            return _TENS
    return BARE[figure.magnitude]


def category(figure: Figure, language: str) -> Category | None:
    """Stock or flow of people who had to move, as IDMC tells them apart; None for other measures, or untold.

    An evacuation and a return are flows. Of the displaced, the words nearest to the number tell; without
    such words what the article tells of is a flow, and a total is neither.
    """
    if figure.measure in ("evacuated", "returned"):
        return "flow"
    if figure.measure != "displaced":
        return None
    sentence, number = figure.sentence, figure.number or figure.evidence
    at = len(words(sentence.text[: max(0, number.start - sentence.start)]))
    found = [
        (max(first - at, at - last), what) for what, first, last in _lexicon(language)[1].within(words(sentence.text))
    ]
    if found:
        return min(found)[1]
    return "flow" if figure.scope in TOLD else None
