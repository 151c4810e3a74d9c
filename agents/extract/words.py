"""A sentence as items: words, numbers and signs, each with what the pack knows of it."""

import re

from msgspec import Struct

from agents.extract.entries import Entry, Pack
from agents.extract.text import FILLER, LAM_ALEF, word

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
UNKNOWN = Entry()


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


def items(folded: str, start: int, end: int, pack: Pack) -> list[Item]:
    """The items of `folded[start:end]`, longest phrases first."""
    known = pack.table.get
    found = list(WORD.finditer(folded, start, end))
    words = [m[0] for m in found]
    part = folded[start:end]
    if FILLER in part or LAM_ALEF in part:
        words = [word(text) for text in words]
    out: list[Item] = []
    read = 0
    for i, (text, entry) in enumerate(zip(words, map(known, words), strict=True)):
        if i < read:
            continue  # inside of a phrase
        begin, stop = found[i].span()
        kind = "word" if text.isalpha() else _kind(text)
        if entry is None:
            entry = known(text[:-2], UNKNOWN) if text[-2:] == "'s" else UNKNOWN
        elif entry.phrases is not None and i + 1 < len(words) and words[i + 1] in entry.phrases:
            for rest, phrase in entry.phrases[words[i + 1]]:
                if len(rest) == 1 or tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
                    read = i + 1 + len(rest)
                    entry, kind, stop, text = phrase, "word", found[read - 1].end(), " ".join(words[i:read])
                    break
        out.append(Item(begin, stop, text, kind, entry))
    return out


def _kind(text: str) -> str:
    return "digits" if text[:1].isdigit() else "word" if text[:1].isalpha() else "sign"
