"""The place of a figure: the nearest place named with it, else the last one named before."""

from bisect import bisect_right
from operator import attrgetter

from agents.extract.page import Page
from agents.extract.words import Item
from streams.records import Span

try:
    from agents.gazetteer import gazetteer
except ImportError:  # built without the gazetteer: places are then told by their words alone
    gazetteer = None

MOST = 60  # mentions of an article
LEAD, CLOSE = 3, 1  # sentences at either end of an article that say where it all is
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


def known_places(page: Page, n: int) -> tuple[Span, ...]:
    """Places of sentence n that the gazetteer knows."""
    known = page.notes.get(("known places", n))
    if known is None:
        spot = gazetteer().spot if gazetteer else _none
        known = page.notes[("known places", n)] = spot(page.text, *page.ends[n])
    return known  # type: ignore[return-value]


def _none(text: str, start: int, end: int) -> tuple[Span, ...]:
    return ()


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
        elif not page.pack.capitals and item.has("place_noun"):
            while first < len(items) and items[first].has("place_noun"):
                first += 1
            last = first + (first < len(items) and "def" not in item.entry.clitics and _plain(items[first]))
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


BEFORE, NEXT, GUESSED = 30, 40, 15  # characters that a place before, … counts as further off
LOOSE, DATELINE, MOVED = 25, 90, 120  # … one that only describes, where the report is from, where people were brought
CHAIN = 3  # items between a place and the larger one that holds it
BROUGHT = 5  # items back in which a hospital or a move is named


def where(page: Page, n: int, start: int, end: int, following: int, reach: int) -> Span | None:
    """The place for the number at `start`…`end` of sentence n.

    `following` is where the next number begins: a place behind it is that one's rather. Where
    the sentence only mentions places or none, up to `reach` sentences before are asked, then the first.
    """
    own = places(page, n)
    known = known_places(page, n)
    genitive = page.pack.head == "first"  # «شرطة كابل»: what only follows another noun describes it
    if any(_loose(page, n, s) == 0 for s in own) or (own and not genitive):
        best = min(own, key=lambda s: _far(page, n, s, start, end, following) + (0 if s in known else GUESSED))
        return _smallest(page, n, best, own)
    for m in [*range(n - 1, max(-1, n - 1 - reach), -1), 0]:
        found = (known_places(page, m) or places(page, m)) if 0 <= m < n else []
        located = [s for s in found if _loose(page, m, s) == 0]
        if located:
            return _smallest(page, m, located[0], found)
        if own:
            continue
        if found:
            return min(found, key=lambda s: (_loose(page, m, s), s.start))
    return min(own, key=lambda s: _far(page, n, s, start, end, following)) if own else None


def _far(page: Page, n: int, place: Span, start: int, end: int, following: int) -> int:
    if place.start >= end:
        far = place.start - end + (NEXT if place.start > following else 0)
    else:
        far = BEFORE + (place.start - page.ends[n][0]) // 4
    return far + _loose(page, n, place)


def _smallest(page: Page, n: int, place: Span, among: list[Span]) -> Span:
    """ "In Dona in Aleppo": the first of a chain is the place, the others hold it."""
    items = page.items(n)
    for other in reversed([s for s in among if s.end <= place.start]):
        between = [i for i in items if other.end <= i.start and i.end <= place.start]
        inside = [i for i in items if i.start < place.start < i.end]  # a preposition written onto the name
        if len(between) > CHAIN or not all(_holds(i) for i in between) or any(i.joined for i in inside):
            break
        if between or inside or page.text[other.end : place.start].strip() in ("", ","):
            place = other
    return place


def _holds(item: Item) -> bool:
    return (
        bool(item.entry.marks & {"place_prep", "place_noun", "direction", "det"} or item.word in ",،")
        and not item.joined
    )


def _loose(page: Page, n: int, place: Span) -> int:
    """0 where words of place stand before it: "in Mosul"; more for "Mosul's mayor", a dateline, a hospital's town."""
    known = page.notes.get(("loose", place.start))
    if known is None:
        known = page.notes["loose", place.start] = _how_loose(page, page.items(n), place)
    return known  # type: ignore[return-value]


def _how_loose(page: Page, items: list[Item], place: Span) -> int:
    at = bisect_right(items, place.start, key=END)
    after = next((item for item in items[at:] if item.start >= place.end), None) if at <= 4 else None
    if after is not None and after.word in ":-(" and "\n" not in page.text[place.end : after.start]:
        return DATELINE
    if any(item.has("brought") for item in items[max(0, at - BROUGHT) : at]):
        return MOVED
    if at < len(items) and items[at].start < place.start:
        return 0  # a preposition is written onto the name
    k = at - 1
    while k >= 0 and (items[k].has("det") or items[k].has("direction")):
        k -= 1
    return 0 if k >= 0 and items[k].entry.marks & LOCATING else LOOSE


END = attrgetter("end")
LOCATING = frozenset(("place_prep", "place_noun", "cause"))
