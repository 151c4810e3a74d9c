"""The places that a sentence names: what the gazetteer knows, and what the words around a name tell."""

import re
from operator import attrgetter

from agents.extract.named.capitals import told_by_capitals
from agents.extract.named.headed import told_by_heads
from agents.extract.named.known import known_places, named_aside
from agents.extract.named.no_place import only_heard
from agents.extract.text.page import Page
from agents.extract.text.words import any_marked, item_at
from agents.gazetteer import gazetteer
from streams.records import Span

START = attrgetter("start")
TOWN = 100_000  # people of a place whose name is no chance beginning of another
GOES_ON = re.compile(r" [a-z]{2,3}-[A-Z]")  # "Bab al-Nayrab" is not in Bab


def places(page: Page, n: int) -> list[Span]:
    """Places of sentence n, known names and what the words around them tell."""
    known = page.notes.get(("places", n))
    if known is None:
        known = page.notes[("places", n)] = _places(page, n)
    return known  # type: ignore[return-value]


def _places(page: Page, n: int) -> list[Span]:
    told = told_by_capitals(page, n) if page.pack.capitals else told_by_heads(page, n)
    longer = [t for t in told if page.pack.capitals]  # "Gidan Idi Village" is no "Idi"
    known = [s for s in known_places(page, n) if not any(_part_of(s, t) for t in longer)]
    none = [s for s in named_aside(page, n) if not _beside(page, n, s)]
    found = known + [t for t in told if not any(s.start < t.end and t.start < s.end for s in [*known, *none])]
    return sorted([s for s in found if not only_heard(page, n, s)], key=START)


def _beside(page: Page, n: int, place: Span) -> bool:
    """ "In neighbouring Chad": it happened there, though "neighbouring Chad" alone is only told for being near."""
    items = page.items(n)
    at = item_at(items, place.start)
    return any_marked(items[max(0, at - 2) : at], "direction")


def _part_of(known: Span, told: Span) -> bool:
    """Is a known name only a part of a longer one, in the middle of it, or a hamlet that is called as it begins?"""
    if known.start == told.start and known.end < told.end:
        if GOES_ON.match(told.text, known.end - told.start):
            return True
        return all(p.kind == "city" and p.population < TOWN for p in gazetteer().candidates(known.text))
    return told.start < known.start < told.end
