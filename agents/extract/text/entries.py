"""What a pack knows of a word, and the pack itself: plain data that reading looks up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from msgspec import Struct

from agents.extract.text.gate import Gate

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of people, and where the number stands that counts them.

    Directions, in order of preference: left, right (within `reach`), count (right before it, as in
    "12 dead"), of (after a word marked `of`), toll (after it, past the words marked `toll`),
    subject (one person before it: "a man was killed", "the soldier who was wounded"), label (right
    after it where a list or table is told: "Dead: 12; injured - 30, missing 4").
    """

    measure: str
    ways: tuple["Way", ...]

    def takes(self, direction: str) -> bool:
        """Has it a way to a number in this direction?"""
        return any(way.direction == direction for way in self.ways)


@dataclass(frozen=True, slots=True)
class Way:
    """One direction in which an outcome looks for its number, and under which name."""

    direction: str
    rule: str
    reach: int = 4
    scope: str | None = None
    needs: str | None = None  # the unit without which the word means something else
    strong: bool = True  # a weak word binds only numbers that count people in so many words
    near: str | None = None  # the mark that another word of the sentence must have
    single: str = "yes"  # one person without a number: yes, no, only with a violent "cause", and then "indefinite"


class Hedge(Struct, frozen=True):
    """A bound on a number, and whether it may stand before it, after it, or both."""

    qualifier: str
    before: bool = False
    after: bool = False


class Entry(Struct, gc=False):
    """All that a pack knows of a word (or phrase)."""

    number: tuple[str, float] | None = None  # kind: unit, ten, hundred, round, scale, fraction, weak
    magnitude: str | None = None
    noun: str | None = None  # person, household, thing
    count: int = 0  # 1 a singular, 2 a dual, 0 unknown
    outcome: Outcome | None = None
    hedge: Hedge | None = None
    marks: frozenset[str] = NOTHING
    clitics: frozenset[str] = NOTHING  # what the letters written onto the word mean
    lead: int = 0  # how many of them are no part of a name: conjunctions and prepositions
    phrases: "Phrases | None" = None

    @property
    def empty(self) -> bool:
        """Does it only begin phrases?"""
        known = self.number or self.magnitude or self.noun or self.outcome or self.hedge or self.marks or self.clitics
        return not known

    def followed(self) -> Iterator[tuple[tuple[str, ...], "Entry"]]:
        """The phrases that begin with this word: the words that follow, and what they are together."""
        return chain.from_iterable(self.phrases.values()) if self.phrases else iter(())


Phrases = dict[str, list[tuple[tuple[str, ...], Entry]]]  # by second word, the longest first: the words that follow


@dataclass(slots=True, eq=False)
class Pack:
    """One language, compiled."""

    code: str
    head: str  # which word of "Iraqi police officers" is the head: first or last
    article: str  # what a name begins with where only "in" tells it, "" where anything may
    capitals: bool  # does the language write names with capitals
    subject_first: bool  # does the subject stand before its verb, and tell active from passive
    abbreviations: frozenset[str]
    table: dict[str, Entry]
    gate: Gate  # what a text is first asked
    leads: tuple[tuple[str, int], ...]  # clitics with the article, and how many letters stand before it
    examples: list[dict[str, Any]] = field(default_factory=list)

    def led(self, folded: str) -> bool:
        """Is a preposition or conjunction written onto a word that the pack does not know: «بالرمادي»?"""
        return any(folded.startswith(clitic) for clitic, _ in self.leads)

    def marks(self, folded: str) -> frozenset[str]:
        """What the pack says of a folded word."""
        entry = self.table.get(folded)
        return entry.marks if entry is not None else NOTHING
