"""The time of a figure: the nearest that its sentence names, else one of the sentences around it."""

from agents.extract.named.times import CORE, Run, times
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked
from streams.records import Span

OPENS, EARLIER = 3, 6  # items that open a sentence; what a time before the number counts as further off
NEAR = 2  # sentences back, where every sentence that matters has its own time
SAID = 5  # items from a verb of saying to its time at most
EARLY = 3  # sentences that tell when all of it was
CLOCK = 30  # what an hour counts as further off than a day
AHEAD = 2  # sentences of the opening that may leave the time to those that follow
LASTING = frozenset(("time_since", "long_unit", "background", "cumulative"))
DAY = frozenset(("weekday", "time_word"))
CLAUSE, NAMED = 8, 4  # items from "that" to its time; from whom it tells of to "that"
COMMAS = (",", "،", "؛", ";")
WORST = 6  # items from "the worst" to the time in which it was


def when(page: Page, n: int, at: int, reach: int, since: bool) -> Span | None:
    """The time of a figure at item `at` of sentence n: its own sentence's nearest, else an earlier one's.

    The day on which something was said, or the article published, counts only where there is no other.
    `since`: of several, a time that says from when on is wanted.
    """
    reach = min(reach, NEAR) if page.pack.head == "last" else reach
    ahead = range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if n < AHEAD else ()
    if own := times_of_events(page, n):
        return page.words(n, *min(own, key=lambda run: _far(page.items(n), run, at, since, page.pack.head == "last")))
    back = range(n - 1, max(-1, n - 1 - reach), -1)
    early = range(min(n, EARLY)) if reach > 1 else ()
    spoken = any(_of_day(page, n, run) for run in times(page, n))  # "the army said on Sunday"
    for m in [*back, *ahead, *early]:
        found = [run for run in times_of_events(page, m) if _carries(page.items(m), run, since)]
        if spoken and found:
            found = [run for run in found if _of_day(page, m, run)]
        if found:
            return page.words(m, *found[0])
    for m in [n, *back]:
        found = [run for run in times(page, m) if m == n or _carries(page.items(m), run, since)]
        if found:
            return page.words(m, *found[0])
    return None


def _of_day(page: Page, n: int, run: Run) -> bool:
    return any(item.entry.marks & DAY for item in page.items(n)[run[0] : run[1] + 1])


def times_of_events(page: Page, n: int) -> list[Run]:
    """The times of sentence n at which something happened: all of its figures ask for them."""
    known = page.notes.get(("times of events", n))
    if known is None:
        known = page.notes["times of events", n] = [run for run in times(page, n) if _of_event(page, n, run)]
    return known  # type: ignore[return-value]


def _of_event(page: Page, n: int, run: Run) -> bool:
    """Is it when something happened, not when it was said, published or the worst of its kind?"""
    items = page.items(n)
    if any_marked(items[max(0, run[0] - WORST) : run[0]], "superlative"):
        return False
    if (n < AHEAD and dateline(items, run)) or _of_somebody(items, run):
        return False
    return not (_of_saying(items, run) or (page.pack.head == "first" and _before_that(items, run)))


def _of_somebody(items: list[Item], run: Run) -> bool:
    """Is it told of somebody in a relative clause: "a rocket of the force that ended its mission in May"?"""
    for k in range(run[0] - 1, max(0, run[0] - 1 - CLAUSE), -1):
        if items[k].kind == "sign" or items[k].entry.outcome is not None:
            return False
        if items[k].has("recalls"):
            return not any(i.has("cause") or i.entry.outcome for i in items[max(0, k - NAMED) : k])
    return False


def dateline(items: list[Item], run: Run) -> bool:
    """ "AFP Friday 6 Feb 2015": a full date that no preposition leads."""
    whole = any(i.kind == "digits" and len(i.word) > 2 for i in items[run[0] : run[1] + 1])
    led = run[0] > 0 and items[run[0] - 1].entry.marks & {"time_prep", "time_lead"}
    return whole and not led and any_marked(items[run[0] : run[1] + 1], "month")


def _far(items: list[Item], run: Run, at: int, since: bool, late: bool) -> tuple[bool, int]:
    opens = any_marked(items[run[0] : run[1] + 1], "time_since")
    before = EARLIER if OPENS < run[0] < at and late else 0
    other = _of_clock(items, run) or _next_part(items, run, at)
    return since and not opens, abs(run[0] - at) + before + (CLOCK if other else 0)


def _next_part(items: list[Item], run: Run, at: int) -> bool:
    """Does it open what the sentence goes on to tell: "39 died, and in March …"?"""
    first = run[0] if items[run[0]].joined else run[0] - 1
    return at < first - 1 and items[first].joined and items[first - 1].word in COMMAS


def _carries(items: list[Item], run: Run, since: bool) -> bool:
    """May it tell the time of other sentences too? An hour does not, nor what lasts or is long ago for one event."""
    told = items[run[0] : run[1] + 1]
    lasts = any(i.entry.marks & LASTING for i in told) and not any(i.entry.marks & DAY for i in told)
    return not _of_clock(items, run) and (since or not lasts)


def _of_clock(items: list[Item], run: Run) -> bool:
    """Does it say the hour and no day?"""
    told = items[run[0] : run[1] + 1]
    return any_marked(told, "time_clock") and not any(i.entry.marks & CORE for i in told)


def _before_that(items: list[Item], run: Run) -> bool:
    """Does a verb of saying stand before it and its "that" behind: «أعلنت أمس أن …»?"""
    behind = items[run[1] + 1 : run[1] + 1 + SAID]
    before = items[max(0, run[0] - 2 * SAID) : run[0]]
    if not any_marked(behind, "clause") or any(i.entry.outcome for i in before):
        return False
    return any_marked(before, "speech")


def _of_saying(items: list[Item], run: Run) -> bool:
    """Is it when somebody spoke: "officials said on Wednesday", "told reporters in a statement on Monday"?"""
    for k in range(run[0] - 1, max(-1, run[0] - 1 - SAID), -1):
        if items[k].has("speech"):
            return True
        if items[k].kind == "sign" or items[k].entry.outcome is not None or items[k].has("aux"):
            break
    after = items[run[1] + 1] if run[1] + 1 < len(items) else None
    return after is not None and after.has("speech")
