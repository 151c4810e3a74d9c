"""The place of a figure: the nearest and smallest that is named with it, else one that the sentences around it name."""

from bisect import bisect_right
from itertools import pairwise, takewhile
from operator import attrgetter

from agents.extract.about.speakers import own_speakers
from agents.extract.named.places import demonyms, known_places, names_more, owner, places
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked
from streams.records import Span

try:
    from agents.gazetteer import gazetteer
except ImportError:  # built without the gazetteer: no place is then known to be a country
    gazetteer = None

BEFORE, NEXT, GUESSED = 30, 40, 5  # characters that a place before, … counts as further off
LOOSE, DESCRIBES = 25, 60  # … one without a word of place before it, one that only describes
DATELINE = MOVED = 300  # … where the report is from, where people were brought
CHAIN = 3  # items between a place and the larger one that holds it
BROAD = {"country": 200, "demonym": 200, "region": 100, "admin1": 150, "admin2": 25}  # how much a place holds
SENTENCE = 15  # … a sentence away
WIDE = 150  # a province or more
OPENS = 12  # … that opens the sentence
SAID = 60  # … that stands with the speaker
ASIDE = 40  # … that was only near by
SPEAKER = 150  # … that tells who speaks: "the governor of Mosul said"
AHEAD = 3  # sentences of the opening that may leave the place to those that follow
BACK = 2  # sentences back that may name the town of the province named here
BEHIND = 2  # sentences behind a town that may name its quarter
BROUGHT = 5  # items back in which a hospital or a move is named
ORIGIN = 3  # items back that may say where those are who attack
PART = 3  # items from "of them" to the word before a place
DISTANCE = 5  # items from "60 kilometres" to the place from which it is measured


def where(
    page: Page, n: int, start: int, end: int, room: tuple[int, int], reach: int, whole: bool = False
) -> Span | None:
    """The place for the number at `start`…`end` of sentence n.

    `room` is where the last number like it ends and the next begins: a place beyond them is theirs
    rather. Where the sentence names none, up to `reach` sentences before are asked, the first and, in the
    opening, those that follow. `whole`: the figure is of a whole crisis, so that no town of another sentence is meant.
    """
    if page.pack.capitals and "elsewhere" in page.marks(n):
        beside = (i for i in page.items(n) if i.has("elsewhere") and start <= i.start <= end + 1)
        if (item := next(beside, None)) is not None:
            return page.span(item.start, item.end)  # "and 15 elsewhere"
    if own := _firm(page, n):
        best, level = _here(page, n, own, start, end, room)
        return best if whole else _narrowed(page, n, best, _finer(page, n, best, level))
    if whole and (people := demonyms(page, n)):
        return people[0]
    ahead = range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if n < AHEAD else ()
    around = [m for m in [*range(n - 1, max(-1, n - 1 - reach), -1), 0, *ahead] if m >= 0 and m != n]
    near: list[tuple[int, Span, int]] = []
    for back, m in enumerate(around):
        if not whole and any(far <= back * SENTENCE for _, _, far in near):
            break  # none that follows can be nearer
        near += [(m, s, _carried(page, m, s, back)) for s in _firm(page, m)]
    if whole and (large := [(m, s) for m, s, _ in near if _broad(page, m, s) >= BROAD["country"]]):
        return large[0][1]
    if near:
        m, best, _ = min(near, key=lambda found: found[2])
        best = _smallest(page, m, best, _firm(page, m))
        finer = None if whole else _finer(page, n, best, _broad(page, m, best), range(AHEAD))
        return best if whole else _narrowed(page, m, best, finer)
    for m in [*around, n]:
        if found := places(page, m):
            return min(found, key=lambda s: (_loose(page, m, s), s.start))
    word = next((i for i in page.items(n) if i.has("place_word")), None)
    return page.span(word.start, word.end) if word else None


def _here(page: Page, n: int, own: list[Span], start: int, end: int, room: tuple[int, int]) -> tuple[Span, int]:
    """The place of sentence n itself: the nearest, or one that lies in it; how much the sentence says that it holds."""
    known = known_places(page, n)

    def far(place: Span) -> int:
        return _far(page, n, place, start, end, room) + (0 if place in known else GUESSED)

    best = min(own, key=far)
    if level := _broad(page, n, best):
        near = [s for s in own if s.start <= room[1] and not _of_part(page, n, end, s)]
        inside = [s for s in near if _broad(page, n, s) < level and _within(s, best)]
        firm = [s for s in inside if _loose(page, n, s) <= _loose(page, n, best)]
        best = min(firm, key=far, default=best)
    smallest = [_smallest(page, n, s, own) for s in own if s.text == best.text]  # it may be named twice
    best = next((s for s in smallest if s.text != best.text), best)
    return best, max(_broad(page, n, s) for s in own if s.text == best.text)  # "in Hama", then "Hama province"


def _narrowed(page: Page, n: int, broad: Span, finer: Span | None) -> Span:
    """What sentences close by tell more closely than the place of sentence n: its town, the town's quarter."""
    best = broad if finer is None or _one_of_two(page, n, broad) else finer  # no town lies in two provinces
    return _quarter(page, n, best) or best


def _one_of_two(page: Page, n: int, place: Span) -> bool:
    """ "In Hama and Idlib", «في حماة وإدلب»: is another place joined to it?"""
    items = page.items(n)
    for one, two in pairwise(places(page, n)):
        if place in (one, two):
            between = [i for i in items if one.end <= i.start and i.end <= two.start]
            inside = any(i.joined and i.start < two.start < i.end for i in items)
            if inside or (len(between) == 1 and between[0].has("conj")):
                return True
    return False


def _firm(page: Page, n: int) -> list[Span]:
    """The places of sentence n that are more than a description, a dateline or a measure of distance."""
    return [s for s in places(page, n) if _loose(page, n, s) < DESCRIBES]


def _carried(page: Page, m: int, place: Span, back: int) -> int:
    """How far off a place of another sentence is, the `back`-th that is asked."""
    return _loose(page, m, place) + _broad(page, m, place) // 8 + back * SENTENCE


def _finer(page: Page, n: int, broad: Span, level: int, opening: range = range(0)) -> Span | None:
    """A town of a sentence close by, where the figure's own only names the country or the province."""
    if level < WIDE:
        return None
    ahead = range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if n < AHEAD else ()
    early = (m for m in opening if m < n - BACK)
    for m in [*range(n - 1, max(-1, n - 1 - BACK), -1), *ahead, *early]:
        near = places(page, m)
        found = [s for s in near if _loose(page, m, s) == 0 and _broad(page, m, s) < level and s.text != broad.text]
        found = [s for s in found if _within(s, broad) and not _of_part(page, m, page.ends[m][0], s)]
        if found:
            return _smallest(page, m, found[0], near)
    return None


def _quarter(page: Page, n: int, town: Span) -> Span | None:
    """The quarter, street or village of a town that one of the next sentences names, if it has no number of its own."""
    named = gazetteer().candidates(town.text) if gazetteer else ()
    if not named or named[0].kind != "city":
        return None
    for m in range(n + 1, min(n + 1 + BEHIND, len(page.ends))):
        if "place_small" not in page.marks(m) or _counts(page.items(m)):
            continue
        for place in places(page, m):
            small = _called(page, m, place, "place_small") and place.text != town.text
            if small and _loose(page, m, place) == 0 and _within(place, town):
                return place
    return None


def _counts(items: list[Item]) -> bool:
    """May a sentence state a figure, to whom its place belongs?"""
    return any(_number(item) for item in items) and any(item.entry.outcome for item in items)


def _number(item: Item) -> bool:
    return item.kind == "digits" or item.entry.number is not None


def _within(small: Span, large: Span) -> bool:
    """May one place lie in the other, as far as the gazetteer knows both?"""
    if gazetteer is None:
        return True
    inner, outer = gazetteer().candidates(small.text), gazetteer().candidates(large.text)
    if not inner or not outer:
        return True
    province = outer[0].admin1 if outer[0].kind != "country" else None
    return any(p.country == outer[0].country and (province is None or p.admin1 in (province, None)) for p in inner)


def _broad(page: Page, n: int, place: Span) -> int:
    """How large a place is: a country, a province, a district; 0 for a town."""
    known = page.notes.get(("broad", place.start))
    if known is None:
        found = gazetteer().candidates(place.text) if gazetteer else ()
        broad = BROAD.get(found[0].kind, 0) if found else 0
        known = page.notes["broad", place.start] = max(broad, WIDE if _called(page, n, place, "place_wide") else 0)
    return known  # type: ignore[return-value]


def _called(page: Page, n: int, place: Span, kind: str) -> bool:
    """Do the words beside it call it a place of this kind: "Idlib province", «محافظة حلب»?"""
    items = page.items(n)
    at = bisect_right(items, place.start, key=END)
    last = bisect_right(items, place.end - 1, key=END)
    after = items[last + 1 : last + 2] if page.pack.capitals else []
    k = at - 1
    while k >= 0 and items[k].has("of") and not items[k].has("place_noun"):
        k -= 1
    return any_marked([*items[max(0, k) : last + 1], *after], kind)


def _far(page: Page, n: int, place: Span, start: int, end: int, room: tuple[int, int]) -> int:
    if place.start >= end:
        theirs = place.start > room[1] or _parted(page, n, end, place.start) or _of_part(page, n, end, place)
        far = place.start - end + (NEXT if theirs else 0)
    elif _opens(page, n, place):
        far = OPENS + (NEXT if ";" in page.text[place.end : start] else 0)
    else:
        theirs = 0 < room[0] < place.start and not _parted(page, n, room[0], place.start)
        far = BEFORE + (start - place.end) // 4 + (NEXT if theirs or _parted(page, n, place.end, start) else 0)
    if place.end <= start and "clause" in page.marks(n) and _in_saying(page, n, place.end, start):
        far += SAID
    return far + _away(page, n, place)


def _away(page: Page, n: int, place: Span) -> int:
    """How much further off a place counts from any number."""
    known = page.notes.get(("away", place.start))
    if known is None:
        speaks = any(who.start <= place.start < who.end for who in own_speakers(page, n))
        known = (SPEAKER if speaks else 0) + (ASIDE if _beside(page, n, place) else 0) + _loose(page, n, place)
        page.notes["away", place.start] = known
    return known  # type: ignore[return-value]


def _parted(page: Page, n: int, start: int, end: int) -> bool:
    """Does a semicolon or "while" stand between: another clause, about another place?"""
    if ";" in page.text[start:end]:
        return True
    return "apart" in page.marks(n) and any(i.has("apart") for i in page.items(n) if start <= i.start < end)


def _of_part(page: Page, n: int, start: int, place: Span) -> bool:
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
    at = max(0, bisect_right(items, place.start, key=END) - 2)
    before = items[at : at + 2]
    return any_marked(before, "near") or (len(before) == 2 and before[0].has("direction") and before[1].has("of"))


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
        inward = any_marked(between, "place_in")
        if page.pack.capitals and not inward and _broad(page, n, other) > _broad(page, n, place):
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
    after = _behind(page, items, at, place) if at <= 4 else None
    if after is not None and after.word in ":-(" and "\n" not in page.text[place.end : after.start]:
        return LOOSE if after.word == ":" and items[0].start == page.ends[0][0] else DATELINE
    if page.pack.capitals and (_describes(page, place) or names_more(page, items, place)):
        return DESCRIBES
    if any_marked(items[max(0, at - DISTANCE) : at], "length"):
        return DESCRIBES  # "60 kilometres north of Mosul"
    if any_marked(items[max(0, at - BROUGHT) : at], "brought"):
        return MOVED
    if any_marked(items[max(0, at - ORIGIN) : at], "origin"):
        return DESCRIBES  # "fighters positioned in Mosul fired at the town"
    if at < len(items) and items[at].start < place.start:
        return 0  # a preposition is written onto the name
    k = at - 1
    while k >= 0 and (items[k].has("det") or items[k].has("direction") or owner(page, items[k])):
        k -= 1
    if k >= 0 and items[k].has("towards"):
        return DESCRIBES
    if k >= 0 and items[k].has("of") and not items[k].entry.marks & {"place_noun", "place_prep"}:
        return LOOSE // 2
    return 0 if k >= 0 and items[k].entry.marks & LOCATING else LOOSE


def _behind(page: Page, items: list[Item], at: int, place: Span) -> Item | None:
    """The item behind a place, and behind the country of the one that begins the sentence: "MOSUL, Iraq - …"."""
    k = bisect_right(items, place.end - 1, key=END) + 1
    if at == 0 and k + 1 < len(items) and items[k].word in ",/":
        k = next((j for j in range(k + 1, len(items)) if not page.text[items[j].start].isupper()), k)
    return items[k] if k < len(items) else None


def _describes(page: Page, place: Span) -> bool:
    """ "The London-based group": a hyphen that goes on in a small letter."""
    return page.text[place.end : place.end + 1] == "-" and page.text[place.end + 1 : place.end + 2].islower()


END = attrgetter("end")
LOCATING = frozenset(("place_prep", "place_noun", "place_object", "cause"))
