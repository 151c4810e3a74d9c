"""Arabic place names in running text: prefixes are taken off, marks and variants of letters do not matter."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agents.gazetteer.spelling import SILENT, letters
from agents.gazetteer.spotting import Lexicon, Needs, words

_REACH = 60  # characters of a name, at most
_LETTERS = "ء-غف-يٱٹپچڈڑژگںۀۃۆۇۈێڤڵەڕ0-9"
_WORD = re.compile(f"[{_LETTERS}]+")
_IN_WORD = re.compile(f"[{_LETTERS}]")
# and, so, by or in, to, as; «للموصل»: the article loses its alef after «ل»
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_CARRIES_PREFIX = frozenset("وفبلك")
_BETWEEN = re.compile("(?: و|، ?و?| ، ?و?)$")


class ArabicNames:
    """Finds the Arabic names of a lexicon in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._words = lexicon, words()["arabic"]
        self._cuts = lru_cache(maxsize=65536)(self._cut)
        self._needs = lru_cache(maxsize=65536)(self._need)

    def find(self, text: str, demonyms: bool = False) -> Iterator[tuple[int, int]]:
        """Start and end of each name, in order, without overlap. Linear in the text."""
        plain, back = letters(text), None
        if SILENT.search(plain):
            plain, back = _without_silent(plain)
        done, last = 0, (0, 0)
        for word in _WORD.finditer(plain):
            start, end = word.span()
            if start < done:
                continue
            best = (0, 0)
            for cut, first in self._cuts(word[0]):
                named, shift = start + cut, end - len(first)
                for name in self._lexicon.longest(first + plain[end : start + _REACH], demonyms):
                    to = shift + len(name)
                    if _IN_WORD.match(plain, to):
                        continue
                    if to > best[1] and self._is_place(name, plain, named, last, done, cut):
                        best = (named, to)
                    break
            if best[1]:
                done = best[1]
                yield best if back is None else (back[best[0]], back[done - 1] + 1)
            last = (start, max(end, done))

    def _cut(self, word: str) -> tuple[tuple[int, str], ...]:
        """Where a name can begin in a word: (characters of prefix, the rest as names spell it)."""
        firsts = self._lexicon.firsts
        cuts = [(0, word)] if word in firsts else []
        if word[0] in _CARRIES_PREFIX and len(word) > 3:
            for prefix in _PREFIXES:
                rest = word[len(prefix) :]
                if not word.startswith(prefix) or len(rest) < 3:
                    continue
                if rest in firsts:
                    cuts.append((len(prefix), rest))
                if prefix[-1] == "ل" and rest[0] == "ل" and f"ا{rest}" in firsts:
                    cuts.append((len(prefix), f"ا{rest}"))
        return tuple(cuts)

    def _need(self, name: str) -> Needs:
        said = self._words.needs.get(name)
        return self._lexicon.needs(name) if said is None else said

    def _is_place(self, name: str, plain: str, named: int, last: tuple[int, int], done: int, cut: int) -> bool:
        needs = self._needs(name)
        if needs is Needs.NOTHING:
            # «فرقة» is no «ف» + «رقة»: these two prefixes are rare before names, and common in words
            return not cut or name[:2] == "ال" or (plain[named - cut] not in "فك" and self._lexicon.large(name))
        if needs is Needs.NEVER:
            return False
        before = plain[last[0] : last[1]].rsplit(" ", 1)[-1] if last[1] and named - cut - last[1] <= 1 else ""
        befores = {before, before[1:], before[2:]} if before[:1] in _CARRIES_PREFIX else {before}
        if cut and "ب" in plain[named - cut : named]:
            befores.add("في")
        if befores & self._words.designators and not cut:
            return True
        if needs is Needs.LOCATED and befores & self._words.locators:
            return True
        return bool(done) and name in self._words.coordinated and bool(_BETWEEN.fullmatch(plain, done, named))


def _without_silent(plain: str) -> tuple[str, list[int]]:
    """The text without its marks, and for each character kept where it stood."""
    back = [at for at, letter in enumerate(plain) if not SILENT.match(letter)]
    return "".join(plain[at] for at in back), back
