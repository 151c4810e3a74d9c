"""The place of a figure: the nearest place named with it, else the last one named before."""

import re

from agents.extract.page import Page
from streams.records import Span

try:
    from agents.gazetteer import gazetteer
except ImportError:  # built without the gazetteer: places are then told by their words alone
    gazetteer = None

MOST = 60  # mentions of an article
NAME = re.compile(r"[^\W\d_][\w'’.-]*")
LONGEST = 4  # words of a name after "the city of"


def mentions(text: str) -> tuple[Span, ...]:
    """Known places anywhere in the text, at most 60, in order."""
    return gazetteer().spot(text)[:MOST] if gazetteer else ()


def places(page: Page, n: int) -> list[Span]:
    """Places of sentence n, known names and what the words around them tell."""
    known = page.notes.get(("places", n))
    if known is None:
        known = page.notes[("places", n)] = _places(page, n)
    return known  # type: ignore[return-value]


def _places(page: Page, n: int) -> list[Span]:
    start, end = page.ends[n]
    found = []
    if gazetteer:
        for spot in gazetteer().spot(page.text[start:end]):
            found.append(page.span(spot.start + start, spot.end + start))
    if not found:
        found = _told(page, n)
    return sorted(found, key=lambda s: s.start)


def _told(page: Page, n: int) -> list[Span]:
    """ "the town of X", "in X" with a capital, «مدينة س»."""
    items, out, k = page.items(n), [], 0
    capitals = page.pack.capitals
    while k < len(items):
        item = items[k]
        kind = item.has("place_noun")
        if kind and not capitals and k + 1 < len(items) and items[k + 1].kind == "word":
            last = k + 1
            out.append(page.span(items[k + 1].start, items[last].end))
            k = last + 1
            continue
        if capitals and item.has("place_prep"):
            m = k + 1
            while (
                m < len(items)
                and (
                    items[m].has("det") or items[m].has("place_noun") or items[m].has("of") or items[m].has("direction")
                )
                and not page.text[items[m].start].isupper()
            ):
                m += 1
            first = m
            while (
                m < len(items)
                and m - first < LONGEST
                and items[m].kind == "word"
                and page.text[items[m].start].isupper()
                and not items[m].entry.marks & {"weekday", "month"}
            ):
                m += 1
            if m > first:
                out.append(page.span(items[first].start, items[m - 1].end))
                k = m
                continue
        k += 1
    return out


def where(page: Page, n: int, start: int, end: int, reach: int) -> Span | None:
    """The place for what stands at `start`…`end` of sentence n, looking back `reach` sentences."""
    own = places(page, n)
    if own:
        return min(own, key=lambda s: s.start - end if s.start >= end else (start - s.end) * 1.5 + 4)
    for m in range(n - 1, max(-1, n - 1 - reach), -1):
        found = places(page, m)
        if found:
            return found[0]
    return places(page, 0)[0] if n and places(page, 0) else None
