"""The first filter: does a text tell any outcome? One pass over its letters for all words and phrases at once."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, Implementation

from agents.extract.text.folding import word

DIGIT = re.compile(r"\d")
PART = 200  # characters of a line that are looked at together
SPACES = re.compile("  +")


class Needles:
    """Words, or phrases with a space between their words, that are looked for all at once.

    Most are others with letters written onto them: only the shortest are looked for, so that the search stays small.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._search = AhoCorasick(_endings(self.words), implementation=Implementation.DFA, store_patterns=False)

    def within(self, plain: str) -> Iterator[tuple[str, int, int]]:
        """Which stand in a plain text as whole words, with their start and end, by their ends."""
        try:
            hits = self._search.find_matches_as_indexes(plain, overlapping=True)
        except UnicodeEncodeError:  # half a character
            hits = self._search.find_matches_as_indexes(plain.encode("utf-8", "replace").decode(), overlapping=True)
        for _, start, end in hits:
            if plain[end : end + 1].isalpha():
                continue  # inside of another word
            while start and plain[start - 1].isalpha():
                start -= 1
            if plain[start:end] in self.words:
                yield plain[start:end], start, end


def _endings(words: Collection[str]) -> list[str]:
    """Those that end in no other of them, letters of the first word left out."""
    return [word for word in words if not any(word[at:] in words for at in range(1, len(word.partition(" ")[0])))]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """What the outcomes of one language are known by. It may let through too much, never too little."""

    outcomes: Needles
    near: dict[str, Needles]  # for outcomes that are some only near a marked word, the words that may be it
    countable: Needles | None  # words that a number, or a person, begins with; None where a name may be somebody

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
        for outcome in told:
            if outcome in sentence:
                return bool(self.told(sentence))
        return False


class _Line:
    """What is asked of a plain line in which outcomes stand, once."""

    def __init__(self, gate: Gate, text: str) -> None:
        self.gate, self.text = gate, text
        self._granted: dict[Needles | None, bool] = {None: True}

    @cached_property
    def counts(self) -> bool:
        """Does it hold a number, or somebody who may be one?"""
        countable = self.gate.countable
        return countable is None or any(DIGIT.search(part) or any(countable.within(part)) for part in _parts(self.text))

    def grants(self, near: Needles | None) -> bool:
        """Does it hold one of the words that an outcome wants, if it wants any?"""
        if near not in self._granted:
            self._granted[near] = any(near.within(self.text))
        return self._granted[near]


def _parts(text: str) -> Iterator[str]:
    """A long text in short parts that end at a space, so that what stands near its beginning is found soon."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + PART)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


def plain(folded: str) -> str:
    """A folded text as the gate reads it: words as the pack spells them, one space between them."""
    spelt = word(folded)
    return SPACES.sub(" ", spelt) if "  " in spelt else spelt
