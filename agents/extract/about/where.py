"""The place of a figure: the nearest and smallest that is named with it, else one that the sentences around it name."""

from itertools import takewhile

from agents.extract.about.speakers import own_speakers
from agents.extract.about.standing import BROAD, DESCRIBES, extent, loose, smaller, within
from agents.extract.named.known import demonyms, known_places
from agents.extract.named.places import places
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked, item_at
from streams.records import Span

BEFORE, NEXT, GUESSED = 30, 40, 5  # characters that a place before, … counts as further off
SENTENCE = 15  # … a sentence away
QUIET = 20  # … in another sentence that names nothing that happened
OPENS = 12  # … that opens the sentence
SAID = 60  # … that stands with the speaker
ASIDE = 40  # … that was only near by
SPEAKER = 150  # … that tells who speaks: "the governor of Mosul said"
AHEAD = 3  # sentences of the opening that may leave the place to those that follow
OPENING = 2  # sentences that tell what an article is about
CHAIN = 3  # items between a place and the larger one that holds it
TURN = 4  # items of a sentence that say that it turns to something else
PART = 3  # items from "of them" to the word before a place


def where(
    page: Page, n: int, start: int, end: int, room: tuple[int, int], reach: int, whole: bool = False
) -> Span | None:
    """The place for the number at `start`…`end` of sentence n.

    `room` is where the last number like it ends and the next begins: a place beyond them is theirs rather. Where
    the sentence names none, or only one beside an event known by then, up to `reach` sentences before are asked, the
    first and, in the opening, those that follow. `whole`: the figure is of a whole crisis, so that no town is meant
    of any sentence but this one and the one before.
    """
    if page.pack.capitals and "elsewhere" in page.marks(n):
        beside = (i for i in page.items(n) if i.has("elsewhere") and start <= i.start <= end + 1)
        if (item := next(beside, None)) is not None:
            return page.span(item.start, item.end)  # "and 15 elsewhere"
    own = _firm(page, n)
    best = _here(page, n, own, start, end, room) if own else None
    if best is not None and (whole or best.start >= end or not _beside_event(page, n, best)):
        return best
    if whole and (people := [s for s in demonyms(page, n) if " " not in s.text]):
        return people[0]
    around = _around(page, n, reach)
    near = _near(page, around, whole)
    if whole:
        if large := [s for m, s, _ in near if extent(page, m, s) >= BROAD["country"]]:
            return large[0]
        near = [(m, s, far) for m, s, far in near if m >= n - 1 or extent(page, m, s) > BROAD["admin2"]]
        if n > 0 and not near:
            return None
    if near:
        m, nearest, _ = min(near, key=lambda found: found[2])
        nearest = smallest(page, m, nearest, _firm(page, m))
        inner = (s for s in _firm(page, m) if smaller(page, m, s, m, nearest) and not _spoken(page, m, s))
        return nearest if whole else next(inner, nearest)
    if best is not None:
        return best
    for m in [*around, n]:
        if found := places(page, m):
            return min(found, key=lambda s: (loose(page, m, s), s.start))
    word = next((i for i in page.items(n) if i.has("place_word")), None)
    return page.span(word.start, word.end) if word else None


def _around(page: Page, n: int, reach: int) -> list[int]:
    """The sentences that may name the place for sentence n, in the order in which they are asked."""
    before = [m for m in [*range(n - 1, max(-1, n - 1 - reach), -1), 0] if m != n]
    behind = range(n + 1, min(n + 1 + AHEAD, len(page.ends)))
    if turns(page, n):
        return [*behind, *before]
    return [*before, *(behind if n < AHEAD else ())]


def _near(page: Page, around: list[int], whole: bool) -> list[tuple[int, Span, int]]:
    """The places of the sentences asked, with their sentence and how far off they are, as far as one may be the nearest."""
    near: list[tuple[int, Span, int]] = []
    for back, m in enumerate(around):
        if not whole and any(far <= back * SENTENCE for _, _, far in near):
            break  # none that follows can be nearer
        near += [(m, s, _carried(page, m, s, back)) for s in _firm(page, m)]
    return near


def _here(page: Page, n: int, own: list[Span], start: int, end: int, room: tuple[int, int]) -> Span:
    """The place of sentence n itself: the nearest, or one that lies in it."""
    known = known_places(page, n)

    def far(place: Span) -> int:
        return _far(page, n, place, start, end, room) + (0 if place in known else GUESSED)

    best = min(own, key=far)
    if level := extent(page, n, best):
        near = [s for s in own if s.start <= room[1] and not of_part(page, n, end, s)]
        inside = [s for s in near if extent(page, n, s) < level and within(s, best)]
        firm = [s for s in inside if loose(page, n, s) <= loose(page, n, best)]
        best = min(firm, key=far, default=best)
    innermost = [smallest(page, n, s, own) for s in own if s.text == best.text]  # it may be named twice
    return next((s for s in innermost if s.text != best.text), best)


def _firm(page: Page, n: int) -> list[Span]:
    """The places of sentence n that are more than a description, a dateline or a measure of distance."""
    return [s for s in places(page, n) if loose(page, n, s) < DESCRIBES]


def _carried(page: Page, m: int, place: Span, back: int) -> int:
    """How far off a place of another sentence is, the `back`-th that is asked."""
    quiet = 0 if "cause" in page.marks(m) else QUIET
    return loose(page, m, place) + extent(page, m, place) // 8 + back * SENTENCE + quiet + _spoken(page, m, place)


def _number(item: Item) -> bool:
    return item.kind == "digits" or item.entry.number is not None


def _far(page: Page, n: int, place: Span, start: int, end: int, room: tuple[int, int]) -> int:
    if place.start >= end:
        theirs = place.start > room[1] or _parted(page, n, end, place.start) or of_part(page, n, end, place)
        far = place.start - end + (NEXT if theirs else 0)
    elif _opens(page, n, place):
        far = OPENS + (NEXT if ";" in page.text[place.end : start] else 0)
    else:
        theirs = 0 < room[0] < place.start and not _parted(page, n, room[0], place.start)
        far = BEFORE + (start - place.end) // 4 + (NEXT if theirs or _parted(page, n, place.end, start) else 0)
    if place.end <= start and "clause" in page.marks(n) and _in_saying(page, n, place.end, start):
        far += SAID
    between = page.text[min(place.end, start) : max(place.start, end)]
    aside = SPEAKER if between.count("(") != between.count(")") else 0  # "(banned in Russia)"
    return far + aside + _away(page, n, place)


def _away(page: Page, n: int, place: Span) -> int:
    """How much further off a place counts from any number."""
    known = page.notes.get(("away", place.start))
    if known is None:
        known = _spoken(page, n, place) + (ASIDE if _beside(page, n, place) else 0) + loose(page, n, place)
        page.notes["away", place.start] = known
    return known  # type: ignore[return-value]


def _spoken(page: Page, n: int, place: Span) -> int:
    """How much further off a place counts that only tells who speaks."""
    return SPEAKER if any(who.start <= place.start < who.end for who in own_speakers(page, n)) else 0


def _parted(page: Page, n: int, start: int, end: int) -> bool:
    """Does a semicolon, "while" or "and in" stand between: another clause, about another place?"""
    if ";" in page.text[start:end]:
        return True
    between = [i for i in page.items(n) if start <= i.start < end]
    if any(i.has("place_in") and (i.joined or (k > 0 and between[k - 1].has("conj"))) for k, i in enumerate(between)):
        return True
    return "apart" in page.marks(n) and any_marked(between, "apart")


def _beside_event(page: Page, n: int, place: Span) -> bool:
    """ "The police of Mosul said that five died in the blast": is an event known by then, and the place not said of it?"""
    if n < OPENING or not (loose(page, n, place) or _spoken(page, n, place)) or _names_event(page, n, place):
        return False
    return _recalls(page, n)


def _names_event(page: Page, n: int, place: Span) -> bool:
    """ "The Mosul blast", «عملية سروج»: is the event called by the place?"""
    items = page.items(n)
    beside = item_at(items, place.start) - 1 if page.pack.head == "first" else item_at(items, place.end - 1) + 1
    return any_marked(items[max(0, beside) : beside + 1], "event")


def _recalls(page: Page, n: int) -> bool:
    """ "The blast", «الانفجار», «حادث الاصطدام»: does sentence n speak of an event as known?"""
    if "event" not in page.marks(n):
        return False
    items = page.items(n)
    for k in [k for k, item in enumerate(items) if item.has("event")]:
        after = items[k + 1 : k + 2] if page.pack.head == "first" else []
        if any("def" in i.entry.clitics and i.has("event") for i in [items[k], *after]):
            return True
        if k > 0 and items[k - 1].has("known"):
            return True
    return False


def turns(page: Page, n: int) -> bool:
    """Does sentence n turn to something else than those before it: "Meanwhile", "in a separate attack", «من جهة أخرى»?"""
    return n > 0 and (any_marked(page.items(n)[:TURN], "turn") or "another_event" in page.marks(n))


def of_part(page: Page, n: int, start: int, place: Span) -> bool:
    """ "36 died, 22 of them in Mosul", "including 22 in Mosul": is it where a part is that is told behind `start`?"""
    if "subset" not in page.marks(n):
        return False
    items = [i for i in page.items(n) if start <= i.start and i.end <= place.start]
    for k in [k for k, item in enumerate(items) if item.has("subset")]:
        if any(_number(i) for i in items[max(0, k - 1) : k + 2]):
            before = takewhile(
                lambda i: not i.entry.noun, items[k + 1 : k + 1 + PART]
            )  # "22 of them children, in Mosul"
            if any(i.has("place_prep") and not i.has("of") for i in before):
                return True
    return False


def _beside(page: Page, n: int, place: Span) -> bool:
    """ "Douma, east of Damascus"; "outside Mosul": was it only near by?"""
    items = page.items(n)
    at = max(0, item_at(items, place.start) - 2)
    before = items[at : at + 2]
    return any_marked(before, "near") or (len(before) == 2 and before[0].has("direction") and before[1].has("of"))


def _in_saying(page: Page, n: int, end: int, start: int) -> bool:
    """Does "that" stand between a place and its number: the place is the speaker's rather?"""
    return any(item.has("clause") for item in page.items(n) if end <= item.start < start)


def _opens(page: Page, n: int, place: Span) -> bool:
    """ "In Mosul, …", at the head of a sentence or behind a stop, says where all that follows was."""
    items = page.items(n)
    at = item_at(items, place.start) - 1
    opened = at >= 0 and items[at].has("place_in") and (at == 0 or items[at - 1].word in "-;:")
    return opened and page.text[place.end : place.end + 1] == ","


def smallest(page: Page, n: int, place: Span, among: list[Span]) -> Span:
    """ "In Dona in Aleppo": the first of a chain is the place, the others hold it."""
    items = page.items(n)
    for other in reversed([s for s in among if s.end <= place.start]):
        between = [i for i in items if other.end <= i.start and i.end <= place.start]
        inside = [i for i in items if i.start < place.start < i.end]  # a preposition written onto the name
        inward = any_marked(between, "place_in")
        if page.pack.capitals and not inward and extent(page, n, other) > max(BROAD["admin2"], extent(page, n, place)):
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
