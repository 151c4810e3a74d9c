"""A sentence as items: words, numbers and signs, each with what the pack knows of it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from operator import attrgetter

from msgspec import Struct

from agents.extract.text.entries import Entry, Pack, Phrases
from agents.extract.text.folding import word

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
UNKNOWN = Entry()
END = attrgetter("end")
MOST = 60_000  # chunks remembered, and as many from before: some 20 MB each
LONGEST, PARTS = 30, 3  # characters and items of a chunk that is worth remembering


class Item(Struct, gc=False):
    """A word, a phrase of the pack, a number in digits, or a sign; `start`, `end` in the text."""

    start: int
    end: int
    word: str
    kind: str
    entry: Entry

    def has(self, mark: str) -> bool:
        """Does the pack mark this word so?"""
        return mark in self.entry.marks

    @property
    def joined(self) -> bool:
        """Is a conjunction written onto it?"""
        return "conj" in self.entry.clitics

    def __repr__(self) -> str:
        return f"{self.word}/{self.kind}"


def any_marked(items: Iterable[Item], mark: str) -> bool:
    """Does the pack mark any of these words so? What reading asks most, so it is a plain loop."""
    for item in items:  # noqa: SIM110 - twice as fast as any()
        if mark in item.entry.marks:
            return True
    return False


def item_at(items: list[Item], position: int) -> int:
    """The index of the item in which a position lies, or of the next behind it."""
    return bisect_right(items, position, key=END)


Part = tuple[int, int, str, str, Entry, Phrases | None]  # an item, counted from its chunk; the phrases it begins


class Chunks(dict[str, tuple[Part, ...]]):
    """What stands between two spaces, taken apart: nearly all of it has been met before."""

    def __init__(self, pack: Pack) -> None:
        self.table = pack.table
        self.before: dict[str, tuple[Part, ...]] = {}  # what was known when there was too much of it

    def __missing__(self, chunk: str) -> tuple[Part, ...]:
        if len(self) >= MOST:
            self.before = dict(self)
            self.clear()
        parts = self.before.get(chunk) or tuple(map(self._part, WORD.finditer(chunk)))
        if len(chunk) <= LONGEST and len(parts) <= PARTS:
            self[chunk] = parts
        return parts

    def _part(self, found: re.Match[str]) -> Part:
        text = word(found[0])
        entry = self.table.get(text)
        if entry is not None:
            return *found.span(), text, _kind(text), entry, entry.phrases
        return *found.span(), text, _kind(text), self.table.get(text.removesuffix("'s"), UNKNOWN), None


chunks = cache(Chunks)


def items(folded: str, start: int, end: int, pack: Pack) -> list[Item]:
    """The items of `folded[start:end]`, longest phrases first."""
    known = chunks(pack)
    out: list[Item] = []
    opening: list[int] = []
    follow = None
    for chunk in folded[start:end].split(" "):
        for begin, stop, text, kind, entry, phrases in known[chunk]:
            if follow is not None and text in follow:
                opening.append(len(out) - 1)
            out.append(Item(start + begin, start + stop, text, kind, entry))
            follow = phrases
        start += len(chunk) + 1
    return _with_phrases(out, opening) if opening else out


def _with_phrases(found: list[Item], opening: list[int]) -> list[Item]:
    """The items with each phrase as one; `opening` are those whose next word is the second of one."""
    out: list[Item] = []
    read = 0
    for i in opening:
        if i < read:
            continue  # inside of a phrase
        third = found[i + 2].word if i + 2 < len(found) else None
        for rest, phrase in found[i].entry.phrases[found[i + 1].word]:  # type: ignore[index]
            after = i + 1 + len(rest)
            if len(rest) == 1 or (rest[1] == third and rest == tuple([item.word for item in found[i + 1 : after]])):
                out += found[read:i]
                out.append(Item(found[i].start, found[after - 1].end, " ".join((found[i].word, *rest)), "word", phrase))
                read = after
                break
    return out + found[read:]


def _kind(text: str) -> str:
    return "digits" if text[:1].isdigit() else "word" if text[:1].isalpha() else "sign"
