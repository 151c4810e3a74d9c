"""The first filter: does a text tell any outcome? One pass over its letters for all words and phrases at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, Implementation

from agents.extract.text import word

DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]+")


class Needles:
    """Words, or phrases with a space between their words, that are looked for all at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._search = AhoCorasick(self.words, implementation=Implementation.DFA, store_patterns=False)

    def within(self, plain: str) -> Iterator[tuple[str, int, int]]:
        """Which stand in a plain text as whole words, with their start and end, by their ends."""
        try:
            hits = self._search.find_matches_as_indexes(plain, overlapping=True)
        except UnicodeEncodeError:  # half a character
            hits = self._search.find_matches_as_indexes(plain.encode("utf-8", "replace").decode(), overlapping=True)
        for at, start, end in hits:
            if not (plain[start - 1 : start].isalpha() or plain[end : end + 1].isalpha()):
                yield self.words[at], start, end


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """What the outcomes of one language are known by. It may let through too much, never too little."""

    outcomes: Needles
    near: dict[str, Needles]  # for outcomes that are some only near a marked word, the words that may be it
    countable: frozenset[str]  # words that a number, or a person, begins with
    names: bool  # may a name be somebody

    def told(self, plain: str) -> set[str]:
        """The outcomes in a plain text that have on their line what they want, and a number or somebody who may be one."""
        found: set[str] = set()
        stop = -1
        for outcome, start, end in self.outcomes.within(plain):
            if start >= stop:  # the first of its line
                stop = plain.find("\n", end) % (len(plain) + 1)  # no further line: to the end
                line = _Line(self, plain[plain.rfind("\n", 0, start) + 1 : stop])
            if outcome not in found and line.grants(self.near.get(outcome)) and line.counts:
                found.add(outcome)
        return found

    def worth_reading(self, sentence: str, told: Iterable[str]) -> bool:
        """Does a plain sentence tell any of the outcomes that its whole text tells?"""
        return any(outcome in sentence for outcome in told) and bool(self.told(sentence))


class _Line:
    """What is asked of a plain line in which outcomes stand, once."""

    def __init__(self, gate: Gate, text: str) -> None:
        self.gate, self.text = gate, text
        self._granted: dict[Needles | None, bool] = {None: True}

    @cached_property
    def counts(self) -> bool:
        """Does it hold a number, or somebody who may be one?"""
        if self.gate.names or DIGIT.search(self.text) is not None:
            return True
        return not self.gate.countable.isdisjoint(LETTERS.findall(self.text))

    def grants(self, near: Needles | None) -> bool:
        """Does it hold one of the words that an outcome wants, if it wants any?"""
        if near not in self._granted:
            self._granted[near] = any(near.within(self.text))
        return self._granted[near]


def plain(folded: str) -> str:
    """A folded text as the gate reads it: words as the pack spells them, one space between them."""
    text = word(folded)
    while "  " in text:
        text = text.replace("  ", " ")
    return text
