"""How a place stands in its sentence, as where it happened or as a mere description, and how large it is."""

from agents.extract.named.capitals import names_more
from agents.extract.named.known import owner
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked, item_at
from agents.gazetteer import gazetteer
from streams.records import Span

LOOSE, DESCRIBES = 25, 60  # characters further off: no word of place before it, it only describes
DATELINE = MOVED = 300  # … where the report is from, where people were brought
BROAD = {"country": 200, "demonym": 200, "region": 100, "admin1": 150, "admin2": 25}  # how much a place holds
WIDE = 150  # a province or more
CARRIED = 15  # items from "taken", "returning from Mosul" to the "to" before a place
BROUGHT = 5  # items back in which a hospital or a move is named
ORIGIN = 3  # items back that may say where those are who attack
LOCATING = frozenset(("place_prep", "place_noun", "place_object", "cause"))  # before where it happened
SKIPPED = frozenset(("det", "direction", "place_word"))  # may stand between such a word and the place
DISTANCE = 5  # items from "60 kilometres" to the place from which it is measured


def loose(page: Page, n: int, place: Span) -> int:
    """0 where words of place stand before it: "in Mosul"; more for "Mosul's mayor", a dateline, a hospital's town."""
    known = page.notes.get(("loose", place.start))
    if known is None:
        known = page.notes["loose", place.start] = _how_loose(page, page.items(n), place)
    return known  # type: ignore[return-value]


def _how_loose(page: Page, items: list[Item], place: Span) -> int:
    at = item_at(items, place.start)
    after = _behind(page, items, at, place) if at <= 4 else None
    if after is not None and after.word in ":-(" and "\n" not in page.text[place.end : after.start]:
        return LOOSE if after.word == ":" and items[0].start == page.ends[0][0] else DATELINE
    if page.pack.capitals and (_describes(page, place) or names_more(page, items, place)):
        return DESCRIBES
    if _measured_from(items, at):
        return DESCRIBES
    if any_marked(items[max(0, at - BROUGHT) : at], "brought"):
        return MOVED
    if any_marked(items[max(0, at - ORIGIN) : at], "origin"):
        return DESCRIBES  # "fighters positioned in Mosul fired at the town"
    if at < len(items) and items[at].start < place.start:
        return 0  # a preposition is written onto the name
    k = at - 1
    while k >= 0 and (not SKIPPED.isdisjoint(items[k].entry.marks) or owner(page, items[k])):
        k -= 1
    if (way := _on_the_way(items, k)) is not None:
        return way
    if k >= 0 and items[k].has("of") and not items[k].entry.marks & {"place_noun", "place_prep"}:
        return LOOSE // 2
    return 0 if k >= 0 and items[k].entry.marks & LOCATING else LOOSE


def _measured_from(items: list[Item], at: int) -> bool:
    """ "60 kilometres north of Mosul", not «عند الكيلو 60 قرب الموصل»: is a distance told from what stands at item `at`?"""
    back = range(max(0, at - DISTANCE), at)
    return any(items[k].has("length") and not (k + 1 < at and items[k + 1].kind == "digits") for k in back)


def _on_the_way(items: list[Item], k: int) -> int | None:
    """How loose a place is behind item `k` if people, dead or alive, only came from or went there; else None."""
    while k >= 0 and (items[k].has("place_noun") or items[k].has("det")):
        k -= 1  # "towards the city of Mosul"
    if k < 0:
        return None
    if items[k].has("towards"):
        return DESCRIBES
    before = items[max(0, k - CARRIED) : k]
    moved = items[k].has("to") and (any_marked(before, "brought") or any_marked(before, "towards"))
    return MOVED if moved else None


def _behind(page: Page, items: list[Item], at: int, place: Span) -> Item | None:
    """The item behind a place, and behind the country of the one that begins the sentence: "MOSUL, Iraq - …"."""
    k = item_at(items, place.end - 1) + 1
    if at == 0 and k + 1 < len(items) and items[k].word in ",/":
        k = next((j for j in range(k + 1, len(items)) if not page.text[items[j].start].isupper()), k)
    return items[k] if k < len(items) else None


def _describes(page: Page, place: Span) -> bool:
    """ "The London-based group": a hyphen that goes on in a small letter."""
    return page.text[place.end : place.end + 1] == "-" and page.text[place.end + 1 : place.end + 2].islower()


def extent(page: Page, n: int, place: Span) -> int:
    """How large a place is: a country, a province, a district; 0 for a town."""
    known = page.notes.get(("broad", place.start))
    if known is None:
        found = gazetteer().candidates(place.text)
        broad = BROAD.get(found[0].kind, 0) if found else 0
        known = page.notes["broad", place.start] = max(broad, WIDE if called(page, n, place, "place_wide") else 0)
    return known  # type: ignore[return-value]


def called(page: Page, n: int, place: Span, kind: str) -> bool:
    """Do the words beside it call it a place of this kind: "Idlib province", «محافظة حلب»?"""
    items = page.items(n)
    at = item_at(items, place.start)
    last = item_at(items, place.end - 1)
    after = items[last + 1 : last + 2] if page.pack.capitals else []
    k = at - 1
    while k >= 0 and items[k].has("of") and not items[k].has("place_noun"):
        k -= 1
    return any_marked([*items[max(0, k) : last + 1], *after], kind)


def smaller(page: Page, m: int, small: Span, n: int, large: Span) -> bool:
    """Is a place of sentence m where something happened, and a town of the province, a quarter of the town of sentence n?"""
    if loose(page, m, small) or not within(small, large):
        return False
    holds = extent(page, n, large)
    if holds >= WIDE:
        return extent(page, m, small) < holds
    towns = holds == extent(page, m, small) == 0
    return towns and called(page, m, small, "place_small") and not called(page, n, large, "place_small")


def within(small: Span, large: Span) -> bool:
    """May one place lie in the other, as far as the gazetteer knows both?"""
    inner, outer = gazetteer().candidates(small.text), gazetteer().candidates(large.text)
    if not inner or not outer:
        return True
    province = outer[0].admin1 if outer[0].kind != "country" else None
    return any(p.country == outer[0].country and (province is None or p.admin1 in (province, None)) for p in inner)
