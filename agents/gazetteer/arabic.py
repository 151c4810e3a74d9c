"""Arabic place names in running text: prefixes are taken off, marks and variants of letters do not matter."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from agents.gazetteer.spelling import SILENT, letters
from agents.gazetteer.spotting import Announcing, Lexicon, Needs, words

_REACH = 60  # characters of a name, at most
_LETTERS = "ء-غف-يٱٹپچڈڑژگںۀۃۆۇۈێڤڵەڕ"
_WORD = re.compile(f"[{_LETTERS}]+|[0-9]+")  # «حماة10:49»: a time may stick to a name
_LETTER = re.compile(f"[{_LETTERS}]")
_IN_WORD = re.compile(f"[{_LETTERS}0-9]")
_APART = re.compile(" {1,3}#?$")  # «مدينة #مورك»; a hyphen is a space by then
# and, so, by or in, to, as; «للموصل»: the article loses its alef after «ل»
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_CARRIES_PREFIX = frozenset("وفبلك")
_WHOLE = itemgetter(0)  # what a word matched
_BETWEEN = re.compile("(?: و|، ?و?| ، ?و?)$")


class ArabicNames:
    """Finds the Arabic names of a lexicon in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._words = lexicon, words()["arabic"]
        self._cuts = lru_cache(maxsize=65536)(self._cut)
        self._announcing = Announcing(lexicon, self._words)

    def find(self, text: str, demonyms: bool = False) -> Iterator[tuple[int, int]]:
        """Start and end of each name, in order, without overlap. Linear in the text."""
        plain, marks = letters(text), ()
        if SILENT.search(plain):
            plain, marks = _without_silent(plain)
        cuts_of, done = self._cuts, 0
        words = list(_WORD.finditer(plain))
        for word, cuts in zip(words, map(cuts_of, map(_WHOLE, words)), strict=True):
            if not cuts or word.start() < done:
                continue
            start, end = word.span()
            best = (0, 0)
            for cut, first in cuts:
                named, shift = start + cut, end - len(first)
                for name in self._lexicon.longest(first + plain[end : start + _REACH]):
                    to = shift + len(name)
                    if (_IN_WORD if name[-1].isdigit() else _LETTER).match(plain, to):
                        continue
                    if self._announcing.passed_over(name, demonyms):
                        done = max(done, to)
                    elif to > best[1] and self._is_place(name, plain, named, done, cut):
                        best = (named, to)
                    break
            if best[1]:
                done = best[1]
                yield (_back(best[0], marks), _back(done - 1, marks) + 1) if marks else best

    def _cut(self, word: str) -> tuple[tuple[int, str], ...]:
        """Where a name can begin in a word: (characters of prefix, the rest as names spell it)."""
        firsts = self._lexicon.firsts
        cuts = [(0, word)] if word in firsts else []
        if word[0] in _CARRIES_PREFIX and (len(word) > 3 or word[1:].isdigit()):
            for prefix in _PREFIXES:
                rest = word[len(prefix) :]
                if not word.startswith(prefix) or (len(rest) < 3 and not rest.isdigit()):
                    continue
                if rest in firsts:
                    cuts.append((len(prefix), rest))
                if prefix[-1] == "ل" and rest[0] == "ل" and f"ا{rest}" in firsts:
                    cuts.append((len(prefix), f"ا{rest}"))
        return tuple(cuts)

    def _is_place(self, name: str, plain: str, named: int, done: int, cut: int) -> bool:
        needs = self._announcing.needs(name)
        if needs is Needs.NOTHING:
            # «فرقة» is no «ف» + «رقة»: these two prefixes are rare before names, and common in words
            return not cut or name[:2] == "ال" or (plain[named - cut] not in "فك" and self._lexicon.large(name))
        if needs is Needs.NEVER:
            return False
        before = _word_before(plain, named - cut)
        befores = {before, before[1:], before[2:]} if before[:1] in _CARRIES_PREFIX else {before}
        if cut and "ب" in plain[named - cut : named]:
            befores.add("في")
        if befores & self._words.designators and not cut:
            return True
        if needs is Needs.LOCATED and befores & self._words.locators:
            return True
        return bool(done) and name in self._words.coordinated and bool(_BETWEEN.fullmatch(plain, done, named))


def _word_before(plain: str, start: int) -> str:
    """The word that ends one space before `start`, or before a hashtag; nothing where something else stands between."""
    apart = _APART.search(plain, max(0, start - 4), start)
    if apart is None:
        return ""
    words = _WORD.findall(plain, max(0, start - 25), apart.start())
    return words[-1] if words and _IN_WORD.match(plain, apart.start() - 1) else ""


def _without_silent(plain: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its marks, and from which of its characters on how many were left out."""
    gone, marks = 0, []
    for silent in SILENT.finditer(plain):
        kept = silent.start() - gone
        gone += len(silent[0])
        marks.append((kept, gone))
    return SILENT.sub("", plain), tuple(marks)


def _back(at: int, marks: tuple[tuple[int, int], ...]) -> int:
    """Where a character of the text without marks stood before."""
    place = bisect_right(marks, at, key=lambda mark: mark[0])
    return at + marks[place - 1][1] if place else at
