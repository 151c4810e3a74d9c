"""Which events a figure covers: this one, many together, a part of it, or an earlier one."""

from agents.extract.about.earlier import OPENING, earlier, goes_on, of_old, other_day
from agents.extract.about.lasting import of_many, of_people, of_report, of_war, since_then
from agents.extract.about.partial import is_part, may_be_part
from agents.extract.counted.quantity import Quantity
from agents.extract.named.times import YEAR
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked

REACH = 14  # items from a number to the word that widens its time
WORST = 14  # items from "the worst" to the time in which it was
MONTH = 2  # items from "during" to a month
LONG = 7  # items from "in the last", "since" to the month or the year
SHORT = frozenset(("weekday", "time_word", "time_clock", "short_unit"))
WORDS = (("cumulative", "cumulative"), ("cumulative", "cumulative_open"), ("background", "background"))
PART = "part"  # a subtotal if the article states what it is a part of, else an incident's


def scope(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    """incident, cumulative, subtotal, background, or PART. What binding already knows wins.

    Wants to be asked in the order of the text: what was found before counts too.
    """
    found = q.scope or _scope(page, n, q, fate)
    if found == "cumulative":
        page.notes["cumulative", n] = q.last
    if found == "incident" and n <= OPENING:
        page.notes["event", 0] = True  # what the article is about: "the attack that killed" speaks of it again
    return found


def _scope(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    if is_part(page, n, q, fate):
        return "subtotal"
    found = _whole(page, n, q, fate)
    return PART if found == "incident" and may_be_part(page, n, q, fate) else found


def _whole(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    """incident, cumulative or background, if it is no part of another."""
    items = page.items(n)
    best = _nearest(items, q, page.marks(n))
    if best == "background" and n < OPENING and any_marked(items[max(0, q.first - REACH) : q.first], "rising"):
        return "incident"  # "the toll of last week's wreck has risen to 38"
    if best == "incident" and n >= OPENING and "background_late" in page.marks(n):
        best = _nearest(items, q, page.marks(n), (("background", "background_late"),))
    if of_war(page, n, q, fate) or (best == "incident" and of_many(page, n, q, fate)) or of_people(page, n, fate):
        return "cumulative"
    if items[0].has("context") and "meanwhile" not in page.marks(n):
        return "background"
    if fate.what.measure == "captured" and "freed" in page.marks(n):
        return "background"
    if best == "cumulative":
        return best
    if of_old(page, n, items, q) and since_then(page, n, q, fate):
        return "cumulative"
    if earlier(page, n, q, fate) or (best == "incident" and (other_day(page, n, q) or goes_on(page, n, q))):
        return "background"
    if best == "incident" and _beyond_any_event(q, fate):
        return "background"
    if best == "incident" and of_report(page, n, q):
        return "cumulative"
    return best


def _beyond_any_event(q: Quantity, fate: Fate) -> bool:
    """No single event has killed or hurt a million: so many are a disease's or a war's, told as context."""
    return fate.what.measure in ("killed", "injured", "killed_or_injured") and (q.low or q.high or 0) >= 1_000_000


def _nearest(items: list[Item], q: Quantity, marks: frozenset[str], words: tuple[tuple[str, str], ...] = WORDS) -> str:
    """Which scope the nearest word of scope gives."""
    best, far = "incident", REACH + 1
    for name, mark in words:
        if mark not in marks:
            continue
        for k, item in enumerate(items):
            if not item.has(mark) or (mark == "cumulative_open" and not _long(items, k)):
                continue
            behind = q.last if q.last < k else 0  # "the deadliest place, where 37 died this year"
            if name == "cumulative" and any_marked(items[max(behind, k - WORST) : k], "superlative"):
                continue  # "the worst attack this year", "the worst since"
            if _another_clause(items[q.last + 1 : k], marks):
                continue  # "on Sunday killed four in a town that the war had spared"
            away = q.first - k if k < q.first else k - q.last
            if name == "background" and _said_then(items, min(k, q.first), max(k, q.last)):
                continue  # the time of the saying
            if away < far:
                best, far = name, away
    return best


def _another_clause(between: list[Item], marks: frozenset[str]) -> bool:
    """Does a relative clause part a number from a word of a long time, in a sentence that names a day?"""
    return "weekday" in marks and any(item.has("rel") or item.has("clause") for item in between)


def _long(items: list[Item], k: int) -> bool:
    """Does "in the last", "since" go on to a month, a year, more?"""
    after = items[k + 1 : k + LONG]
    since = items[k].has("time_since")
    months = after if since else after[:MONTH]  # "the last attack, in May, …"
    if any(i.has("long_unit") or YEAR.fullmatch(i.word) for i in after) or any(i.has("month") for i in months):
        return True
    return since and not any(i.entry.marks & SHORT for i in after)


def _said_then(items: list[Item], first: int, last: int) -> bool:
    """Does a verb of saying, or its "that", stand between a number and a time? Not the "that" of "the fire that killed"."""
    for k in range(first + 1, last):
        if items[k].has("speech") or (items[k].has("clause") and items[k + 1].entry.outcome is None):
            return True
    return False
