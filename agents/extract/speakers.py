"""Who states a figure: beside a verb of saying, carried on by "he added"."""

from itertools import islice

from agents.extract.page import Page
from agents.extract.places import known_places
from agents.extract.words import UNKNOWN, Item
from streams.records import Span

JOINING = frozenset(
    ("of", "place_prep", "prep", "conj", "conj_far", "det", "agent", "that", "adverb", "aux", "according")
)
SAYING = frozenset(("speech", "speech_on", "according"))
LONGEST = 14  # items of a speaker's name and office
HEADED, NAME = 5, 4  # items of a speaker before a colon; of a name behind an office
QUOTED = 8  # sentences of a quotation at most
OPENING, FIRST = 3, 10  # sentences that open an article; that are asked who speaks
CARRY = 4  # sentences over which "he added" reaches back


def _said(page: Page, n: int) -> Span | None:
    """The speaker of sentence n: its own, else of the quotation it stands in, else who "stated this" behind it."""
    found = _carried(page, n)
    if found is None and page.pack.head == "last":
        opened = _quoted_from(page, n)
        found = (_carried(page, opened) if opened < n else None) or _said_behind(page, n)
    return found


def _carried(page: Page, n: int) -> Span | None:
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


def _said_behind(page: Page, n: int) -> Span | None:
    """ "The secretary stated this on Friday", right behind a sentence that names no speaker."""
    for m in range(n + 1, min(n + 2, len(page.ends))):
        items = page.items(m)
        k = next((k for k, item in enumerate(items) if item.has("speech_this")), None)
        if k is not None:
            run = _backward(items, k - 1) or _named_before(items, k - 1)
            if run and not items[run[0]].has("pronoun"):
                return page.words(m, *run)
    return None


def _quoted_from(page: Page, n: int) -> int:
    """The sentence in which the quotation begins that sentence n stands in, n where it is in none."""
    m = n
    while m > max(0, n - QUOTED):
        part = page.text[page.ends[m - 1][0] : page.ends[m - 1][1]]
        if "”" in part[part.rfind("“") + 1 :] or "“" not in part:
            if "”" in part or m - 1 == max(0, n - QUOTED):
                return n
            m -= 1
            continue
        return m - 1
    return n


def speaker(page: Page, n: int) -> Span | None:
    """Who states the figures of sentence n; of the opening, the one speaker that the article has, if it is one."""
    return _said(page, n) or (_only(page) if n < OPENING else None)


def own_speaker(page: Page, n: int) -> Span | None:
    """Who speaks in sentence n in so many words."""
    found, _ = _own(page, n)
    return page.words(n, *found) if found else None


def _only(page: Page) -> Span | None:
    """The speaker of an article in which only one speaks."""
    known = page.notes.get(("only speaker", 0), False)
    if known is False:
        said = ((n, *run) for n in range(min(len(page.ends), FIRST)) for run in [_own(page, n)[0]] if run)
        found = list(islice(said, 2))
        known = page.notes["only speaker", 0] = page.words(*found[0]) if len(found) == 1 else None
    return known  # type: ignore[return-value]


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
                if _no_saying(items, k):
                    continue
                run = (
                    _closing(items, k) or _backward(items, k - 1) or _named_before(items, k - 1) or _inverted(items, k)
                )
            else:
                told = k > 0 and items[0].has("aux") and _backward(items, k - 1)  # "the ministry had said"
                run = told or _forward(items, k + 1) or (None if on else _backward(items, k - 1))
            if run and not items[run[0]].has("pronoun"):
                return run, False
            goes_on = goes_on or on or run is not None or head == "first"  # "said": he who spoke before
    return None, goes_on


def _no_saying(items: list[Item], k: int) -> bool:
    """ "bombings claimed by …", "floods claimed 80 lives"."""
    return any(item.has("agent") for item in items[k + 1 : k + 2]) or any(
        item.has("not_said") for item in items[k + 1 : k + 6]
    )


def _named_before(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "Ali Hassan, a police chief, said": the name before the first of two commas, else what stands between."""
    if k < 1 or items[k].word != ",":
        return None
    other = next((m for m in range(k - 1, max(-1, k - LONGEST), -1) if items[m].word == ","), None)
    return None if other is None else _backward(items, other - 1) or _backward(items, k - 1)


def _closing(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "…, said police." to the end of the clause."""
    run = _inverted(items, k) if k > 0 and items[k - 1].word in ",\"”'" else None
    return run if run and (run[1] + 1 == len(items) or items[run[1] + 1].word in '.,;"“') else None


def _inverted(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "…," said the governor; never whom somebody told."""
    if items[k].has("addressed") or (k > 0 and items[k - 1].kind == "word" and not items[k - 1].has("adverb")):
        return None
    return _forward(items, k + 1)


def _ends(item: Item) -> bool:
    return (
        item.has("that")
        or item.has("speech")
        or item.has("speech_on")
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
        if k > first and (items[k].has("rel") or _begins(items, k) or _counts(items[k])):
            break
        if (k > first and items[k].has("time_word")) or items[k].has("weekday"):
            break
        k += 1
    if k - first == 1 and k + 1 < len(items) and items[k].word in ",،" and not items[k + 1].entry.marks:
        return _worth(items, first, _apposition(items, k + 1))
    return _worth(items, first, k - 1)


def _counts(item: Item) -> bool:
    """Is it a number: "according to the mayor two people died"?"""
    return item.kind == "digits" or item.entry.number is not None


def _apposition(items: list[Item], k: int) -> int:
    """The last item of a name behind "the president,": words that the pack says nothing of."""
    first = k
    while k < len(items) and k - first < NAME and items[k].kind == "word" and items[k].entry is UNKNOWN:
        k += 1
    return k - 1


def _backward(items: list[Item], k: int) -> tuple[int, int] | None:
    while k >= 0 and (items[k].has("aux") or items[k].has("adverb") or items[k].has("weekday")):
        k -= 1
    if k >= 0 and items[k].word in ",،":
        return None
    last = k
    if k >= 0 and items[k].has("speech_noun"):
        k -= 1  # "reports say"
    while (
        k >= 0
        and last - k < LONGEST
        and (not _ends(items[k]) or _hyphen(items, k))
        and items[k].entry.outcome is None
        and not items[k].has("rel")
    ):
        if k < last and items[k].has("speaker_stop"):
            break  # "… in Latakia overnight the Observatory said"
        k -= 1
        if _begins(items, k + 1):
            break
    return _worth(items, k + 1, last)


def _begins(items: list[Item], k: int) -> bool:
    """Does a noun phrase of its own begin here: "according to the ministry the army …"?"""
    if k < 1 or not items[k].has("article"):
        return False
    before = items[k - 1]
    return before.kind == "word" and not before.entry.marks & JOINING


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` join two words?"""
    joins = items[k].word == "-" and 0 < k < len(items) - 1
    return joins and items[k - 1].end == items[k].start and items[k].end == items[k + 1].start


def _worth(items: list[Item], first: int, last: int) -> tuple[int, int] | None:
    while first <= last and (items[first].entry.marks & {"conj", "place_prep", "adverb", "aux"}):
        first += 1
    if first > last or items[first].kind != "word":
        return None
    if items[first].entry.marks & {"time_word", "time_unit", "weekday", "time_lead"}:
        return None
    return first, last
