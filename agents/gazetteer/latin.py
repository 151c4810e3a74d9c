"""Place names in Latin script in running text: only where the text has them with a capital."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from agents.gazetteer.spelling import key
from agents.gazetteer.spotting import Announcing, Lexicon, Needs, words

_LATIN = "A-Za-zÀ-ÖØ-öø-ʯʻʼʾʿḀ-ỿ\u0300-\u036f"
_MARK = "'’‘`"
# A word; the possessive ending stays outside of it.
_WORD = re.compile(rf"[{_MARK}]?[{_LATIN}](?:[{_LATIN}]|[{_MARK}](?=[{_LATIN}])(?![sS](?![{_LATIN}])))*|\d+")
_STEP = re.compile(rf"({_WORD.pattern})( ?- ?|[ \u00a0]|\.(?= ?[A-Z]))?")  # a word, and what joins the next to it
_CAPITAL = "A-ZÀ-ÖØ-Þ-ſḀ-ỿ"
# One class of first characters, so that the search runs from one to the next; only then what may not stand before.
_START = re.compile(
    rf"[ae{_CAPITAL}{_MARK}ʻʿ\d](?<![\w{_MARK}-].)(?:"
    rf"(?:(?<=[AEae])l[- ]|(?<=a)(?:[drnstz]|sh)-|(?<=e)[drsz]-)(?=[A-Z])[{_CAPITAL}][{_LATIN}]*"
    rf"|(?<=[{_CAPITAL}])[{_LATIN}]*"
    rf"|(?<=[{_MARK}ʻʿ])[{_CAPITAL}][{_LATIN}]*"
    rf"|(?<=\d)(?<![.,].)\d? (?=[A-Z]))"
)
_TITLES = frozenset({"capital"})  # "the Iraqi capital" is a name although it ends without a capital
# What a longer name has within it without a capital: "Deir ez-Zor", "Tarnak wa Jaldak", "Bujumbura et Gitega".
_SMALL = _TITLES | {
    "al", "el", "ad", "ar", "as", "at", "ash", "an", "az", "adh", "ath", "ed", "es", "er", "ez", "em", "esh", "edh", "eth",
    "ul", "ud", "ur", "wa", "and", "of", "the", "bin", "ben", "de", "la", "le", "du", "des", "et", "sur", "do", "da", "dos",
    "del", "los", "las", "y", "e", "i", "n",
}  # fmt: skip
_BEFORE = re.compile(rf"[ -]([{_LATIN}]+)(?: ([{_LATIN}]+))?")  # read backwards from a name
_APPOSED = re.compile(r"\b([a-z]+), \Z")  # "the largest city, Taiz"
_AFTER = re.compile(rf"[ -]([{_LATIN}]+)")
_BETWEEN = re.compile(r"(?:'s)?(?:,? and |, ?|/| - )")
_WORDS = 6  # of a name, at most


class _Begins(IntEnum):
    """How a capitalised word begins a name of the lexicon."""

    NEVER = 0
    INSIDE = 1  # letters that a name's first word begins with: an apostrophe may follow ("Sana" in "Sana'a")
    WITH_IT = 2  # the whole word


class LatinNames:
    """Finds the Latin names of a lexicon in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._words = lexicon, words()["latin"]
        self._begins = lru_cache(maxsize=65536)(self._begin)
        self._announcing = Announcing(lexicon, self._words)

    def find(self, text: str, demonyms: bool = False) -> Iterator[tuple[int, int]]:
        """Start and end of each name, in order, without overlap. Linear in the text."""
        begins, done = self._begins, 0
        for started in _START.finditer(text):
            begun = begins(started[0])
            if not begun or (begun is _Begins.INSIDE and text[started.end() : started.end() + 1] not in _MARK):
                continue
            start = started.start()
            if start < done:
                continue
            spelt, ends = _spelt(text, start)
            for name in self._lexicon.longest(spelt):
                end = ends.get(len(name))
                if end is None:
                    continue
                if self._announcing.passed_over(name, demonyms):
                    done = end
                    break
                apart = self._written_apart(spelt, ends, name)
                if apart or self._is_place(name, text, start, end, done):
                    end = done = max(end, apart)
                    yield start, end
                    break

    def _begin(self, start: str) -> _Begins:
        """How any name begins so; cheap, for the many capitalised words that begin none."""
        met, spelt = self._lexicon.met, key(start)
        if spelt in met or next(met.iterkeys(f"{spelt} "), None) is not None:
            return _Begins.WITH_IT
        return _Begins.INSIDE if next(met.iterkeys(spelt), None) is not None else _Begins.NEVER

    def _written_apart(self, spelt: str, ends: dict[int, int], name: str) -> int:
        """Where the text writes in two words what the gazetteer has in one ("Balad Ruz"): the second's end."""
        if " " in name:
            return 0
        second = next((length for length in ends if length > len(name)), None)
        if second is None or second == len(name) + len(" a"):
            return 0  # "BEIRUT A bomb"
        return ends[second] if spelt[:second].replace(" ", "") in self._lexicon.met else 0

    def _is_place(self, name: str, text: str, start: int, end: int, done: int) -> bool:
        needs = self._announcing.needs(name)
        if needs is Needs.NEVER:
            return False
        if name in self._words.acronyms:
            return text[start:end].isupper() and not text[end : end + 8].isupper()
        if end - start < 5 and text[start:end].isupper() and not text[start : start + 30].isupper():
            return False  # FAO, UN
        if name in self._words.beginnings:
            after = (_AFTER.match(text, end) or ("", ""))[1]
            if after[:1].isupper() and key(after) not in self._words.followers:
                return False
        if needs is Needs.NOTHING:
            return True
        before = _BEFORE.match(text[max(0, start - 40) : start][::-1])
        earlier, last = ((before[2] or "")[::-1], before[1][::-1]) if before else ("", "")
        after = (_AFTER.match(text, end) or ("", ""))[1]
        if key(after) in self._words.designators or key(last) in self._words.designators:
            return True
        if (apart := _APPOSED.search(text[max(0, start - 40) : start])) and key(apart[1]) in self._words.designators:
            return True
        if last == "of" and key(earlier) in self._words.designators:
            return True
        if needs is Needs.APART:
            return not last[:1].isupper() or key(last) in self._words.locators or key(last) in self._words.followers
        if needs is Needs.MIDWAY:
            return before is not None and not text[start:end].isupper()
        if needs is Needs.DESIGNATED:
            return name in self._words.coordinated and bool(done and _BETWEEN.fullmatch(text, done, start))
        # Part of a longer proper name: a person's, a school's.
        if after[:1].isupper() and key(after) not in self._words.followers:
            return False
        return key(last) in self._words.locators or bool(done and _BETWEEN.fullmatch(text, done, start))


def _spelt(text: str, start: int) -> tuple[str, dict[int, int]]:
    """The key of the capitalised words from `start` on, and for each word's end in it the end in the text."""
    spelt, ends, at = "", {}, start
    for _ in range(_WORDS):
        step = _STEP.match(text, at)
        if step is None:
            break
        part, closes, inside = _part(step[1])
        if not (closes or inside or not spelt):
            break
        spelt = f"{spelt} {part}" if spelt else part
        if closes:
            ends[len(spelt)] = step.end(1)
        if step[2] is None:
            break
        at = step.end()
    return spelt, ends


@lru_cache(maxsize=65536)
def _part(word: str) -> tuple[str, bool, bool]:
    """The key of a word, whether a name may end with it, and whether one may go on with it."""
    part = key(word)
    first = word.lstrip(_MARK)[:1]
    return part, first.isupper() or first.isdigit() or part in _TITLES, part in _SMALL
