"""Where a name that the gazetteer knows means no place: a day, whose army it is, who speaks, a part of a longer name."""

from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked, item_at
from agents.gazetteer import gazetteer
from streams.records import Span

DAYS = frozenset(("weekday", "month", "time_word"))
PLACED = frozenset(("place_prep", "place_noun", "place_object", "direction", "according"))  # before where it happened
SPEAKS = frozenset(("speech", "speech_on", "states"))
ACTS, OWNED, HEARD = SPEAKS | {"agent"}, frozenset(("voice", "body")), frozenset(("venue", "addressed"))
ACTORS = 6  # items from "by" or "told" to the last of some names
GOES_ON = frozenset(  # what may follow a place, and no adjective
    ("place_prep", "prep", "conj", "aux", "modal", "weekday", "month", "time_word", "time_lead", "time_back")
) | {"that", "rel", "break", "det", "adverb", "neg", "apart"}
BODY = 4  # items behind "Iran's" in which its army or its offensive may follow


def no_place(page: Page, n: int, place: Span) -> bool:
    """Do the words beside a name of sentence n, known as a place's, tell that it is none here?"""
    items = page.items(n)
    at = item_at(items, place.start)
    item, marks = items[at], items[at].entry.marks
    last = at if item.end >= place.end else item_at(items, place.end - 1)
    if marks and item.start == place.start and item.end == place.end:
        if "cause" in marks:
            return True  # «سيول»: floods, not Seoul
        if not DAYS.isdisjoint(marks) and not any_marked(items[max(0, at - 1) : at + 2], "place_noun"):
            return True  # "Mon Jul 11"
    if not page.pack.capitals:
        return at > 0 and (_told_by(items, at) or (item.start == place.start and _agrees(page, items, at, place)))
    said = page.marks(n)
    return (
        (not ACTS.isdisjoint(said) and _acts(page, items, at, last))
        or ("nationality" in marks and _adjective(items, at, last))
        or ("place_named" in said and names_further(page, items, last + 1))
        or (not OWNED.isdisjoint(said) and _whose(items, last))
        or ("seated_anywhere" in said and _in_name(page, items, at))
    )


def only_heard(page: Page, n: int, place: Span) -> bool:
    """ "Told Reuters in Beirut", "talks in Geneva": is it where it was told or talked about?"""
    if HEARD.isdisjoint(page.marks(n)):
        return False
    items = page.items(n)
    at = item_at(items, place.start)
    if at < 2 or not items[at - 1].has("place_prep"):
        return False
    return items[at - 2].has("venue") or _behind_names(page, items, at - 2).has("addressed")


def _behind_names(page: Page, items: list[Item], k: int) -> Item:
    """The item before `k` and the names joined there: that before "Qatar and Turkey"."""
    end = max(0, k - ACTORS)
    while k > end and (items[k].has("conj") or items[k].has("det") or page.text[items[k].start].isupper()):
        k -= 1
    return items[k]


def _told_by(items: list[Item], at: int) -> bool:
    """«أعلنت تركيا»: is it a government that speaks?"""
    return not SPEAKS.isdisjoint(items[at - 1].entry.marks)


def _acts(page: Page, items: list[Item], at: int, last: int) -> bool:
    """ "Iraq said", "Paris and London say", "supported by Qatar and Turkey", "accused Tehran": is a government meant?"""
    if at and not PLACED.isdisjoint(items[at - 1].entry.marks):
        return False  # "sources in Mosul said"
    k = last + 1
    if k + 1 < len(items) and items[k].has("conj") and page.text[items[k + 1].start].isupper():
        k += 2
    if k < len(items) and not SPEAKS.isdisjoint(items[k].entry.marks):
        return True
    before = _behind_names(page, items, at - 1) if at else None
    return before is not None and (before.has("agent") or before.has("states"))


def _adjective(items: list[Item], at: int, last: int) -> bool:
    """ "U.S. troops": a name that is its own adjective."""
    after = next((i for i in items[last + 1 : last + 3] if i.word != "."), None)
    return at == last and after is not None and after.kind == "word" and GOES_ON.isdisjoint(after.entry.marks)


def _agrees(page: Page, items: list[Item], at: int, place: Span) -> bool:
    """«لاجئة سورية», «الحدود السعودية», «جنديا تركيا»: is it an adjective of the noun before it, which is spelt like the name?"""
    before, item = items[at - 1], items[at]
    if before.kind != "word" or not PLACED.isdisjoint(before.entry.marks):
        return False
    if item.entry.noun == "person":
        article = page.pack.article
        return before.word.startswith(article) if item.word.startswith(article) else before.entry.noun is not None
    ending = before.entry.noun is not None and before.word[-1] == item.word[-1]
    return ending and not gazetteer().is_name(place.text[:-1])


def names_further(page: Page, items: list[Item], k: int) -> bool:
    """ "The Red Sea port of Djibouti": does what stands at `k`, behind a name, name what lies there?"""
    while k < len(items) and items[k].has("direction"):
        k += 1
    if k >= len(items) or not items[k].has("place_named") or page.text[items[k].start].isupper():
        return False
    k += 0 if items[k].has("of") else 1
    return k + 1 < len(items) and items[k].has("of") and page.text[items[k + 1].start].isupper()


def _whose(items: list[Item], last: int) -> bool:
    """ "Iran's week-old offensive", "a Baghdad communique": is it told whose something is?"""
    if any_marked(items[last + 1 : last + 2], "voice"):
        return True
    return items[last].word.endswith("'s") and any_marked(items[last + 1 : last + 1 + BODY], "body")


def _in_name(page: Page, items: list[Item], at: int) -> bool:
    """ "The Bank of Tokyo": is it a part of the name of something that lies elsewhere?"""
    k = at - 1
    if k < 1 or not items[k].has("of"):
        return False
    head = items[k - 1]
    return head.has("seated_anywhere") and page.text[head.start].isupper()
