"""The place of a figure: the nearest place named with it, else the last one named before."""

from agents.extract.page import Page
from agents.extract.words import Item
from streams.records import Span

try:
    from agents.gazetteer import gazetteer
except ImportError:  # built without the gazetteer: places are then told by their words alone
    gazetteer = None

MOST = 60  # mentions of an article
LEAD, CLOSE = 4, 2  # sentences at either end of an article that say where it all is
LONGEST = 4  # words of a name after "the city of"


def mentions(page: Page) -> tuple[Span, ...]:
    """The first 60 known places of the sentences that open and close the text, or were asked about a figure."""
    n = len(page.ends)
    asked = {m for name, m in page.notes if name == "known places"}
    wanted = sorted(asked.union(range(min(n, LEAD)), range(max(0, n - CLOSE), n)))
    return tuple(span for m in wanted for span in known_places(page, m))[:MOST]


def places(page: Page, n: int) -> list[Span]:
    """Places of sentence n, known names and what the words around them tell."""
    known = page.notes.get(("places", n))
    if known is None:
        known = page.notes[("places", n)] = _places(page, n)
    return known  # type: ignore[return-value]


def _places(page: Page, n: int) -> list[Span]:
    known = known_places(page, n)
    found = list(known)
    found += [span for span in _told(page, n) if not any(s.start < span.end and span.start < s.end for s in known)]
    return sorted(found, key=lambda s: s.start)


def known_places(page: Page, n: int) -> list[Span]:
    """Places of sentence n that the gazetteer knows."""
    known = page.notes.get(("known places", n))
    if known is None:
        start, end = page.ends[n]
        found = gazetteer().spot(page.text[start:end]) if gazetteer else ()
        known = page.notes[("known places", n)] = [page.span(start + s.start, start + s.end) for s in found]
    return known  # type: ignore[return-value]


def _told(page: Page, n: int) -> list[Span]:
    """What only its neighbours tell to be a place: "the town of X", "in X" with a capital, «مدينة س»."""
    items, out, k = page.items(n), [], 0
    while k < len(items):
        item = items[k]
        first = k + 1
        if page.pack.capitals and item.has("place_prep"):
            while first < len(items) and _leads(page, items[first]):
                first += 1
            last = first
            while last < len(items) and last - first < LONGEST and _named(page, items[last]):
                last += 1
        elif not page.pack.capitals and (item.has("place_noun") or item.has("place_in")):
            while first < len(items) and items[first].has("place_noun"):
                first += 1
            last = first + (first < len(items) and "def" not in item.entry.clitics and _plain(items[first]))
            if last > first and not item.has("place_noun") and not items[first].word.startswith(page.pack.article):
                last = first
        else:
            last = first
        if last > first:
            out.append(page.span(items[first].start, items[last - 1].end))
        k = max(k + 1, last)
    return out


def _leads(page: Page, item: Item) -> bool:
    marks = item.entry.marks & {"det", "place_noun", "of", "direction"}
    return bool(marks) and not page.text[item.start].isupper()


def _named(page: Page, item: Item) -> bool:
    entry = item.entry
    if item.kind != "word" or not page.text[item.start].isupper():
        return False
    return not (entry.marks & {"weekday", "month", "time_word"} or entry.noun or entry.outcome or entry.number)


def _plain(item: Item) -> bool:
    """A word that the pack knows nothing of."""
    entry = item.entry
    return item.kind == "word" and not (entry.marks or entry.noun or entry.outcome or entry.number or entry.magnitude)


BEFORE, NEXT, LOOSE, GUESSED = 30, 40, 25, 15  # characters that a place before, … counts as further off


def where(page: Page, n: int, start: int, end: int, following: int, reach: int) -> Span | None:
    """The place for the number at `start`…`end` of sentence n.

    `following` is where the next number begins: a place behind it is that one's rather. Where
    the sentence names none, up to `reach` sentences before are asked, then the first.
    """
    own = places(page, n)
    if len(own) == 1:
        return own[0]
    known = known_places(page, n)
    if own:
        return min(own, key=lambda s: _far(page, n, s, start, end, following) + (0 if s in known else GUESSED))
    for m in [*range(n - 1, max(-1, n - 1 - reach), -1), 0]:
        found = (known_places(page, m) or places(page, m)) if 0 <= m < n else []
        if found:
            return min(found, key=lambda s: (not _located(page, m, s), s.start))
    return None


def _far(page: Page, n: int, place: Span, start: int, end: int, following: int) -> int:
    if place.start >= end:
        far = place.start - end + (NEXT if place.start > following else 0)
    else:
        far = BEFORE + (place.start - page.ends[n][0]) // 4
    return far + (0 if _located(page, n, place) else LOOSE)


def _located(page: Page, n: int, place: Span) -> bool:
    """Does a word of place stand before it: "in Mosul", not "Mosul's mayor"?"""
    before = None
    for item in page.items(n):
        if item.start <= place.start < item.end and item.start < place.start:
            return True  # a preposition is written onto the name
        if item.start >= place.start:
            break
        if not item.has("det") and not item.has("direction"):
            before = item
    return before is not None and (before.has("place_prep") or before.has("place_noun"))
