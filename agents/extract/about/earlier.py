"""Whether a figure is another, earlier event's: told by its day, its year, or by what the sentence says of it."""

import re

from agents.extract.about.when import dateline, times_of_events
from agents.extract.counted.quantity import Quantity
from agents.extract.named.saying import SAYING
from agents.extract.named.times import YEAR, Run, times
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked

OPENING = 2  # sentences that tell what an article is about
SPEAKS = 8  # items in which "the ministry had said" has its verb
CLAUSE = 20  # items from "came after" to the number
FIRST = 2  # items before a time that opens a sentence
BESIDE = 18  # items from a number to its year
WHICH, KNOWN = 4, 14  # items from "which" to those killed; from "the attack" to "which"
BEFORE = 3  # items from "a" to "attack"
TODAY = frozenset(("weekday", "time_word"))
DATE = re.compile(r"(?<!\d)\d{1,2}[-./]\d{1,2}[-./]((?:19|20)\d\d)(?!\d)")
BACK = frozenset(("background", "background_late"))


def earlier(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """Does sentence n tell of an event before the article's, in other words than "last year" beside the number?"""
    items = page.items(n)
    if of_old(page, n, items, q) or _opens_back(items, q):
        return True
    if n >= OPENING and (_before(items, q) or _known_event(page, items, q, fate)):
        return True
    if n >= OPENING and _before_then(page, n, items, fate):
        return True
    return n > 0 and fate.first > 0 and items[fate.first - 1].has("background_before")


def _before(items: list[Item], q: Quantity) -> bool:
    """Is it what something else came after: "the raid came a day after a bomb that killed 30"?"""
    return any_marked(items[max(0, q.first - CLAUSE) : q.first], "background_clause")


def _known_event(page: Page, items: list[Item], q: Quantity, fate: Fate) -> bool:
    """Does a relative clause only recall an event: "he condemned the attack which killed 30", "a bombing that left 30 dead"?

    "The attack" is the article's own, if that told one: "a bombing" never is.
    """
    first = min(q.first, fate.first)
    for k in range(first - 1, max(0, first - 1 - WHICH), -1):
        if items[k].has("recalls"):
            near = range(max(1, k - KNOWN), k)
            if not page.notes.get(("event", 0)):
                return any(items[m].has("cause") for m in near)
            return any(items[m].has("cause") and any_marked(items[max(0, m - BEFORE) : m], "explains") for m in near)
        if items[k].kind == "sign" or items[k].has("also"):
            return False
    return False


def _before_then(page: Page, n: int, items: list[Item], fate: Fate) -> bool:
    """ "Gunmen had killed five guards": nobody is quoted, and it was over before."""
    return page.marks(n).isdisjoint(SAYING) and any_marked(items[max(0, fate.first - 2) : fate.first], "past_perfect")


def other_day(page: Page, n: int, q: Quantity) -> bool:
    """Is a sentence behind the opening about another day than the event's: "On Tuesday, 19 soldiers were killed"?

    A weekday tells so at its head, a month anywhere, at once where the opening has a weekday or "today".
    """
    runs = times(page, n) if n >= OPENING else []
    if not runs:
        return False
    run = min(runs, key=lambda run: abs(run[0] - q.first))
    own = days(page, n, run)
    dated = bool(own) and all(" " in day for day in own)
    if own and not dated and any_marked(page.items(n)[run[0] : run[1] + 1], "day_past"):  # «الخميس الماضي»
        return any(_of_today(page, m) and own.isdisjoint(_days(page, m)) for m in range(OPENING))
    if dated and any(_of_today(page, m) for m in range(OPENING)):
        return True
    if n == OPENING or (runs[0][0] > FIRST and not dated):
        return False
    told: set[str] = set()
    for m in range(n):
        if m > OPENING and told:
            break  # a long head, a caption and a dateline may come before the first day
        told |= _days(page, m)
    return bool(own and told) and own.isdisjoint(told)


def _of_today(page: Page, n: int) -> bool:
    """Does sentence n tell what happened on a weekday, or today, as news of the day does?"""
    items = page.items(n)
    runs = times_of_events(page, n)
    return any(item.entry.marks & TODAY for first, last in runs for item in items[first : last + 1])


def _days(page: Page, n: int) -> set[str]:
    """The days of all expressions of sentence n."""
    return set().union(*(days(page, n, run) for run in times(page, n)))


def days(page: Page, n: int, run: Run) -> set[str]:
    """The weekdays of an expression of sentence n, or its month and day: "may ", "may 13"."""
    items = page.items(n)[run[0] : run[1] + 1]
    weekdays = {i.word for i in items if i.has("weekday")}
    day = next((i.word for i in items if i.kind == "digits" and len(i.word) < 3), "")
    return weekdays or {f"{i.word} {day}" for i in items if i.has("month")}


def goes_on(page: Page, n: int, q: Quantity) -> bool:
    """Does it go on about an earlier event that the sentence before dates: "… last May. The raid killed eight"?"""
    if n <= 1 or q.magnitude or times(page, n):
        return False
    told = (page.items(n - 1)[run[0] : run[1] + 1] for run in times(page, n - 1))
    return any(item.entry.marks & BACK for run in told if not any_marked(run, "time_since") for item in run)


def _opens_back(items: list[Item], q: Quantity) -> bool:
    """Does the sentence open with a look back? "The ministry had said" only cites, a toll that rises is today's.

    «وكان التنظيم تبنى هجوما» looks back too: at another event.
    """
    if not items[0].has("background_start") or any_marked(items[1:SPEAKS], "meanwhile"):
        return False
    if any_marked(items[: q.first], "rising"):
        return False
    said = next((k for k in range(1, min(SPEAKS, len(items))) if items[k].has("speech")), 0)
    return not said or items[0].has("background") or any_marked(items[said + 1 : said + 2], "an_event")


def _published(page: Page) -> list[str]:
    """The years of the full dates that open the text: "AFP Friday 6 March 2015", "06-03-2015"."""
    opening = [(page.items(n), run) for n in range(min(OPENING, len(page.ends))) for run in times(page, n)]
    dates = [items[run[0] : run[1] + 1] for items, run in opening if dateline(items, run)]
    years = [i.word for date in dates for i in date if YEAR.fullmatch(i.word)]
    return years + DATE.findall(page.folded, 0, page.ends[min(OPENING, len(page.ends)) - 1][1])


def of_old(page: Page, n: int, items: list[Item], q: Quantity) -> bool:
    """Is the nearest year that the sentence names before the newest one of the text, or years ago?"""
    if not YEAR.search(page.folded, *page.ends[n]):
        return False
    years = [(abs(k - q.last) if k else 0, int(i.word)) for k, i in enumerate(items) if YEAR.fullmatch(i.word)]
    newest = page.notes.get(("newest year", 0))
    if newest is None:
        newest = max(map(int, _published(page) or [str(page.year - 1), *YEAR.findall(page.folded)]))
        page.notes["newest year", 0] = newest
    away, year = min(years, default=(0, newest))
    return away <= BESIDE and year < newest  # type: ignore[operator]
