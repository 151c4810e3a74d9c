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


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in one spelling."""
    return tuple(_WORD.findall(plain(text)))


class Phrases:
    """Phrases of one language and what each says, found in running text with its prefixes.

    >>> found = Phrases({"child": ["طفل", "أطفال"]}, prefixes=["ال", "و", "وال"])
    >>> [what for what, _, _ in found.within(words("والأطفال"))]
    ['child']
    """

    def __init__(self, listed: dict[str, Iterable[str]], prefixes: Iterable[str] = ()) -> None:
        self._says = {" ".join(words(phrase)): what for what, phrases in listed.items() for phrase in phrases}
        self._longest: dict[str, int] = {}  # words of the longest phrase that begins with a word
        for phrase in self._says:
            first, count = phrase.split(" ")[0], phrase.count(" ") + 1
            self._longest[first] = max(self._longest.get(first, 0), min(count, _LONGEST))
        self._prefixes = tuple(sorted({plain(p) for p in prefixes}, key=lambda p: (len(p), p)))
        self._begins = lru_cache(maxsize=32768)(self._begin)

    def within(self, said: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """(what, first word, word after the last) for each phrase, the longest at each word."""
        done = 0
        for at, word in enumerate(said):
            begins = self._begins(word)
            if not begins or at < done:
                continue
            best = None
            for first, longest in begins:
                for count in range(min(longest, len(said) - at), 0, -1):
                    what = self._says.get(" ".join([first, *said[at + 1 : at + count]]))
                    if what is not None:
                        if best is None or at + count > best[2]:
                            best = what, at, at + count
                        break
            if best is not None:
                done = best[2]
                yield best

    def _begin(self, word: str) -> tuple[tuple[str, int], ...]:
        """How phrases can begin with a word: as it is, or without a prefix; with the longest's words."""
        forms = [word]
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                rest = word[len(prefix) :]
                forms += [rest, f"ال{rest}"] if prefix.endswith("لل") else [rest]
        return tuple((form, self._longest[form]) for form in dict.fromkeys(forms) if form in self._longest)
