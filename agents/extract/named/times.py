"""Time expressions: the longest runs of words that together say when."""

import re

from agents.extract.named.known import known_places
from agents.extract.text.page import Page
from agents.extract.text.words import UNKNOWN, Item, any_marked

Run = tuple[int, int]  # first and last item of an expression
DATED = frozenset(("month", "time_unit", "time_join", "time_clock"))
CORE = frozenset(("weekday", "month", "month_dated", "time_word"))
INSIDE = frozenset(["weekday", "month", "time_word", "time_unit", "time_lead", "time_back", "time_join", "time_clock"])
FOLLOWS = frozenset(
    ("place_prep", "prep", "conj", "break", "that", "rel", "aux", "of", "det", "article")
)  # what may follow a year
TELLS = CORE | {"time_lead"}
SAYS = CORE | {"time_unit", "time_lead", "time_back", "time_clock"}
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SINCE = 7  # items from "since" to its date at most
AHEAD = 6  # items from "will" to its date
LONGEST = 12  # items of one expression


def times(page: Page, n: int) -> list[Run]:
    """First and last item of each time expression of sentence n."""
    known = page.notes.get(("times", n))
    if known is None:
        says = page.marks(n) & SAYS or YEAR.search(page.folded, *page.ends[n])
        runs = _runs(page.items(n)) if says else []
        known = page.notes["times", n] = [
            run for run in runs if not (_within_place(page, n, run) or _ahead(page.items(n), run))
        ]
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
        while first < last and _counts(items, first) and not _dated_by(items[first + 1]):
            first += 1  # "wounded 25 Monday evening"
        while first < last and _no_part(items, last):
            last -= 1  # "last month 30 people", "today four people"
        while first < last and items[last].has("time_hinge") and items[last - 1].entry.marks & TELLS:
            last -= 1  # "Monday after …"
        while first < last and items[last].has("time_open"):
            last -= 1  # "Monday during …"
        if _says_when(items[first : last + 1]):
            out.append((_since(items, first), last))
        k = end
    return out


def _counts(items: list[Item], k: int) -> bool:
    return items[k].kind == "digits" or items[k].entry.number is not None


def _no_part(items: list[Item], last: int) -> bool:
    """Is a number that ends an expression no day, hour or year of it, but how many were killed then?"""
    if not _counts(items, last) or items[last - 1].has("time_clock") or _month_before(items, last):
        return False
    return not (YEAR.fullmatch(items[last].word) or "def" in items[last].entry.clitics)


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
        if _month_before(items, k) or _in_year(items, k):
            return True
        year = k > 1 and len(item.word) == 4 and (_after_day(items, k - 1) or _after_day(items, k - 2, items[k - 1]))
        return year or any(i.entry.marks & {"month", "time_unit", "time_lead", "time_clock"} for i in near)
    return False


def _in_year(items: list[Item], k: int) -> bool:
    """ "In 1985, …", «في 2010», "1985 - …" at the head of a line; never "in 2000 homes"."""
    if k == 0 and len(items) > 1 and _is_year(items[0]):
        return items[1].word in ("-", "–", ":")
    if k < 1 or not _is_year(items[k]) or not items[k - 1].entry.marks & {"time_prep", "time_lead"}:
        return False
    if k + 1 == len(items) or items[k + 1].kind != "word":
        return True
    after = items[k + 1].entry
    return bool(after.marks & FOLLOWS) or (after.hedge is not None and after.hedge.before)  # "in 2021 nearly 300"


def _after_day(items: list[Item], k: int, comma: Item | None = None) -> bool:
    """ "September 11, 2001", "September 11 2001", "September, 2001": the year behind item `k`."""
    if comma is not None and comma.word != ",":
        return False
    return k >= 0 and (items[k].has("month") or (items[k].kind == "digits" and _month_before(items, k)))


def _month_before(items: list[Item], k: int) -> bool:
    """ "January 25", "Jan. 25"."""
    if k and items[k - 1].word == ".":
        k -= 1
    return k > 0 and items[k - 1].has("month")


def _dated_by(after: Item) -> bool:
    """Does a word that follows a number make it a date or a span: "25 January", "3 weeks"; not «183 خلال عام»?"""
    return not after.entry.marks.isdisjoint(DATED) and not after.has("time_lead")


def _glue(items: list[Item], k: int) -> bool:
    """A comma, slash or bracket inside of a date."""
    if items[k].word not in ",/():-[].":
        return False
    return k + 1 < len(items) and k > 0 and _inside(items, k + 1) and _inside(items, k - 1)


def _says_when(run: list[Item]) -> bool:
    marks = frozenset[str]().union(*[item.entry.marks for item in run])
    if marks & CORE:
        return True
    unit = "time_unit" in marks
    lead = not marks.isdisjoint(("time_lead", "time_back"))
    year = any(_is_year(i) for i in run)
    clock = "time_clock" in marks and any(i.kind == "digits" for i in run)
    return (lead and (unit or year)) or (unit and year) or clock or (year and len(run) < 3)


def _is_year(item: Item) -> bool:
    return item.kind == "digits" and len(item.word) == 4 and item.word[:2] in ("19", "20")


def _ahead(items: list[Item], run: Run) -> bool:
    """ "A force will deploy by 30 July", «الشهر المقبل»: what is to come is the time of nothing told."""
    if any_marked(items[run[0] : run[1] + 2], "ahead"):
        return True
    for item in reversed(items[max(0, run[0] - AHEAD) : run[0]]):
        if item.has("ahead"):
            return True
        if item.entry.outcome is not None or item.kind == "sign":
            break
    return False


def _within_place(page: Page, n: int, run: Run) -> bool:
    """«17 تموز» may be a quarter of a town."""
    first, last = (page.items(n)[k] for k in run)
    return any(s.start <= first.start and last.end <= s.end for s in known_places(page, n))
