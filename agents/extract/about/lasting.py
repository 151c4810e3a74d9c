"""Whether a figure covers a long time although no word of one stands beside it."""

from agents.extract.about.earlier import OPENING, days
from agents.extract.about.when import times_of_events
from agents.extract.counted.quantity import Quantity
from agents.extract.named.times import times
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked

ADDING = frozenset(("cumulative", "cumulative_open"))
MANY_DEAD = 200  # few single events kill so many
MANY = 10_000  # so many displaced in a conflict are the work of years
LARGE = frozenset(("tens_of_thousands", "hundreds_of_thousands", "millions"))
HUNDREDS = LARGE | {"hundreds", "thousands"}
EVENTS = 12  # items from "attacks" to "dozens"
UNIT = 4  # items from "over the past" to "months"


def of_many(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """Is it told as the work of many events, by how vague or how great it is?"""
    items = page.items(n)
    thousands = q.magnitude in LARGE | {"thousands"} and fate.what.measure in ("killed", "injured", "captured")
    countless = thousands and n >= OPENING and not times(page, n)
    return countless or _vague_and_perfect(page, n, items, q, fate) or _vague_events(page, n, items, q)


def of_war(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """So many dead or displaced, beside a war, are the work of years."""
    return fate.what.measure in ("displaced", "killed", "injured") and _masses(q) and _in_conflict(page, n)


def of_people(page: Page, n: int, fate: Fate) -> bool:
    """ "The Palestinian death toll", the toll of an epidemic."""
    if not fate.what.takes("toll"):
        return False
    if fate.first and page.items(n)[fate.first - 1].has("nationality"):
        return True
    return any("epidemic" in page.marks(m) for m in {*range(min(OPENING, len(page.ends))), n})


def since_then(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """Does it go on since the old year that the sentence names?"""
    return _since_then(page.items(n), fate) or _adds_up(page, n, q)


def of_report(page: Page, n: int, q: Quantity) -> bool:
    """Does the article, or the sentence, speak of a long time, and this figure of no other?"""
    return _statistics(page, n) or _listed(page, n, q) or _one_of_totals(page, n, q)


def _vague_and_perfect(page: Page, n: int, items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "The group has killed hundreds of people": so many, and at no time that the sentence names."""
    perfect = any_marked(items[max(0, fate.first - 2) : fate.first], "perfect")
    return q.magnitude in HUNDREDS and perfect and not times(page, n)


def _vague_events(page: Page, n: int, items: list[Item], q: Quantity) -> bool:
    """ "Attacks on the patrols have left dozens dead": events of no day that are not counted either."""
    if n < OPENING or q.magnitude is None or times(page, n):
        return False
    near = range(max(0, q.first - EVENTS), min(len(items), q.last + EVENTS))
    return any(items[k].has("events") and not _definite(items, k) for k in near)


def _definite(items: list[Item], k: int) -> bool:
    return "def" in items[k].entry.clitics or any_marked(items[max(0, k - 3) : k], "article")


def _masses(q: Quantity) -> bool:
    return q.magnitude in LARGE or (q.low or q.high or 0) >= MANY


def _in_conflict(page: Page, n: int) -> bool:
    return any("conflict" in page.marks(m) for m in (n - 1, n, n + 1) if 0 <= m < len(page.ends))


def _since_then(items: list[Item], fate: Fate) -> bool:
    """ "The war that began in 2014 has killed 9,000 and driven 40,000 from their homes": it goes on."""
    perfect = (k for k in range(fate.first) if items[k].has("present_perfect"))
    return any(item.entry.outcome is not None for k in perfect for item in items[k + 1 : k + 3])


def _adds_up(page: Page, n: int, q: Quantity) -> bool:
    """So many, and a word of a long time in the sentence, if further off than others: no single event's."""
    marks = page.marks(n)
    return _many_dead(q) and bool(marks & ADDING) and "superlative" not in marks


def _many_dead(q: Quantity) -> bool:
    return q.magnitude in HUNDREDS or (q.low or q.high or 0) >= MANY_DEAD


def _listed(page: Page, n: int, q: Quantity) -> bool:
    """Is it named beside another of the same long time: "since May 70 rebels were killed and 30 soldiers"?"""
    before = page.notes.get(("cumulative", n))
    return before is not None and not any(before < first < q.first for first, _ in times(page, n))  # type: ignore[operator]


def _one_of_totals(page: Page, n: int, q: Quantity) -> bool:
    """So many, of no day, in an article that tells of a long time already."""
    before = (q.low or q.high or 0) >= MANY_DEAD and any(("cumulative", m) in page.notes for m in range(n))
    return before and not any(days(page, n, run) for run in times(page, n))


def _statistics(page: Page, n: int) -> bool:
    """Does the article open as a report over a longer time, and this sentence name no day of its own?"""
    known = page.notes.get(("over long", 0))
    if known is None:
        opening = range(min(OPENING, len(page.ends)))
        known = any("statistics" in page.marks(m) or _over_long(page.items(m), page.marks(m)) for m in opening)
        page.notes["over long", 0] = known
    return bool(known) and not any(days(page, n, run) for run in times_of_events(page, n))


def _over_long(items: list[Item], marks: frozenset[str]) -> bool:
    """Does a sentence speak of a time that is long and over: "over the past nine months"?"""
    if "cumulative_open" not in marks or "superlative" in marks:
        return False
    spans = (k for k, i in enumerate(items) if i.has("cumulative_open") and not i.has("time_since"))
    return any(i.has("long_unit") for k in spans for i in items[k + 1 : k + UNIT])
