"""Which events a figure covers: this one, many together, a part of it, or an earlier one."""

import re

from agents.extract.fates import Fate
from agents.extract.page import Page
from agents.extract.quantity import Quantity
from agents.extract.words import Item

REACH = 14  # items from a number to the word that widens its time
MANY = 10_000  # so many displaced in a conflict are the work of years
LARGE = frozenset(("tens_of_thousands", "hundreds_of_thousands", "millions"))
WORST = 10  # items from "the worst" to the time in which it was
SPEAKS = 8  # items in which "the ministry had said" has its verb
OPENING = 2  # sentences that tell what an article is about
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def scope(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    """incident, cumulative, subtotal or background. What binding already knows wins."""
    if q.scope:
        return q.scope
    items = page.items(n)
    if _of_the(items, q, fate):
        return "subtotal"
    best = _nearest(items, q, page.marks(n))
    if best == "incident" and n >= OPENING and "background_late" in page.marks(n):
        best = _nearest(items, q, page.marks(n), (("background", "background_late"),))
    if fate.what.measure == "displaced" and _masses(q) and _in_conflict(page, n):
        return "cumulative"
    if fate.first and items[fate.first - 1].has("nationality") and any(w.direction == "toll" for w in fate.what.ways):
        return "cumulative"  # "the Palestinian death toll"
    if items[0].has("context"):
        return "background"
    if best == "cumulative":
        return best
    if _of_old(page, n, items, q) or _opens_back(items):
        return "background"
    if n > 0 and fate.first > 0 and items[fate.first - 1].has("background_before"):
        return "background"
    if best == "incident" and _beyond_any_event(q, fate):
        return "background"
    if best == "incident" and _statistics(page, n):
        return "cumulative"
    return best


def _beyond_any_event(q: Quantity, fate: Fate) -> bool:
    """No single event has killed or hurt a million: so many are a disease's or a war's, told as context."""
    return fate.what.measure in ("killed", "injured", "killed_or_injured") and (q.low or q.high or 0) >= 1_000_000


WORDS = (("cumulative", "cumulative"), ("cumulative", "cumulative_open"), ("background", "background"))


def _nearest(items: list[Item], q: Quantity, marks: frozenset[str], words: tuple[tuple[str, str], ...] = WORDS) -> str:
    """Which scope the nearest word of scope gives."""
    best, far = "incident", REACH + 1
    for name, mark in words:
        if mark not in marks:
            continue
        for k, item in enumerate(items):
            if not item.has(mark) or (mark == "cumulative_open" and not _long(items, k)):
                continue
            if name == "cumulative" and any(i.has("superlative") for i in items[max(0, k - WORST) : k]):
                continue  # "the worst attack this year"
            away = q.first - k if k < q.first else k - q.last
            if name == "background" and _said_then(items, min(k, q.first), max(k, q.last)):
                continue  # the time of the saying
            if name == "cumulative" and any(i.has("superlative") for i in items[max(0, k - SPEAKS) : k]):
                continue  # "the worst since"
            if away < far:
                best, far = name, away
    return best


def _long(items: list[Item], k: int) -> bool:
    """Does "in the last", "since" go on to a month, a year, more?"""
    after = items[k + 1 : k + 5]
    return any(i.has("long_unit") or i.has("month") or YEAR.fullmatch(i.word) for i in after)


def _masses(q: Quantity) -> bool:
    return q.magnitude in LARGE or (q.low or q.high or 0) >= MANY


def _in_conflict(page: Page, n: int) -> bool:
    return any("conflict" in page.marks(m) for m in (n - 1, n, n + 1) if 0 <= m < len(page.ends))


def _said_then(items: list[Item], first: int, last: int) -> bool:
    """Does a verb of saying, or its "that", stand between a number and a time?"""
    return any(item.has("speech") or item.has("that") for item in items[first + 1 : last])


def _of_the(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "Three of the wounded" are a part of them."""
    between = items[q.last + 1 : fate.first] if q.last < fate.first else []
    those = "def" in items[fate.first].entry.clitics or (between and between[0].has("article_of"))
    return bool(those) and len(between) == 1 and between[0].has("of")


def _opens_back(items: list[Item]) -> bool:
    """Does the sentence open with a look back? "The ministry had said" only cites."""
    if not items[0].has("background_start"):
        return False
    return not any(item.has("speech") for item in items[1:SPEAKS]) or items[0].has("background")


def _of_old(page: Page, n: int, items: list[Item], q: Quantity) -> bool:
    """Is the nearest year that the sentence names before the newest one of the text, or years ago?"""
    if not YEAR.search(page.folded, *page.ends[n]):
        return False
    years = [(abs(k - q.last), int(i.word)) for k, i in enumerate(items) if YEAR.fullmatch(i.word)]
    newest = page.notes.get(("newest year", 0))
    if newest is None:
        newest = max(map(int, [str(page.year - 1), *YEAR.findall(page.folded)]))
        page.notes["newest year", 0] = newest
    return bool(years) and min(years)[1] < newest  # type: ignore[operator]


def _statistics(page: Page, n: int) -> bool:
    """Does the article open as a report over a longer time, and this sentence name none of its own?"""
    opening = any("statistics" in page.marks(m) for m in range(min(OPENING, len(page.ends))))
    return opening and page.marks(n).isdisjoint(("weekday", "month", "time_word"))
