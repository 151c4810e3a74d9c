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
    found = list(WORD.finditer(folded, start, end))
    words = [m[0] for m in found]
    if FILLER in folded or LAM_ALEF in folded:
        words = [word(text) for text in words]
    out: list[Item] = []
    i, n = 0, len(found)
    while i < n:
        text = words[i]
        begin, stop = found[i].span()
        entry = table.get(text)
        if entry is None:
            entry = table.get(text[:-2], UNKNOWN) if text.endswith("'s") else UNKNOWN
            kind = "digits" if text[:1].isdigit() else "word" if text[:1].isalpha() else "sign"
            out.append(Item(begin, stop, text, kind, entry))
            i += 1
            continue
        kind = "word" if text[0].isalpha() else "sign"
        width = 1
        if entry.phrases is not None and i + 1 < n and words[i + 1] in entry.phrases:
            for rest, phrase in entry.phrases[words[i + 1]]:
                size = len(rest)
                if size == 1 or tuple(words[i + 1 : i + 1 + size]) == rest:
                    entry, width, stop, kind = phrase, size + 1, found[i + size].end(), "word"
                    text = " ".join(words[i : i + width])
                    break
        out.append(Item(begin, stop, text, kind, entry))
        i += width
    return out
