"""Time expressions: the longest runs of words that together say when."""

from agents.extract.page import Page
from agents.extract.where import known_places
from agents.extract.words import Item
from streams.records import Span

CORE = frozenset(("weekday", "month", "time_word"))
INSIDE = frozenset(["weekday", "month", "time_word", "time_unit", "time_lead", "time_back", "time_join"])
SINCE = 7  # items from "since" to its date at most
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
        if not _inside(items, k):
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
        if _says_when(items[first : last + 1]):
            out.append((_since(items, first), last))
        k = end
    return out


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
    if item.kind == "digits" or item.entry.number is not None:
        near = [items[m] for m in (k - 1, k + 1, k + 2) if 0 <= m < len(items)]
        return any(i.entry.marks & {"month", "time_unit", "time_lead"} for i in near)
    return False


def _glue(items: list[Item], k: int) -> bool:
    """A comma, slash or bracket inside of a date."""
    if items[k].word not in ",/():-":
        return False
    return k + 1 < len(items) and k > 0 and _inside(items, k + 1) and _inside(items, k - 1)


def _says_when(run: list[Item]) -> bool:
    if any(item.entry.marks & CORE for item in run):
        return True
    unit = any(item.has("time_unit") for item in run)
    lead = any(item.entry.marks & {"time_lead", "time_back"} for item in run)
    year = any(i.kind == "digits" and len(i.word) == 4 and i.word[:2] in ("19", "20") for i in run)
    return (lead and (unit or year)) or (unit and year)


def _within(page: Page, n: int, run: tuple[int, int], spots: list[Span]) -> bool:
    items = page.items(n)
    return any(s.start <= items[run[0]].start and items[run[1]].end <= s.end for s in spots)


def when(page: Page, n: int, at: int, reach: int, since: bool) -> Span | None:
    """The time of a figure at item `at` of sentence n: its own sentence's nearest, else an earlier one's.

    `since`: of several, a time that says from when on is wanted.
    """
    for back in range(reach + 1):
        m = n - back
        if m < 0:
            break
        spots = known_places(page, m)  # «17 تموز» may be a quarter of a town
        found = [r for r in times(page, m) if not _within(page, m, r, spots)]
        if found:
            items = page.items(m)

            def far(run: tuple[int, int], items: list[Item] = items) -> tuple[bool, int]:
                opens = any(item.has("time_since") for item in items[run[0] : run[1] + 1])
                return since and not opens, abs(run[0] - at)

            first, last = min(found, key=far) if back == 0 else found[0]
            return page.words(m, first, last)
    return None
