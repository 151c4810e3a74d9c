"""Who states a figure: the speaker of its sentence, or of one before that "he added" carries on."""

from itertools import islice

from agents.extract.named.known import known_places
from agents.extract.named.saying import SAYING, Said, named_before, nearest, said
from agents.extract.named.spokesmen import backward
from agents.extract.text.page import Page
from agents.extract.text.words import any_marked
from streams.records import Span

ASIDE = ("cumulative", "background")
WHICH = 6  # items from "which" to those killed
HEADED = 5  # items of a speaker before a colon
QUOTED = 8  # sentences of a quotation at most
OPENING, FIRST = 3, 10  # sentences that open an article; that are asked who speaks
SOON = 3  # sentence by which the first speaker has spoken for the headline too
SHORT = 3  # sentences of a paragraph that one speaks, in a language with words for going on
CARRY = 4  # sentences over which "he added" reaches back


def _said(page: Page, n: int, at: int) -> Span | None:
    """The speaker of sentence n: its own, else of the quotation it stands in, else who "stated this" behind it."""
    found = _carried(page, n, at)
    if found is None and page.pack.head == "last":
        opened = _quoted_from(page, n)
        found = (_carried(page, opened) if opened < n else None) or _said_behind(page, n)
    return found


def _carried(page: Page, n: int, at: int | None = None) -> Span | None:
    """The speaker of sentence n; where the sentence only goes on speaking, the one before."""
    for back in range(CARRY + 1):
        if n - back < 0:
            return None
        found, _ = _own(page, n - back)
        items = page.items(n - back)
        run = nearest(items, found, len(items) if at is None or back else at, page.pack.head) if found else None
        if run:
            return page.words(n - back, *run)
        if back == 0 and not _speaks(page, n) and not _same_line(page, n):
            return None
        if back == 1 and not _own(page, n)[1] and not page.items(n)[0].has("same_speaker"):
            return None
    return None


def _said_behind(page: Page, n: int) -> Span | None:
    """ "The secretary stated this on Friday", right behind a sentence that names no speaker."""
    for m in range(n + 1, min(n + 2, len(page.ends))):
        if "speech_this" not in page.marks(m):
            continue
        items = page.items(m)
        k = next((k for k, item in enumerate(items) if item.has("speech_this")), None)
        if k is not None:
            run = backward(items, k - 1) or named_before(items, k - 1)
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


def speaker(page: Page, n: int, at: int, covers: str) -> Span | None:
    """Who states the figure at item `at` of sentence n.

    Where the verb comes first, the opening leaves it to him who speaks first or alone in the article.
    """
    if covers in ASIDE and not _speaks(page, n):
        return None  # told beside the event, as a writer does from his own knowledge
    verb_first = page.pack.head == "first"
    if covers == "background" and verb_first and any_marked(page.items(n)[max(0, at - WHICH) : at], "recalls"):
        return None  # «أعلن حالة الطوارئ بعد الهجوم الذي أودى بحياة 50»
    found = _said(page, n, at)
    return _only(page) if found is None and n < OPENING and verb_first else found


def _speaks(page: Page, n: int) -> bool:
    """Does anybody speak in sentence n, or go on to?"""
    found, goes_on = _own(page, n)
    return bool(found) or goes_on or page.items(n)[0].has("same_speaker")


def own_speakers(page: Page, n: int) -> list[Span]:
    """Who speaks in sentence n in so many words."""
    return [page.words(n, first, last) for _, first, last in _own(page, n)[0]]


def _only(page: Page) -> Span | None:
    """The speaker of an article in which only one speaks."""
    known = page.notes.get(("only speaker", 0), False)
    if known is False:
        spoken = ((n, *runs[0][1:]) for n in range(min(len(page.ends), FIRST)) if (runs := _own(page, n)[0]))
        found = list(islice(spoken, 2))
        soon = len(found) == 1 or (found and found[0][0] <= SOON)
        known = page.notes["only speaker", 0] = page.words(*found[0]) if soon else None
    return known  # type: ignore[return-value]


def _same_line(page: Page, n: int) -> bool:
    """Does sentence n stand in one paragraph with the one before, and not far down a long one?"""
    m = n - SHORT if page.pack.head == "first" and n > SHORT else n - 1
    return n > 0 and "\n" not in page.text[page.ends[m][1] : page.ends[n][0]]


def _own(page: Page, n: int) -> tuple[list[Said], bool]:
    known = page.notes.get(("speaker", n))
    if known is None:
        known = said(page.items(n), page.pack.head) if page.marks(n) & SAYING else ([], False)
        if not known[0] and (run := _headed(page, n)):
            known = [(run[1] + 1, *run)], False
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
    if not items[0].entry.marks.isdisjoint(SAYING):
        return None  # «وأضاف:»
    spoken = items[last + 2 :] and any(i.entry.outcome for i in items[last + 2 :])
    place = any(s.start < items[0].end for s in known_places(page, n))
    return (0, last) if spoken and not place and not items[0].has("no_speaker") else None
