"""Which events a figure covers: this one, many together, a part of it, or an earlier one."""

from agents.extract.about.earlier import OPENING, days, earlier, goes_on, of_old, other_day
from agents.extract.about.when import of_event
from agents.extract.counted.quantity import Quantity
from agents.extract.named.times import YEAR, times
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked

REACH = 14  # items from a number to the word that widens its time
ADDING = frozenset(("cumulative", "cumulative_open"))
MANY_DEAD = 200  # more than one event kills
MANY = 10_000  # so many displaced in a conflict are the work of years
LARGE = frozenset(("tens_of_thousands", "hundreds_of_thousands", "millions"))
HUNDREDS = LARGE | {"hundreds", "thousands"}
WORST = 14  # items from "the worst" to the time in which it was
AMONG = 3  # items from "among" to "the dead"
EVENTS = 12  # items from "attacks" to "dozens"
UNIT = 4  # items from "over the past" to "months"
MONTH = 2  # items from "during" to a month
LONG = 7  # items from "in the last", "since" to the month or the year
SHORT = frozenset(("weekday", "time_word", "time_clock", "short_unit"))
PART = "part"  # a subtotal if the article states what it is a part of, else an incident's
NEAR = 5  # items from a number to how they fare
ALONE = 7  # items from a number to "alone"
HURT = frozenset(("injured", "killed_or_injured", "evacuated", "displaced"))
ON_TOP = 4  # items from "after" to those who died


def scope(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    """incident, cumulative, subtotal, background, or PART. What binding already knows wins.

    Wants to be asked in the order of the text: what was found before counts too.
    """
    found = q.scope or _scope(page, n, q, fate)
    if found == "cumulative":
        page.notes["cumulative", n] = q.last
    return found


def _scope(page: Page, n: int, q: Quantity, fate: Fate) -> str:
    items = page.items(n)
    if _of_the(items, q, fate) or _among(page, items, fate) or _on_top(items, q, fate):
        return "subtotal"
    if _alone(items, q) or (n > 0 and (_staying(items, q, fate) or _one_event(page, n, q))):
        return PART
    best = _nearest(items, q, page.marks(n))
    if best == "background" and n < OPENING and any_marked(items[max(0, q.first - REACH) : q.first], "rising"):
        return "incident"  # "the toll of last week's wreck has risen to 38"
    if best == "incident" and n >= OPENING and "background_late" in page.marks(n):
        best = _nearest(items, q, page.marks(n), (("background", "background_late"),))
    if fate.what.measure in ("displaced", "killed") and _masses(q) and _in_conflict(page, n):
        return "cumulative"
    if best == "incident" and (_vague_and_perfect(page, n, items, q, fate) or _vague_events(page, n, items, q)):
        return "cumulative"
    if any(w.direction == "toll" for w in fate.what.ways) and _total(page, n, items, fate):
        return "cumulative"
    if items[0].has("context") and "meanwhile" not in page.marks(n):
        return "background"
    if fate.what.measure == "captured" and "freed" in page.marks(n):
        return "background"
    if best == "cumulative":
        return best
    if of_old(page, n, items, q) and (_since_then(items, fate) or _adds_up(page, n, q)):
        return "cumulative"
    if earlier(page, n, q, fate) or (best == "incident" and (other_day(page, n, q) or goes_on(page, n))):
        return "background"
    if best == "incident" and _beyond_any_event(q, fate):
        return "background"
    if best == "incident" and (_statistics(page, n) or _listed(page, n, q) or _one_of_totals(page, n, q)):
        return "cumulative"
    return best


def _among(page: Page, items: list[Item], fate: Fate) -> bool:
    """ "Two children were among the dead", «من بين القتلى»: a part of them."""
    if "among" in page.pack.marks(items[fate.first].word.split()[0]):
        return True  # the phrase itself
    for k in range(fate.first - 1, max(-1, fate.first - 1 - AMONG), -1):
        if items[k].has("among"):
            return "def" in items[fate.first].entry.clitics or items[k + 1].has("det")
        if items[k].kind != "word" or items[k].entry.number:
            return False
    return False


def _staying(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "Nine are still in hospital", "two in critical condition", «8 إصابات متوسطة»: how some of them fare."""
    if fate.what.measure not in HURT:
        return False
    beside = items[max(0, min(q.first, fate.first) - 3) : max(q.last, fate.last) + NEAR]
    return any(item.has("staying") or item.has("severity") for item in beside)


def _alone(items: list[Item], q: Quantity) -> bool:
    """ "Twenty in Basra alone", «في البصرة وحدها»."""
    return any_marked(items[q.last + 1 : q.last + 1 + ALONE], "alone")


def _one_event(page: Page, n: int, q: Quantity) -> bool:
    """ "The first accident left two dead": one of several events that the article adds up."""
    return "one_of_several" in page.marks(n) and any_marked(page.items(n)[: q.first], "one_of_several")


def _on_top(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """Is it what raised a toll: "the toll rose to 32 after two soldiers died", "two more died, bringing the toll to 32"?"""
    more = any_marked(items[q.first : q.last + 2], "other")
    if more and _toll(items[max(q.last, fate.last) + 1 :], fate):
        return True
    first = min(q.first, fate.first)
    at = next((k for k in range(first - 1, max(0, first - 1 - ON_TOP), -1) if items[k].has("raised_after")), 0)
    raises = any(way.direction == "toll" for way in fate.what.ways)
    return not raises and fate.first > at and _toll(items[:at], fate)


def _toll(items: list[Item], fate: Fate) -> bool:
    """Is a toll of the same measure told here?"""
    outcomes = (item.entry.outcome for item in items if item.entry.outcome is not None)
    return any(
        what.measure == fate.what.measure and any(way.direction == "toll" for way in what.ways) for what in outcomes
    )


def _total(page: Page, n: int, items: list[Item], fate: Fate) -> bool:
    """ "The Palestinian death toll", the toll of an epidemic."""
    if fate.first and items[fate.first - 1].has("nationality"):
        return True
    return any("epidemic" in page.marks(m) for m in {*range(min(OPENING, len(page.ends))), n})


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
            if name == "cumulative" and any_marked(items[max(0, k - WORST) : k], "superlative"):
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


def _vague_and_perfect(page: Page, n: int, items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "The group has killed hundreds of people": so many, and at no time that the sentence names."""
    perfect = any_marked(items[max(0, fate.first - 2) : fate.first], "perfect")
    return q.magnitude in HUNDREDS and perfect and not times(page, n)


def _vague_events(page: Page, n: int, items: list[Item], q: Quantity) -> bool:
    """ "Attacks on the patrols have left dozens dead": events of no day that are not counted either."""
    if n < OPENING or q.magnitude is None or times(page, n):
        return False
    near = range(max(0, q.first - EVENTS), q.first)
    return any(items[k].has("events") and not _definite(items, k) for k in near)


def _definite(items: list[Item], k: int) -> bool:
    return "def" in items[k].entry.clitics or any_marked(items[max(0, k - 3) : k], "article")


def _masses(q: Quantity) -> bool:
    return q.magnitude in LARGE or (q.low or q.high or 0) >= MANY


def _in_conflict(page: Page, n: int) -> bool:
    return any("conflict" in page.marks(m) for m in (n - 1, n, n + 1) if 0 <= m < len(page.ends))


def _said_then(items: list[Item], first: int, last: int) -> bool:
    """Does a verb of saying, or its "that", stand between a number and a time?"""
    return any(item.has("speech") or item.has("clause") for item in items[first + 1 : last])


def _of_the(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "Three of the wounded" are a part of them."""
    between = items[q.last + 1 : fate.first] if q.last < fate.first else []
    those = "def" in items[fate.first].entry.clitics or (between and between[0].has("article_of"))
    return bool(those) and len(between) == 1 and between[0].has("of")


def _listed(page: Page, n: int, q: Quantity) -> bool:
    """Is it named beside another of the same long time: "since May 70 rebels were killed and 30 soldiers"?"""
    before = page.notes.get(("cumulative", n))
    return before is not None and not any(before < first < q.first for first, _ in times(page, n))  # type: ignore[operator]


def _since_then(items: list[Item], fate: Fate) -> bool:
    """ "The war that began in 2014 has killed 9,000 and driven 40,000 from their homes": it goes on."""
    perfect = (k for k in range(fate.first) if items[k].has("present_perfect"))
    return any(item.entry.outcome is not None for k in perfect for item in items[k + 1 : k + 3])


def _one_of_totals(page: Page, n: int, q: Quantity) -> bool:
    """So many, of no day, in an article that tells of a long time already."""
    before = (q.low or q.high or 0) >= MANY_DEAD and any(("cumulative", m) in page.notes for m in range(n))
    return before and not any(days(page, n, run) for run in times(page, n))


def _adds_up(page: Page, n: int, q: Quantity) -> bool:
    """So many, and a word of a long time in the sentence, if further off than others: no single event's."""
    marks = page.marks(n)
    return _many_dead(q) and bool(marks & ADDING) and "superlative" not in marks


def _many_dead(q: Quantity) -> bool:
    return q.magnitude in HUNDREDS or (q.low or q.high or 0) >= MANY_DEAD


def _statistics(page: Page, n: int) -> bool:
    """Does the article open as a report over a longer time, and this sentence name no day of its own?"""
    known = page.notes.get(("over long", 0))
    if known is None:
        opening = range(min(OPENING, len(page.ends)))
        known = any("statistics" in page.marks(m) or _over_long(page.items(m), page.marks(m)) for m in opening)
        page.notes["over long", 0] = known
    return bool(known) and not any(days(page, n, run) for run in times(page, n) if of_event(page, n, run))


def _over_long(items: list[Item], marks: frozenset[str]) -> bool:
    """Does a sentence speak of a time that is long and over: "over the past nine months"?"""
    if "cumulative_open" not in marks or "superlative" in marks:
        return False
    spans = (k for k, i in enumerate(items) if i.has("cumulative_open") and not i.has("time_since"))
    return any(i.has("long_unit") for k in spans for i in items[k + 1 : k + UNIT])
