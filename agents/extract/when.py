"""Time expressions: the longest runs of words that together say when."""

from agents.extract.page import Page
from agents.extract.places import known_places
from agents.extract.words import UNKNOWN, Item
from streams.records import Span

DATED = frozenset(("month", "time_unit", "time_join"))
CORE = frozenset(("weekday", "month", "month_dated", "time_word"))
INSIDE = frozenset(["weekday", "month", "time_word", "time_unit", "time_lead", "time_back", "time_join"])
SINCE = 7  # items from "since" to its date at most
OPENS, EARLIER = 3, 6  # items that open a sentence; what a time before the number counts as further off
NEAR = 2  # sentences back, where every sentence that matters has its own time
SAID = 5  # items from a verb of saying to its time at most
AHEAD = 2  # sentences of the opening that may leave the time to those that follow
LONGEST = 12  # items of one expression


def times(page: Page, n: int) -> list[tuple[int, int]]:
    """First and last item of each time expression of sentence n."""
    known = page.notes.get(("times", n))
    if known is None:
        says = page.marks(n) & CORE or page.marks(n) & {"time_unit", "time_lead", "time_back"}
        known = page.notes["times", n] = _runs(page.items(n)) if says else []
    return known  # type: ignore[return-value]


def _runs(items: list[Item]) -> list[tuple[int, int]]:
    out = []
    k, n = 0, len(items)
    while k < n:
        if (items[k].entry is UNKNOWN and items[k].kind != "digits") or not _inside(items, k):
            k += 1
            continue
        end = k
        while end < n and end - k < LONGEST and (_inside(items, end) or _glue(items, end)):
            end += 1
        last = end - 1
        while last > k and (items[last].has("time_join") or not _inside(items, last)):
            last -= 1
        first = k
        while first < last and items[first].has("time_join") and not items[first].has("time_lead"):
            first += 1
        while first < last and _counts(items, first) and not items[first + 1].entry.marks & DATED:
            first += 1  # "wounded 25 Monday evening"
        while first < last and _counts(items, last) and not items[last - 1].has("month") and len(items[last].word) < 4:
            last -= 1  # "last month 30 people"
        while first < last and items[last].has("time_open"):
            last -= 1  # "Monday during …"
        if _says_when(items[first : last + 1]):
            out.append((_since(items, first), last))
        k = end
    return out


def _counts(items: list[Item], k: int) -> bool:
    return items[k].kind == "digits" or items[k].entry.number is not None


def _since(items: list[Item], first: int) -> int:
    """ "since the war began in March": one expression, from "since" on."""
    for k in range(first - 1, max(-1, first - 1 - SINCE), -1):
        if items[k].kind == "sign":
            break
        if items[k].has("time_since"):
            return k
    return first


def _inside(items: list[Item], k: int) -> bool:
    item = items[k]
    if not INSIDE.isdisjoint(item.entry.marks):
        return True
    if item.has("month_dated"):  # «آب», a father too: a month only beside a number or another word of time
        near = [items[m] for m in (k - 1, k + 1) if 0 <= m < len(items)]
        return any(
            i.kind == "digits" or i.word == "/" or i.entry.marks & {"month", "time_unit", "time_lead"} for i in near
        )
    if item.kind == "digits" or item.entry.number is not None:
        near = [items[m] for m in (k - 1, k + 1, k + 2) if 0 <= m < len(items)]
        if k > 1 and items[k - 1].word == "." and items[k - 2].has("month"):
            return True  # "Jan. 25"
        year = (
            k > 1
            and len(item.word) == 4
            and items[k - 1].word == ","
            and (items[k - 2].has("month") or _dated(items, k))
        )
        return year or any(i.entry.marks & {"month", "time_unit", "time_lead"} for i in near)
    return False


def _dated(items: list[Item], k: int) -> bool:
    """ "September 11, 2001", seen from the year."""
    return k > 2 and items[k - 2].kind == "digits" and items[k - 3].has("month")


def _glue(items: list[Item], k: int) -> bool:
    """A comma, slash or bracket inside of a date."""
    if items[k].word not in ",/():-[].":
        return False
    return k + 1 < len(items) and k > 0 and _inside(items, k + 1) and _inside(items, k - 1)


def _says_when(run: list[Item]) -> bool:
    if any(item.entry.marks & CORE for item in run):
        return True
    unit = any(item.has("time_unit") for item in run)
    lead = any(item.entry.marks & {"time_lead", "time_back"} for item in run)
    year = any(i.kind == "digits" and len(i.word) == 4 and i.word[:2] in ("19", "20") for i in run)
    return (lead and (unit or year)) or (unit and year)


def _within_place(page: Page, n: int, run: tuple[int, int]) -> bool:
    """«17 تموز» may be a quarter of a town."""
    first, last = (page.items(n)[k] for k in run)
    return any(s.start <= first.start and last.end <= s.end for s in known_places(page, n))


def when(page: Page, n: int, at: int, reach: int, since: bool) -> Span | None:
    """The time of a figure at item `at` of sentence n: its own sentence's nearest, else an earlier one's.

    `since`: of several, a time that says from when on is wanted.
    """
    ahead = range(n + 1, min(n + 1 + AHEAD, len(page.ends))) if page.pack.head == "last" and n < AHEAD else ()
    said: list[tuple[int, int]] = []
    reach = min(reach, NEAR) if page.pack.head == "last" else reach
    for m in [*range(n, max(-1, n - 1 - reach), -1), *ahead]:
        found = [r for r in times(page, m) if not _within_place(page, m, r)]
        if page.pack.head == "last" or m == n:
            says = _of_saying if page.pack.head == "last" else _before_that
            told = [r for r in found if says(page.items(m), r)]
            said = said or (told if m == n else [])
            found = [r for r in found if r not in told]
        if found:
            items = page.items(m)

            def far(run: tuple[int, int], items: list[Item] = items) -> tuple[bool, int]:
                opens = any(item.has("time_since") for item in items[run[0] : run[1] + 1])
                before = EARLIER if OPENS < run[0] < at and page.pack.head == "last" else 0
                return since and not opens, abs(run[0] - at) + before

            first, last = min(found, key=far) if m == n else found[0]
            return page.words(m, first, last)
    return page.words(n, *said[0]) if said else None


def _before_that(items: list[Item], run: tuple[int, int]) -> bool:
    """Does a verb of saying stand before it and its "that" behind: «أعلنت أمس أن …»?"""
    behind = items[run[1] + 1 : run[1] + 1 + SAID]
    before = items[max(0, run[0] - 2 * SAID) : run[0]]
    if not any(i.has("clause") for i in behind) or any(i.entry.outcome for i in before):
        return False
    return any(i.has("speech") for i in before)


def _of_saying(items: list[Item], run: tuple[int, int]) -> bool:
    """Is it when somebody spoke: "officials said on Wednesday", "told reporters in a statement on Monday"?"""
    for k in range(run[0] - 1, max(-1, run[0] - 1 - SAID), -1):
        if items[k].has("speech"):
            return True
        if items[k].kind == "sign" or items[k].entry.outcome is not None or items[k].has("aux"):
            break
    after = items[run[1] + 1] if run[1] + 1 < len(items) else None
    return after is not None and after.has("speech")
