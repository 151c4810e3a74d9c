"""Place names in running text: the longest that begins at each word, told from common words.

Latin names count only where the text has them with a capital. Arabic prefixes (and, so, in, to, as)
are taken off. Which names are also common words, and where they may still be a place, is data
(`blocked.toml`).
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import marisa_trie

from agents.gazetteer.spelling import SILENT, key, letters
from streams.records import Span

_REACH = 70  # characters of a name, at most
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽḐḨṢṬẔḤḌ"
_LATIN = "A-Za-zÀ-ÖØ-öø-ʯʻʼʾʿḀ-ỿ\u0300-\u036f"
_MARK = "'’‘`ʼ"
_WORD = re.compile(rf"[{_MARK}ʿʾ]?[{_LATIN}](?:[{_LATIN}]|[{_MARK}](?=[{_LATIN}]))*|\d+")
_JOINED = re.compile(r"[ \u00a0]|\s?-\s?|\n(?=\S)")
_STARTS = re.compile(rf"(?<![\w{_MARK}])(?:[{_MARK}ʿʾ]?(?:[a-z]{{2}}-)?[{_CAPITAL}]|\d{{1,2}} [{_CAPITAL}])")
_ARABIC_WORD = re.compile("[ء-غـ-يٱٹپچڈڑژکگںھہۀۃیېےڤڵۆەێ0-9]+")
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_FIRST_OF_PREFIXES = frozenset("وفبلك")
_HAS_LATIN, _HAS_ARABIC = re.compile("[A-Za-z]"), re.compile("[ء-ي]")
_LAST_WORDS = re.compile(rf"[{_LATIN}][{_LATIN}{_MARK}]*(?= $)")
_NEXT_WORD = re.compile(rf" ([{_LATIN}]+)")
_SMALL = frozenset(
    "al el ad ar as at ash an az of the de la le du des do da dos del los las y e i bin ben sur n".split()
)
_SENTENCE_END = frozenset('.!?\n:;"“”«»()•')


class Blocked:
    """Names that are also common words, and what must stand before them to make them a place."""

    def __init__(self, stored: dict) -> None:
        self.designated = frozenset(map(key, stored["designated"]))
        self.located = frozenset(map(key, stored["located"]))
        self.midway = frozenset(map(key, stored["midway"]))
        self.coordinated = frozenset(map(key, stored["coordinated"]))
        self.designators = frozenset(map(key, stored["designators"]))
        self.openers = frozenset(map(key, stored["openers"]))
        self.followers = frozenset(map(key, stored["followers"]))
        self.locators = frozenset(map(key, stored["locators"])) | self.designators
        self.all = self.designated | self.located | self.midway | self.coordinated


@lru_cache(maxsize=1)
def blocked() -> dict[str, Blocked]:
    """The block lists, by script."""
    stored = tomllib.loads(Path(__file__).with_name("blocked.toml").read_text("utf-8"))
    return {script: Blocked(lists) for script, lists in stored.items()}


class Spotter:
    """Finds the names of `met` in a text.

    `firsts` are the first words of the Arabic names; `minor` tells of a name whether it is of small
    places only: those are no places inside a person's name ("Goodluck Jonathan").
    """

    def __init__(
        self,
        met: marisa_trie.Trie,
        firsts: frozenset[str],
        demonyms: frozenset[str],
        minor: Callable[[str], bool],
    ) -> None:
        self._met, self._firsts, self._demonyms, self._minor = met, firsts, demonyms, minor
        self._blocked = blocked()
        self._cuts = lru_cache(maxsize=65536)(self._cut)

    def spot(self, text: str, demonyms: bool = False) -> tuple[Span, ...]:
        """The spans of the names, in order, without overlap; with `demonyms` also "Iraqi"."""
        found: list[tuple[int, int]] = []
        if _HAS_LATIN.search(text):
            found += self._latin(text, demonyms)
        if _HAS_ARABIC.search(text):
            found += self._arabic(text, demonyms)
            found.sort()
        return tuple(Span(start=start, end=end, text=text[start:end]) for start, end in found)

    def _longest(self, spelt: str, demonyms: bool) -> Iterator[str]:
        """The known names that `spelt` begins with, the longest first."""
        for name in reversed(self._met.prefixes(spelt)):
            if demonyms or name not in self._demonyms:
                yield name

    def _latin(self, text: str, demonyms: bool) -> Iterator[tuple[int, int]]:
        lists, done = self._blocked["latin"], 0
        for started in _STARTS.finditer(text):
            start = started.start()
            if start < done:
                continue
            spelt, ends = _spelt(text, start)
            for name in self._longest(spelt, demonyms):
                end = ends.get(len(name))
                if end is not None and self._is_place(text, start, end, name, lists):
                    yield start, end
                    done = end
                    break

    def _is_place(self, text: str, start: int, end: int, name: str, lists: Blocked) -> bool:
        before = _LAST_WORDS.search(text, max(0, start - 40), start)
        last = key(before[0]) if before else ""
        if name in lists.all:
            if last in lists.designators or key(_next_word(text, end)) in lists.designators:
                return True
            if name in lists.designated:
                return False
            if name in lists.located:
                return last in lists.locators
            return bool(last) and text[start : start + 2] != text[start : start + 2].upper()
        if " " in name or name in self._demonyms or not self._minor(name):
            return True
        # A small place: not where it looks like a part of somebody's name.
        if before and before[0][0].isupper() and last not in lists.locators and not self._met.get(last):
            return _sentence_starts(text, before.start()) and last in lists.openers
        after = _next_word(text, end)
        return not after or not after[0].isupper() or key(after) in lists.followers or key(after) in lists.designators

    def _cut(self, word: str) -> tuple[tuple[int, str], ...]:
        """Where a name can begin in an Arabic word: (characters of prefix, the rest as names spell it)."""
        cuts = [(0, word)] if word in self._firsts else []
        if word[0] in _FIRST_OF_PREFIXES and len(word) > 3:
            for prefix in _PREFIXES:
                rest = word[len(prefix) :]
                if not word.startswith(prefix) or len(rest) < 2:
                    continue
                if len(rest) > 2 and rest in self._firsts:
                    cuts.append((len(prefix), rest))
                if prefix[-1] == "ل" and rest.startswith("ل") and f"ا{rest}" in self._firsts:
                    cuts.append((len(prefix), f"ا{rest}"))  # للموصل: the article loses its alef
        return tuple(cuts)

    def _arabic(self, text: str, demonyms: bool) -> Iterator[tuple[int, int]]:
        lists, done, plain, back = self._blocked["arabic"], 0, letters(text), None
        if SILENT.search(plain):
            plain, back = _without_silent(plain)
        before: tuple[int, int] | None = None
        for word in _ARABIC_WORD.finditer(plain):
            start, end = word.span()
            if start < done:
                continue
            best = None
            for cut, first in self._cuts(word[0]):
                spelt = first + plain[end : start + _REACH]
                shift = end - len(first)
                for name in self._longest(spelt, demonyms):
                    following = spelt[len(name) : len(name) + 1]
                    if following and _ARABIC_WORD.match(following):
                        continue
                    reach = (shift + len(name), -cut)
                    if (best is None or reach > best[0]) and self._is_arabic_place(
                        plain, before, start, shift + len(name), start + cut, name, lists, done
                    ):
                        best = reach, start + cut
                    break
            if best is not None:
                done = best[0][0]
                from_, to = best[1], done
                yield (from_, to) if back is None else (back[from_], back[to - 1] + 1)
            before = (start, max(end, done))

    def _is_arabic_place(
        self, plain: str, before: tuple[int, int] | None, start: int, end: int, named: int, name: str,
        lists: Blocked, done: int,
    ) -> bool:  # fmt: skip
        if name not in lists.all:
            return True
        last = plain[before[0] : before[1]].rsplit(" ", 1)[-1] if before and before[1] >= start - 2 else ""
        lasts = {last, *(last[n:] for n in (1, 2) if last[:1] in _FIRST_OF_PREFIXES)}
        if lasts & lists.designators:
            return True
        if name in lists.coordinated:
            return 0 < done and plain[done:named].strip(" ،,و") == "" and named - done < 4
        if name in lists.located:
            return bool(lasts & lists.locators)
        return False


def _spelt(text: str, start: int) -> tuple[str, dict[int, int]]:
    """The key of the capitalised words from `start` on, and for each word's end in it the end in the text."""
    spelt, ends, at = "", {}, start
    for _ in range(6):
        word = _WORD.match(text, at)
        if word is None:
            break
        part = key(word[0])
        first = word[0].lstrip("'’‘`ʼʿʾ")[:1]
        if not (first.isupper() or first.isdigit() or part in _SMALL or len(part) < 3):
            break
        spelt = f"{spelt} {part}" if spelt else part
        if first.isupper() or first.isdigit() or spelt == part:
            ends[len(spelt)] = word.end()
        join = _JOINED.match(text, word.end())
        if join is None:
            break
        at = join.end()
    return spelt, ends


def _next_word(text: str, end: int) -> str:
    after = _NEXT_WORD.match(text, end)
    return after[1] if after else ""


def _sentence_starts(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" ")
    return not before or before[-1] in _SENTENCE_END


def _without_silent(plain: str) -> tuple[str, list[int]]:
    """The text without its marks, and for each character kept where it stood."""
    back = [at for at, letter in enumerate(plain) if not SILENT.match(letter)]
    return "".join(plain[at] for at in back), back
