"""The part of a language's pack that enrich reads: who.toml, speakers.toml, windows.toml.

A language without such a file is read with no words: everything is then unknown, nothing fails.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agents.gazetteer.spelling import plain

_WORD = re.compile(r"\w+")
_LONGEST = 5  # words of a phrase


@lru_cache(maxsize=64)
def stored(language: str, name: str) -> dict[str, Any]:
    """The file `name`.toml of a language's pack; empty where there is none."""
    code = re.split("[-_]", language.lower())[0]
    if not code.isalpha():
        return {}
    path = files("agents.extract") / "lang" / code / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def words(text: str) -> list[str]:
    """The words of a text, in one spelling."""
    return _WORD.findall(plain(text))


class Phrases:
    """Phrases of one language and what each says, found in running text with its prefixes.

    >>> found = Phrases({"child": ["طفل", "أطفال"]}, prefixes=["ال", "و", "وال"])
    >>> [what for what, _, _ in found.within(words("والأطفال"))]
    ['child']
    """

    def __init__(self, listed: dict[str, Iterable[str]], prefixes: Iterable[str] = ()) -> None:
        self._says = {" ".join(words(phrase)): what for what, phrases in listed.items() for phrase in phrases}
        self._prefixes = tuple(sorted({plain(p) for p in prefixes}, key=lambda p: (len(p), p)))

    def within(self, said: list[str]) -> Iterator[tuple[str, int, int]]:
        """(what, first word, word after the last) for each phrase, the longest at each word."""
        at = 0
        while at < len(said):
            for count in range(min(_LONGEST, len(said) - at), 0, -1):
                what = self._what(said[at : at + count])
                if what is not None:
                    yield what, at, at + count
                    at += count - 1
                    break
            at += 1

    def _what(self, some: list[str]) -> str | None:
        phrase = " ".join(some)
        found = self._says.get(phrase)
        if found is None:
            for prefix in self._prefixes:
                if phrase.startswith(prefix) and len(phrase) > len(prefix) + 1:
                    found = self._says.get(phrase[len(prefix) :])
                    if found is None and prefix.endswith("لل"):
                        found = self._says.get("ال" + phrase[len(prefix) :])
                    if found is not None:
                        break
        return found
