"""The places that a sentence names: what the gazetteer knows, and what the words around a name tell."""

import re
from collections.abc import Iterable

from agents.extract.text.page import Page
from agents.extract.text.words import Item, item_at
from streams.records import Figure, Span

try:
    from agents.gazetteer import gazetteer
    from agents.gazetteer.kinds import is_aside
except ImportError:  # built without the gazetteer: places are then told by their words alone
    gazetteer = None

BESIDE = 45  # characters before a place that may tell why it is named
MOST = 90  # mentions of an article
LEAD, CLOSE = 3, 1  # sentences at either end of an article that say where it all is
LONGEST = 4  # words of a name after "the city of"
TOWN = 100_000  # people of a place whose name is no chance beginning of another
TELLS = frozenset(("place_in", "place_noun", "place_object", "place_struck", "name_article"))  # a place may follow
OPENED, CLOSED = frozenset('"«“”»'), frozenset('"»”“«')
GOES_ON = re.compile(r" [a-z]{2,3}-[A-Z]")  # "Bab al-Nayrab" is not in Bab
LEADS = frozenset(("det", "place_noun", "of", "direction"))  # … may stand between
NO_NAME = frozenset(  # … may be written with a capital too
    ("weekday", "month", "time_word", "nationality", "det", "pronoun", "org", "place_in", "cause")
)
TITLED = 0.7  # of the words of a headline in title case begin with a capital


def mentions(page: Page, figures: Iterable[Figure]) -> tuple[Span, ...]:
    """The first places, demonyms and outlets of the sentences that open and close the text, state a figure or name its place."""
    n = len(page.ends)
    told = {page.sentence_at(span.start) for figure in figures for span in (figure.evidence, figure.place) if span}
    wanted = sorted(told.union(range(min(n, LEAD)), range(max(0, n - CLOSE), n)))
    return tuple(span for m in wanted for span in _mentions(page, m))[:MOST]


def _aside(page: Page, n: int, place: Span) -> bool:
    """Is the place named for another reason than that it happened there: "with links to Bahrain", «قال لـ"الرياض"»?"""
    if page.text[place.start - 1 : place.start] in OPENED and page.text[place.end : place.end + 1] in CLOSED:
        return True  # alone in quotation marks: a newspaper
    return is_aside(page.text[max(page.ends[n][0], place.start - BESIDE) : place.start], "")


def _mentions(page: Page, n: int) -> tuple[Span, ...]:
    """What the gazetteer knows in sentence n, less what is named for another reason."""
    known = page.notes.get(("mentions", n))
    if known is None:
        found = gazetteer().mentions(page.text, *page.ends[n]) if gazetteer else ()
        known = page.notes["mentions", n] = tuple(s for s in found if not _aside(page, n, s))
    return known  # type: ignore[return-value]


def places(page: Page, n: int) -> list[Span]:
    """Places of sentence n, known names and what the words around them tell."""
    known = page.notes.get(("places", n))
    if known is None:
        known = page.notes[("places", n)] = _places(page, n)
    return known  # type: ignore[return-value]


def _places(page: Page, n: int) -> list[Span]:
    told = _told(page, n)
    longer = [t for t in told if page.pack.capitals]  # "Gidan Idi Village" is no "Idi"
    known = [s for s in known_places(page, n) if not any(_part_of(s, t) for t in longer)]
    found = known + [span for span in told if not any(s.start < span.end and span.start < s.end for s in known)]
    return sorted(found, key=lambda s: s.start)


def _part_of(known: Span, told: Span) -> bool:
    """Is a known name only a part of a longer one, in the middle of it, or a hamlet that is called as it begins?"""
    if known.start == told.start and known.end < told.end:
        if GOES_ON.match(told.text, known.end - told.start):
            return True
        return all(p.kind == "city" and p.population < TOWN for p in gazetteer().candidates(known.text))
    return told.start < known.start < told.end


def known_places(page: Page, n: int) -> tuple[Span, ...]:
    """Places of sentence n that the gazetteer knows by name."""
    known = page.notes.get(("known places", n))
    if known is None:
        found = _mentions(page, n)
        if found and "cause" in page.marks(n):  # «سيول»: floods, not Seoul
            harm = {(i.start, i.end) for i in page.items(n) if i.has("cause")}
            found = [s for s in found if (s.start, s.end) not in harm]
        known = page.notes["known places", n] = tuple(s for s in found if gazetteer().is_name(s.text))
    return known  # type: ignore[return-value]


def demonyms(page: Page, n: int) -> list[Span]:
    """The words of sentence n that say whose something is: "Syrian", "Syria's"."""
    found = [s for s in _mentions(page, n) if not gazetteer().is_name(s.text)]
    return found or [page.span(i.start, i.end) for i in page.items(n) if page.pack.capitals and owner(page, i)]


def names_more(page: Page, items: list[Item], place: Span) -> bool:
    """Does the name go on: "Kogi State University", "Baghdad Police"?"""
    after = items[item_at(items, place.end - 1) + 1 :][:1]
    if not after or after[0].has("place_noun") or not page.text[after[0].start].isupper():
        return False
    return _named(page, after[0]) or (after[0].entry.noun is not None and page.text[place.end : after[0].start] == " ")


def _told(page: Page, n: int) -> list[Span]:
    """What only its neighbours tell to be a place: "the town of X", "in X" with a capital, «مدينة س»."""
    items, out, read = page.items(n), [], 0
    raised = {k for k, item in enumerate(items) if page.text[item.start].isupper()} if page.pack.capitals else set()
    if raised and _titled(items, len(raised)):
        return []
    told_at = _told_at if page.pack.capitals else _noun_at
    for k in [k for k, item in enumerate(items) if k in raised or not TELLS.isdisjoint(item.entry.marks)]:
        if k < read:
            continue  # part of the last name
        first, last = told_at(page, items, k)
        if last > first:
            out.append(page.span(items[first].start, items[last - 1].end))
        read = last
    return out


def _told_at(page: Page, items: list[Item], k: int) -> tuple[int, int]:
    """First item of the name told at item `k`, and the one behind it; twice the same where none is told."""
    item, first = items[k], k + 1
    if _name(page, items, k) > k:
        return k, _kind_after(page, items, k)
    of = item.has("place_noun") and (item.has("of") or (first < len(items) and items[first].has("of")))
    struck = item.has("place_object") or (item.has("place_struck") and k > 0 and items[k - 1].has("cause"))
    if not (of or struck or item.has("place_in")):
        return first, first
    while first < len(items) and (_leads(page, items[first]) or owner(page, items[first])):
        first += 1
    if items[first - 1].has("single_det"):
        return k, k  # "in a UN helicopter attack"
    last = first
    while last - first < LONGEST and (after := _name(page, items, last)) > last:
        last = after
    if last == first or (struck and _people(items, last)):
        return first, first
    last = max(last, _kind_after(page, items, first))
    return (first, first) if items[last - 1].word.endswith("'s") else (first, last)  # "in Hamedi's house"


def owner(page: Page, item: Item) -> bool:
    """ "Syrias Idlib", "Syria's Idlib": the country, not the town, apostrophe or none."""
    bare = page.text[item.start : item.end].removesuffix("s").rstrip("'’")
    if len(bare) + 1 > item.end - item.start or not bare[:1].isupper() or gazetteer is None:
        return False
    return any(place.kind == "country" for place in gazetteer().candidates(bare)[:1])


def _people(items: list[Item], k: int) -> bool:
    """ "struck Ahmed Salem", "attacked Nusra fighters": whom it hit, not where."""
    return k < len(items) and (items[k].entry.noun is not None or items[k].word in ("-", "("))


def _noun_at(page: Page, items: list[Item], k: int) -> tuple[int, int]:
    """The same behind a word of place, in a language without capitals: «مدينة س»."""
    item, first = items[k], k + 1
    if item.has("place_in") and first < len(items) and _small_town(page, items[first]):
        return first, first + 1
    if not item.has("place_noun"):
        return first, first
    while first < len(items) and items[first].has("place_noun"):
        first += 1
    opens = first + 1 < len(items) and items[first].has("name_opens") and items[first + 1].kind == "word"
    if first < len(items) and items[first].has("honoured"):
        return first, first  # «مركز الملك سلمان»
    if first == len(items) or "def" in item.entry.clitics or not (opens or _plain(items[first])):
        return first, first
    if any(items[first].word.startswith(clitic) for clitic, _ in page.pack.leads):
        return first, first  # «حاجز للجيش»
    if items[first - 1].has("place_vague") and not items[first].word.startswith(page.pack.article):
        return first, first  # «منطقة آخذة في الانكماش»
    return first, first + 1 + opens


def _small_town(page: Page, item: Item) -> bool:
    """«في الحوطة»: a name that the gazetteer would not take in running text, of a country that the article opens with."""
    if gazetteer is None or not _plain(item) or not item.word.startswith(page.pack.article):
        return False
    named = gazetteer().candidates(page.text[item.start : item.end])
    return any(p.kind == "city" and p.country in _countries(page) for p in named)


def _countries(page: Page) -> set[str]:
    """The countries of the places that open the text."""
    known = page.notes.get(("countries", 0))
    if known is None:
        named = [s.text for n in range(min(LEAD, len(page.ends))) for s in _mentions(page, n)]
        known = {place.country for name in named for place in gazetteer().candidates(name)[:1]}
        page.notes["countries", 0] = known
    return known  # type: ignore[return-value]


def _titled(items: list[Item], raised: int) -> bool:
    """Is it a headline in which most words begin with a capital, so that a capital tells nothing?"""
    return raised > TITLED * sum([item.kind == "word" for item in items])


def _name(page: Page, items: list[Item], k: int) -> int:
    """The item behind the word of a name at `k`, with its article and its other half: "al-Zahraa", "Al-Horra"; `k` where none is."""
    if k >= len(items):
        return k
    marks = items[k].entry.marks
    article = "name_article" in marks and _hyphen(items, k + 1) and page.text[items[k + 2].start].isupper()
    if article and items[k + 2].kind == "word":
        return k + 3
    side = "direction" in marks and page.text[items[k].start].isupper() and k + 1 < len(items)
    if side and _named(page, items[k + 1]):
        return k + 2  # "Eastern Ghouta"
    if not _named(page, items[k]):
        return k
    return k + 3 if _hyphen(items, k + 1) and page.text[items[k + 2].start].isupper() else k + 1


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` join two words?"""
    joins = k + 1 < len(items) and items[k].word == "-"
    return joins and items[k - 1].end == items[k].start and items[k].end == items[k + 1].start


def _kind_after(page: Page, items: list[Item], k: int) -> int:
    """The end of a name at `k` that a word of place follows: "Gwoza Local Government Area", "Mile 12 area"."""
    if k > 0 and _hyphen(items, k - 1):
        return k  # the second half of a name
    last = k
    while last < len(items) and last - k < LONGEST + 2:
        after = _name(page, items, last)
        if after == last and items[last].kind == "digits" and last > k:
            after = last + 1
        if after == last:
            break
        last = after
    end = last
    while k < last and end < len(items) and (items[end].has("direction") and not page.text[items[end].start].isupper()):
        end += 1  # "the Adra residential district"
    noun = end
    while k < last and end < len(items) and items[end].has("place_noun") and not items[end].has("of"):
        end += 1
    if k < last and end == noun < len(items) and items[end].has("place_noun"):
        return last  # "the Qadra district of Homs"
    return end if end > noun else k


def _leads(page: Page, item: Item) -> bool:
    return not LEADS.isdisjoint(item.entry.marks) and not page.text[item.start].isupper()


def _named(page: Page, item: Item) -> bool:
    entry = item.entry
    if item.kind != "word" or not page.text[item.start].isupper():
        return False
    return NO_NAME.isdisjoint(entry.marks) and not (entry.noun or entry.outcome or entry.number)


def _plain(item: Item) -> bool:
    """A word that the pack knows nothing of."""
    entry = item.entry
    return item.kind == "word" and not (entry.marks or entry.noun or entry.outcome or entry.number or entry.magnitude)
