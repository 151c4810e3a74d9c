"""The places that a sentence names as the gazetteer spells them, and the words that say whose something is."""

from collections.abc import Iterable

from agents.extract.named.no_place import no_place
from agents.extract.text.page import Page
from agents.extract.text.words import Item
from agents.gazetteer import gazetteer
from agents.gazetteer.kinds import is_aside
from streams.records import Figure, Span

BESIDE = 45  # characters before a place that may tell why it is named
MOST = 90  # mentions of an article
LEAD, CLOSE = 3, 1  # sentences at either end of an article that say where it all is
OPENED, CLOSED = frozenset('"«“”»'), frozenset('"»”“«')


def mentions(page: Page, figures: Iterable[Figure]) -> tuple[Span, ...]:
    """The first places, demonyms and outlets of the sentences that open and close the text, state a figure or name its place."""
    n = len(page.ends)
    told = {page.sentence_at(span.start) for figure in figures for span in (figure.evidence, figure.place) if span}
    wanted = sorted(told.union(range(min(n, LEAD)), range(max(0, n - CLOSE), n)))
    return tuple(span for m in wanted for span in _mentions(page, m))[:MOST]


def _newspaper(page: Page, place: Span) -> bool:
    """«قال لـ"الرياض"»: alone in quotation marks."""
    return page.text[place.start - 1 : place.start] in OPENED and page.text[place.end : place.end + 1] in CLOSED


def _aside(page: Page, n: int, place: Span) -> bool:
    """Is the place named for another reason than that it happened there: "with links to Bahrain", "born in Mosul"?"""
    return is_aside(page.text[max(page.ends[n][0], place.start - BESIDE) : place.start], "")


def _mentions(page: Page, n: int) -> tuple[Span, ...]:
    """What the gazetteer knows in sentence n, less what is named for another reason."""
    known = page.notes.get(("mentions", n))
    if known is None:
        spotted = gazetteer().mentions(page.text, *page.ends[n])
        spotted = [s for s in spotted if not _newspaper(page, s)]
        known = page.notes["mentions", n] = tuple([s for s in spotted if not _aside(page, n, s)])
        if len(known) < len(spotted):
            page.notes["aside", n] = [s for s in spotted if s not in known]
    return known  # type: ignore[return-value]


def known_places(page: Page, n: int) -> tuple[Span, ...]:
    """Places of sentence n that the gazetteer knows by name."""
    known = page.notes.get(("known places", n))
    if known is None:
        names = [s for s in _mentions(page, n) if gazetteer().is_name(s.text)]
        known = page.notes["known places", n] = tuple([s for s in names if not no_place(page, n, s)])
    return known  # type: ignore[return-value]


def named_aside(page: Page, n: int) -> list[Span]:
    """What the gazetteer knows in sentence n and is named for another reason."""
    _mentions(page, n)
    return page.notes.get(("aside", n), [])  # type: ignore[return-value]


def demonyms(page: Page, n: int) -> list[Span]:
    """The words of sentence n that say whose something is: "Syrian", "Syria's"."""
    found = [
        s for s in _mentions(page, n) if not (gazetteer().is_name(s.text) or s.text.isupper())
    ]  # an acronym is a body's
    return found or [page.span(i.start, i.end) for i in page.items(n) if page.pack.capitals and owner(page, i)]


def owner(page: Page, item: Item) -> bool:
    """ "Syrias Idlib", "Syria's Idlib": the country, not the town, apostrophe or none."""
    bare = page.text[item.start : item.end].removesuffix("s").rstrip("'’")
    if len(bare) + 1 > item.end - item.start or not bare[:1].isupper():
        return False
    return any(place.kind == "country" for place in gazetteer().candidates(bare)[:1])


def opening_countries(page: Page) -> set[str]:
    """The countries of the places that open the text."""
    known = page.notes.get(("countries", 0))
    if known is None:
        named = [s.text for n in range(min(LEAD, len(page.ends))) for s in _mentions(page, n)]
        known = {place.country for name in named for place in gazetteer().candidates(name)[:1]}
        page.notes["countries", 0] = known
    return known  # type: ignore[return-value]
