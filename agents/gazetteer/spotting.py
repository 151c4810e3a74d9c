"""Place names in running text, in either script.

A name can be met (a place of some size, or one of our own), or must be announced: by a preposition
of place ("in Reading"), by a word for a kind of place («قرية الخميس», "March town") or by another
place right before it. How much a name needs follows from the size of its places and from
`blocked.toml`, the names that are also common words.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import marisa_trie

from agents.gazetteer.spelling import key


class Needs(IntEnum):
    """What must announce a name for it to be a place."""

    NOTHING = 0
    APART = 6  # not right after another word with a capital: it may be somebody's name
    MIDWAY = 1  # not to stand where every word has a capital
    LOCATED = 2  # a preposition of place, or what is needed below
    DESIGNATED = 3  # a word for a kind of place, or another place right before
    NEVER = 4  # no place, whatever stands before
    ELSEWHERE = 5  # part of a longer name that is no place: its words are passed over


@dataclass(frozen=True, slots=True)
class Words:
    """What `blocked.toml` says of one script, all in the spelling of `key`."""

    needs: dict[str, Needs]
    acronyms: frozenset[str]  # in capitals only: CAR is a country, a car is not
    coordinated: frozenset[str]
    designators: frozenset[str]
    locators: frozenset[str]
    followers: frozenset[str]
    beginnings: frozenset[str]


@lru_cache(maxsize=1)
def words() -> dict[str, Words]:
    """The lists of `blocked.toml`, by script."""
    stored = tomllib.loads(Path(__file__).with_name("blocked.toml").read_text("utf-8"))
    found = {}
    for script, lists in stored.items():
        spelt = {name: frozenset(map(key, listed)) for name, listed in lists.items()}
        needs = dict.fromkeys(spelt["midway"], Needs.MIDWAY)
        needs |= dict.fromkeys(spelt["located"], Needs.LOCATED)
        needs |= dict.fromkeys(spelt["designated"] | spelt["coordinated"], Needs.DESIGNATED)
        needs |= dict.fromkeys(spelt["never"], Needs.NEVER)
        needs |= dict.fromkeys(spelt["phrases"], Needs.ELSEWHERE)
        found[script] = Words(
            needs, spelt["acronyms"], spelt["coordinated"], spelt["designators"], spelt["locators"] | spelt["designators"],
            spelt["followers"] | spelt["designators"], spelt["beginnings"],
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What spotting knows of the names: `needs` by their size alone, `large` for a city of a million."""

    met: marisa_trie.Trie
    firsts: frozenset[str]  # first words of the Arabic names
    demonyms: frozenset[str]
    needs: Callable[[str], Needs]
    large: Callable[[str], bool]

    def longest(self, spelt: str) -> list[str]:
        """The known names that `spelt` begins with, the longest first."""
        found = self.met.prefixes(spelt)
        if len(found) > 1:
            found.reverse()
        return found


class Announcing:
    """What must announce each name of one script: `blocked.toml` says it, else the size of its places."""

    def __init__(self, lexicon: Lexicon, said: Words) -> None:
        self._lexicon, self._said = lexicon, said.needs
        self.needs = lru_cache(maxsize=65536)(self._needs)

    def passed_over(self, name: str, demonyms: bool) -> bool:
        """Whether a name is none of those wanted, and its words mean no other either."""
        if name in self._lexicon.demonyms:
            return not demonyms
        return self.needs(name) is Needs.ELSEWHERE

    def _needs(self, name: str) -> Needs:
        if name in self._lexicon.demonyms:
            return Needs.NOTHING
        said = self._said.get(name)
        return self._lexicon.needs(name) if said is None else said
