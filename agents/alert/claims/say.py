"""How a language says an alert: `lang/<code>/say.toml`, beside the pack that reads the language."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from streams.records import Qualifier

LANG = Path(__file__).parents[2] / "extract" / "lang"


@dataclass(frozen=True, slots=True)
class Say:
    """One language's phrases. `{n}` stands for a number, `{who}` and the like for what their name says."""

    code: str
    kinds: dict[str, str]
    measures: dict[str, str]
    households: dict[str, str]  # the same measures, counted in households
    hedges: dict[str, str]
    magnitudes: dict[str, str]
    household_magnitudes: dict[str, str]
    actors: dict[str, str]
    months: tuple[str, ...]
    day: str
    days: str
    thousands: str  # what stands between thousands
    previously: str
    unknown_place: str
    unnamed: tuple[str, ...]  # words for the hurt that do not say who they are: "others"
    cues: dict[str, tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]]  # stems, one of which is there, and patterns

    def count(
        self, low: int | None, high: int | None, qualifier: Qualifier, magnitude: str | None, unit: str = "person"
    ) -> str:
        """A number under its hedge, in words: "at least 12", "hundreds of" before families."""
        if low is None and high is None:
            words = self.magnitudes if unit == "person" else self.household_magnitudes
            return words[magnitude or "several"]
        least, most = (self.number(high if low is None else low), self.number(low if high is None else high))
        return self.hedges[qualifier].format(n=least, m=most)

    def number(self, count: int) -> str:
        return f"{count:,}".replace(",", self.thousands)


@cache
def say(code: str) -> Say | None:
    """The phrases of a language, None where there are none; read once."""
    code = code.split("-")[0].lower()
    path = LANG / code / "say.toml"
    if not code.isalpha() or not path.is_file():
        return None
    data = tomllib.loads(path.read_text("utf-8"))["say"]
    cues = {name: (tuple(cue["stems"]), tuple(map(re.compile, cue["cues"]))) for name, cue in data.pop("cue").items()}
    return Say(code=code, cues=cues, months=tuple(data.pop("months")), unnamed=tuple(data.pop("unnamed")), **data)


@lru_cache(64)  # a sentence states several figures, one after the other
def cues(sentence: str, language: str) -> frozenset[str]:
    """What the sentence says of the toll that it tells, by the names of the cues that it holds.

    "revised": it was brought down, and is not only a lower one; "rose": it is of one that was told before;
    "recalled": of a trial, a punishment or an anniversary, and so of what happened long before.
    """
    phrases = say(language)
    if phrases is None:
        return frozenset()
    lower = sentence.lower()
    return frozenset(
        name for name, (stems, patterns) in phrases.cues.items()
        if any(map(lower.__contains__, stems)) and any(pattern.search(sentence) for pattern in patterns)
    )  # fmt: skip
