"""Who states a figure: beside a verb of saying, carried on by "he added"."""

from agents.extract.page import Page
from agents.extract.where import known_places
from agents.extract.words import Item
from streams.records import Span

SAYING = frozenset(("speech", "speech_on", "according"))
LONGEST = 14  # items of a speaker's name and office
HEADED, NAME = 5, 4  # items of a speaker before a colon; of a name behind an office
CARRY = 4  # sentences over which "he added" reaches back


def speaker(page: Page, n: int) -> Span | None:
    """The speaker of sentence n; where the sentence only goes on speaking, the one before."""
    for back in range(CARRY + 1):
        if n - back < 0:
            return None
        found, goes_on = _own(page, n - back)
        if found is not None:
            return page.words(n - back, *found)
        if back == 0 and not goes_on and not _same_line(page, n) and not page.items(n)[0].has("same_speaker"):
            return None
        if back == 1 and not _own(page, n)[1] and not page.items(n)[0].has("same_speaker"):
            return None
    return None


def _same_line(page: Page, n: int) -> bool:
    """Does sentence n stand in one paragraph with the one before?"""
    return n > 0 and "\n" not in page.text[page.ends[n - 1][1] : page.ends[n][0]]


def _own(page: Page, n: int) -> tuple[tuple[int, int] | None, bool]:
    known = page.notes.get(("speaker", n))
    if known is None:
        known = (None, False)
        if page.marks(n) & SAYING:
            known = _find(page.items(n), page.pack.head)
        if known[0] is None and (run := _headed(page, n)):
            known = run, False
        page.notes[("speaker", n)] = known
    return known  # type: ignore[return-value]


def _headed(page: Page, n: int) -> tuple[int, int] | None:
    """ "Ministry: twelve killed": who stands before a colon at the head, if it is no place."""
    items = page.items(n)
    last = next((k - 1 for k, item in enumerate(items[: HEADED + 1]) if item.word == ":"), -1)
    if page.pack.head != "first" or last < 0 or items[0].start != page.ends[n][0]:
        return None
    if any(i.kind != "word" or i.entry.outcome or i.entry.number for i in items[: last + 1]):
        return None
    spoken = items[last + 2 :] and any(i.entry.outcome for i in items[last + 2 :])
    place = any(s.start < items[0].end for s in known_places(page, n))
    return (0, last) if spoken and not place and not items[0].has("no_speaker") else None


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
                told = k > 0 and items[0].has("aux") and _backward(items, k - 1)  # "the ministry had said"
                run = told or _forward(items, k + 1) or (None if on else _backward(items, k - 1))
            if run and not items[run[0]].has("pronoun"):
                return run, False
            goes_on = goes_on or on or run is not None or head == "first"  # "said": he who spoke before
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
    if k < len(items) and items[k].has("no_speaker"):
        return None
    while k < len(items) and k - first < LONGEST and not _ends(items[k]) and items[k].entry.outcome is None:
        if k > first and items[k].has("rel"):
            break
        if (k > first and items[k].has("time_word")) or items[k].has("weekday"):
            break
        k += 1
    if k - first == 1 and k + 1 < len(items) and items[k].word in ",،" and not items[k + 1].entry.marks:
        return _worth(items, first, _apposition(items, k + 1))
    return _worth(items, first, k - 1)


def _apposition(items: list[Item], k: int) -> int:
    """The last item of a name behind "the president,": words that the pack says nothing of."""
    first = k
    while k < len(items) and k - first < NAME and items[k].kind == "word" and not items[k].entry.marks:
        k += 1
    return k - 1


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
