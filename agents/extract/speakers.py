"""Who states a figure: beside a verb of saying, carried on by "he added"."""

from agents.extract.page import Page
from agents.extract.words import Item
from streams.records import Span

SAYING = frozenset(("speech", "speech_on", "according"))
LONGEST = 14  # items of a speaker's name and office
CARRY = 4  # sentences over which "he added" reaches back


def speaker(page: Page, n: int) -> Span | None:
    """The speaker of sentence n; where the sentence only goes on speaking, the one before."""
    for back in range(CARRY + 1):
        if n - back < 0:
            return None
        found, goes_on = _own(page, n - back)
        if found is not None:
            items = page.items(n - back)
            return page.span(items[found[0]].start, items[found[1]].end)
        if back == 0 and not goes_on and not _same_line(page, n):
            return None
        if back == 1 and not _own(page, n)[1]:
            return None
    return None


def _same_line(page: Page, n: int) -> bool:
    """Does sentence n stand in one paragraph with the one before?"""
    return n > 0 and "\n" not in page.text[page.ends[n - 1][1] : page.ends[n][0]]


def _own(page: Page, n: int) -> tuple[tuple[int, int] | None, bool]:
    known = page.notes.get(("speaker", n))
    if known is None:
        known = page.notes[("speaker", n)] = (
            _find(page.items(n), page.pack.head) if page.marks(n) & SAYING else (None, False)
        )
    return known  # type: ignore[return-value]


def _find(items: list[Item], head: str) -> tuple[tuple[int, int] | None, bool]:
    goes_on = False
    for k, item in enumerate(items):
        if item.has("according"):
            run = _forward(items, k + 1)
            if run:
                return run, False
        if item.has("speech") or item.has("speech_on"):
            on = item.has("speech_on")
            run = None
            if head == "last":
                run = _backward(items, k - 1) or _forward(items, k + 1)
            else:
                run = _forward(items, k + 1) or (None if on else _backward(items, k - 1))
            if run and not items[run[0]].has("pronoun"):
                return run, False
            goes_on = goes_on or on or run is not None
    return None, goes_on


def _ends(item: Item) -> bool:
    return (
        item.has("that")
        or item.has("speech")
        or item.has("modal")
        or item.has("break")
        or item.word in '.,،;؛:"“”«»()!?؟-'
    )


def _forward(items: list[Item], k: int) -> tuple[int, int] | None:
    while k < len(items) and (items[k].has("speech_gap") or items[k].word == ":"):
        k += 1
    first = k
    while k < len(items) and k - first < LONGEST and not _ends(items[k]) and items[k].entry.outcome is None:
        if (k > first and items[k].has("time_word")) or items[k].has("weekday"):
            break
        k += 1
    return _worth(items, first, k - 1)


def _backward(items: list[Item], k: int) -> tuple[int, int] | None:
    while k >= 0 and (items[k].has("aux") or items[k].has("adverb") or items[k].has("weekday")):
        k -= 1
    if k >= 0 and items[k].word in ",،":
        return None
    last = k
    while (
        k >= 0
        and last - k < LONGEST
        and not _ends(items[k])
        and items[k].entry.outcome is None
        and not items[k].has("rel")
    ):
        k -= 1
    return _worth(items, k + 1, last)


def _worth(items: list[Item], first: int, last: int) -> tuple[int, int] | None:
    while first <= last and (items[first].has("conj") or items[first].has("place_prep") or items[first].has("adverb")):
        first += 1
    if first > last or items[first].kind != "word":
        return None
    if items[first].entry.marks & {"time_word", "time_unit", "weekday", "time_lead"}:
        return None
    return first, last
