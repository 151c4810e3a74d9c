"""The part of a language's pack that enrich reads: who.toml, speakers.toml, windows.toml, counting.toml.

A pack that lacks one of them (French has none yet) is read with no words: classes are then unknown, a time without
words is the day before, a bare word claims what its magnitude does, displaced people are told by their scope. Nothing fails.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agents.gazetteer.spelling import evened, plain

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=64)
def stored(language: str, name: str) -> dict[str, Any]:
    """The file `name`.toml of a language's pack; empty where there is none."""
    code = re.split("[-_]", language.lower())[0]
    if not code.isalpha():
        return {}
    path = files("agents.extract") / "lang" / code / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in one spelling."""
    return tuple(_WORD.findall(evened(text)))


class Phrases:
    """Phrases of one language and what each says, found in running text with its prefixes.

    >>> found = Phrases({"child": ["طفل", "أطفال"]}, prefixes=["ال", "و", "وال"])
    >>> [what for what, _, _ in found.within(words("والأطفال"))]
    ['child']
    """

    def __init__(self, listed: dict[str, Iterable[str]], prefixes: Iterable[str] = ()) -> None:
        self._says = {" ".join(words(phrase)): what for what, phrases in listed.items() for phrase in phrases}
        counts: dict[str, set[int]] = {}  # of words of the phrases that begin with a word
        for phrase in self._says:
            counts.setdefault(phrase.split(" ")[0], set()).add(phrase.count(" ") + 1)
        # a word as text has it, with its prefix, to the first words that it may be, and how long their phrases are
        self._begins: dict[str, list[tuple[str, list[int]]]] = {}
        for prefix in ("", *sorted({plain(p) for p in prefixes}, key=lambda p: (len(p), p))):
            for first, lengths in counts.items():
                for word in _prefixed(prefix, first):
                    self._begins.setdefault(word, []).append((first, sorted(lengths, reverse=True)))

    def may_begin(self, said: tuple[str, ...]) -> bool:
        """Whether one of the words may begin a phrase: quicker to say than which does."""
        return not self._begins.keys().isdisjoint(said)

    def within(self, said: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """(what, first word, word after the last) for each phrase, the longest at each word."""
        if not self.may_begin(said):  # mostly
            return
        done = 0
        for at, word in enumerate(said):
            begins = self._begins.get(word)
            if begins is None or at < done:
                continue
            best = None
            for first, counts in begins:
                for count in counts:
                    if count > len(said) - at:
                        continue
                    phrase = first if count == 1 else " ".join((first, *said[at + 1 : at + count]))
                    what = self._says.get(phrase)
                    if what is not None:
                        if best is None or at + count > best[2]:
                            best = what, at, at + count
                        break
            if best is not None:
                done = best[2]
                yield best


def _prefixed(prefix: str, first: str) -> list[str]:
    """How a word is written with a prefix; «لل» takes the article's alef: «للجيش»."""
    if not prefix:
        return [first]
    forms = [prefix + first] if len(first) > 1 else []
    if prefix.endswith("لل") and first.startswith("ال") and len(first) > 3:
        forms.append(prefix + first[2:])
    return forms
