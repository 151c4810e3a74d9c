"""The place of a figure: the nearest place named with it, else the last one named before."""

from bisect import bisect_right
from operator import attrgetter

from agents.extract.page import Page
from agents.extract.words import Item
from streams.records import Span

try:
    from agents.gazetteer import gazetteer
    from agents.gazetteer.kinds import is_aside
except ImportError:  # built without the gazetteer: places are then told by their words alone
    gazetteer = None

BESIDE = 45  # characters before a place that may tell why it is named
MOST = 90  # mentions of an article
LEAD, CLOSE = 3, 1  # sentences at either end of an article that say where it all is
LONGEST = 4  # words of a name after "the city of"


def mentions(page: Page) -> tuple[Span, ...]:
    """The first places, demonyms and outlets of the sentences that open and close the text, or were asked about a figure."""
    n = len(page.ends)
    asked = {m for name, m in page.notes if name == "mentions"}
    wanted = sorted(asked.union(range(min(n, LEAD)), range(max(0, n - CLOSE), n)))
    return tuple(span for m in wanted for span in _mentions(page, m))[:MOST]


def _aside(page: Page, n: int, place: Span) -> bool:
    """Is the place named for another reason than that it happened there: "with links to Bahrain"?"""
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
    known = [s for s in known_places(page, n) if not any(t.start < s.start < t.end for t in longer)]
    found = known + [span for span in told if not any(s.start < span.end and span.start < s.end for s in known)]
    return sorted(found, key=lambda s: s.start)


def known_places(page: Page, n: int) -> tuple[Span, ...]:
    """Places of sentence n that the gazetteer knows by name."""
    known = page.notes.get(("known places", n))
    if known is None:
        found = _mentions(page, n)
        known = page.notes["known places", n] = tuple(s for s in found if gazetteer().is_name(s.text))
    return known  # type: ignore[return-value]


def _told(page: Page, n: int) -> list[Span]:
    """What only its neighbours tell to be a place: "the town of X", "in X" with a capital, «مدينة س»."""
    items, out, k = page.items(n), [], 0
    while k < len(items):
        item = items[k]
        first = k + 1
        if page.pack.capitals and _named(page, item):
            first, last = k, _kind_after(page, items, k)
        elif page.pack.capitals and item.has("place_in"):
            while first < len(items) and _leads(page, items[first]):
                first += 1
            last = first
            if items[first - 1].has("single_det"):
                k = first  # "in a UN helicopter attack"
                continue
            while last < len(items) and last - first < LONGEST and _named(page, items[last]):
                last += 1
            last = max(last, _kind_after(page, items, first)) if last > first else last
            if last > first and items[last - 1].word.endswith("'s"):
                last = first  # "in Hamedi's house"
        elif not page.pack.capitals and item.has("place_noun"):
            while first < len(items) and items[first].has("place_noun"):
                first += 1
            last = first + (first < len(items) and "def" not in item.entry.clitics and _plain(items[first]))
            if last > first and any(items[first].word.startswith(clitic) for clitic, _ in page.pack.leads):
                last = first  # «حاجز للجيش»
            if last > first and item.has("place_vague") and not items[first].word.startswith(page.pack.article):
                last = first  # «منطقة آخذة في الانكماش»
        else:
            last = first
        if last > first:
            out.append(page.span(items[first].start, items[last - 1].end))
        k = max(k + 1, last)
    return out


def _kind_after(page: Page, items: list[Item], k: int) -> int:
    """The end of a name at `k` that a word of place follows: "Gwoza Local Government Area", "Mile 12 area"."""
    if k > 0 and items[k - 1].word == "-" and items[k - 1].end == items[k].start:
        return k  # the second half of a name
    last = k
    while last < len(items) and last - k < LONGEST + 2:
        hyphen = items[last].word == "-" and last > k and items[last - 1].end == items[last].start
        if not (hyphen or _named(page, items[last]) or (items[last].kind == "digits" and last > k)):
            break
        last += 1
    end = last
    while k < last and end < len(items) and items[end].has("place_noun") and not items[end].has("of"):
        end += 1
    return end if end > last else k


def _leads(page: Page, item: Item) -> bool:
    marks = item.entry.marks & {"det", "place_noun", "of", "direction"}
    return bool(marks) and not page.text[item.start].isupper()


def _named(page: Page, item: Item) -> bool:
    entry = item.entry
    if item.kind != "word" or not page.text[item.start].isupper():
        return False
    known = entry.marks & {"weekday", "month", "time_word", "nationality", "det", "pronoun", "org", "place_in"}
    return not (known or entry.noun or entry.outcome or entry.number)


def _plain(item: Item) -> bool:
    """A word that the pack knows nothing of."""
    entry = item.entry
    return item.kind == "word" and not (entry.marks or entry.noun or entry.outcome or entry.number or entry.magnitude)


BEFORE, NEXT, GUESSED = 30, 40, 15  # characters that a place before, … counts as further off
LOOSE, DESCRIBES, DATELINE, MOVED = (
    25,
    60,
    300,
    300,
)  # … one that only describes, where the report is from, where people were brought
CHAIN = 3  # items between a place and the larger one that holds it
BROAD = {"country": 200, "demonym": 200, "region": 150, "admin1": 150, "admin2": 25}  # … that holds towns
OPENS = 12  # … that opens the sentence
SAID = 60  # … that stands with the speaker
AHEAD = 2  # sentences of the opening that may leave the place to those that follow
BROUGHT = 5  # items back in which a hospital or a move is named


def where(page: Page, n: int, start: int, end: int, following: int, reach: int) -> Span | None:
    """The place for the number at `start`…`end` of sentence n.

    `following` is where the next number begins: a place behind it is that one's rather. Where
    the sentence names none, up to `reach` sentences before are asked, then the first.
    """
    if page.pack.capitals and "elsewhere" in page.marks(n):
        beside = (i for i in page.items(n) if i.has("elsewhere") and start <= i.start <= end + 1)
        if (item := next(beside, None)) is not None:
            return page.span(item.start, item.end)  # "and 15 elsewhere"
    own = places(page, n)
    if own:
        known = known_places(page, n)
        best = min(own, key=lambda s: _far(page, n, s, start, end, following) + (0 if s in known else GUESSED))
        best = _smallest(page, n, best, own)
        return (page.pack.capitals and _broad(page, best) and _finer(page, n)) or best
    ahead = range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if n < AHEAD else ()
    for m in [*range(n - 1, max(-1, n - 1 - reach), -1), 0, *ahead]:
        found = (known_places(page, m) or places(page, m)) if m >= 0 and m != n else []
        located = [s for s in found if _loose(page, m, s) == 0]
        if located:
            return _smallest(page, m, located[0], found)
        if found:
            return min(found, key=lambda s: (_loose(page, m, s), s.start))
    word = next((i for i in page.items(n) if i.has("place_word")), None)
    return page.span(word.start, word.end) if word else None


def _broad(page: Page, place: Span) -> int:
    """How much further off a place counts that is a country, a province, a district."""
    known = page.notes.get(("broad", place.start))
    if known is None:
        found = gazetteer().candidates(place.text) if gazetteer else ()
        known = page.notes["broad", place.start] = BROAD.get(found[0].kind, 0) if found else 0
    return known  # type: ignore[return-value]


def _finer(page: Page, n: int) -> Span | None:
    """A town that one of the next sentences names, where the opening one only names the country."""
    for m in range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if n < AHEAD else ():
        if any(item.entry.outcome for item in page.items(m)):
            continue
        found = [s for s in places(page, m) if _loose(page, m, s) == 0 and not _broad(page, s)]
        if found:
            return _smallest(page, m, found[0], places(page, m))
    return None


def _far(page: Page, n: int, place: Span, start: int, end: int, following: int) -> int:
    if place.start >= end:
        far = place.start - end + (NEXT if place.start > following else 0)
        far += NEXT if ";" in page.text[end : place.start] else 0
    else:
        far = BEFORE + (start - place.end) // 4
        if _opens(page, n, place):
            far = OPENS + (NEXT if ";" in page.text[place.end : start] else 0)
    if place.end <= start and "clause" in page.marks(n) and _in_saying(page, n, place.end, start):
        far += SAID
    return far + _loose(page, n, place) + _broad(page, place)


def _in_saying(page: Page, n: int, end: int, start: int) -> bool:
    """Does "that" stand between a place and its number: the place is the speaker's rather?"""
    return any(item.has("clause") for item in page.items(n) if end <= item.start < start)


def _opens(page: Page, n: int, place: Span) -> bool:
    """ "In Mosul, …", at the head of a sentence or behind a stop, says where all that follows was."""
    items = page.items(n)
    at = bisect_right(items, place.start, key=END) - 1
    opened = at >= 0 and items[at].has("place_in") and (at == 0 or items[at - 1].word in "-;:")
    return opened and page.text[place.end : place.end + 1] == ","


def _smallest(page: Page, n: int, place: Span, among: list[Span]) -> Span:
    """ "In Dona in Aleppo": the first of a chain is the place, the others hold it."""
    items = page.items(n)
    for other in reversed([s for s in among if s.end <= place.start]):
        between = [i for i in items if other.end <= i.start and i.end <= place.start]
        inside = [i for i in items if i.start < place.start < i.end]  # a preposition written onto the name
        if page.pack.capitals and _broad(page, other) > _broad(page, place):
            break  # "the Yemen port of Aden"
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
    if page.pack.capitals and ("-" in page.text[place.end : place.end + 2] or _names_more(page, items, place)):
        return DESCRIBES
    if any(item.has("brought") for item in items[max(0, at - BROUGHT) : at]):
        return MOVED
    if at < len(items) and items[at].start < place.start:
        return 0  # a preposition is written onto the name
    k = at - 1
    while k >= 0 and (items[k].has("det") or items[k].has("direction")):
        k -= 1
    if k >= 0 and items[k].has("of") and not items[k].entry.marks & {"place_noun", "place_prep"}:
        return LOOSE // 2
    return 0 if k >= 0 and items[k].entry.marks & LOCATING else LOOSE


def _names_more(page: Page, items: list[Item], place: Span) -> bool:
    """Does the name go on: "Kogi State University", "Baghdad Police"?"""
    after = items[bisect_right(items, place.end - 1, key=END) + 1 :][:1]
    return bool(after) and _named(page, after[0]) and not after[0].has("place_noun")


END = attrgetter("end")
LOCATING = frozenset(("place_prep", "place_noun", "cause"))
