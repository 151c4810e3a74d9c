"""A sentence as items: words, numbers and signs, each with what the pack knows of it."""

import re

from agents.extract.pack import Entry, Pack
from agents.extract.text import FILLER, LAM_ALEF, word

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
UNKNOWN = Entry()


class Item:
    """A word, a phrase of the pack, a number in digits, or a sign; `start`, `end` in the text."""

    __slots__ = ("end", "entry", "kind", "start", "word")

    def __init__(self, start: int, end: int, text: str, kind: str, entry: Entry) -> None:
        self.start, self.end, self.word, self.kind, self.entry = start, end, text, kind, entry

    def has(self, mark: str) -> bool:
        """Does the pack mark this word so?"""
        return mark in self.entry.marks

    @property
    def joined(self) -> bool:
        """Is a conjunction written onto it?"""
        return "conj" in self.entry.clitics

    def __repr__(self) -> str:
        return f"{self.word}/{self.kind}"


def items(folded: str, start: int, end: int, pack: Pack) -> list[Item]:
    """The items of `folded[start:end]`, longest phrases first."""
    table = pack.table
    plain = FILLER not in folded and LAM_ALEF not in folded
    raw = [(m.start(), m.end(), m[0]) for m in WORD.finditer(folded, start, end)]
    words = [text for _, _, text in raw] if plain else [word(text) for _, _, text in raw]
    out: list[Item] = []
    i, n = 0, len(raw)
    while i < n:
        text = words[i]
        first = text[:1]
        begin, stop, _ = raw[i]
        width = 1
        if first.isdigit():
            kind, entry = "digits", UNKNOWN
        elif first.isalpha():
            kind, entry = "word", table.get(text)
            if entry is None:
                entry = table.get(text[:-2], UNKNOWN) if text.endswith("'s") else UNKNOWN
            for rest, phrase in entry.phrases:
                size = len(rest)
                if words[i + 1] == rest[0] if size == 1 and i + 1 < n else tuple(words[i + 1 : i + 1 + size]) == rest:
                    entry, width, stop = phrase, size + 1, raw[i + size][1]
                    text = " ".join(words[i : i + width])
                    break
        else:
            kind, entry = "sign", table.get(text, UNKNOWN)
            for rest, phrase in entry.phrases:
                if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
                    entry, width, stop, kind = phrase, len(rest) + 1, raw[i + len(rest)][1], "word"
                    break
        out.append(Item(begin, stop, text, kind, entry))
        i += width
    return out
