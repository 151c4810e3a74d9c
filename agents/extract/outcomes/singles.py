"""One person, by a noun or a name, where no number is said: "the translator of the team was killed".

Only what binding has left over: an outcome whose subject or object is one person.
"""

from agents.extract.counted.quantity import Quantity
from agents.extract.named.known import known_places
from agents.extract.outcomes.fates import Fate
from agents.extract.outcomes.voice import CLOSED, FAR, TIME, group, walls
from agents.extract.text.entries import Way
from agents.extract.text.page import Page
from agents.extract.text.words import Item

PARTS = 4  # phrases between commas that are asked for a subject
WORDS = 9  # of a phrase before its head
NAME = 2  # capitals that make a name


def singles(page: Page, n: int, found: list[Fate], quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """Add a quantity of one for each outcome of sentence n that has nobody yet, but a single person beside it."""
    items = page.items(n)
    used = {id(fate) for fate in bound.values()}
    taken = {k for q in quantities if not q.implicit or q.rule for k in range(q.first, q.last + 1)}
    ends = {k for fate in found for k in range(fate.first, fate.last + 1)}
    for fate in found:
        if id(fate) in used and not _him(items, fate):
            continue
        if id(fate) not in used and (fate.subject is not None and not fate.subject.implicit):
            continue
        run = None
        ways = {way.direction: way for way in reversed(fate.what.ways) if way.single != "no"}  # the first counts
        way = ways.get("right")
        if way is not None and fate.voice not in ("passive", "bare"):
            run = _object(page, n, items, fate.last + 1, taken | ends, way)
        if run is None and fate.voice in ("passive", "perfect", "finite", "bare") and "left" in ways:
            way = ways["left"]
            run = _subject(page, n, items, fate, taken, ends, way)
        if run is not None and way is not None and (way.single != "cause" or "cause" in page.marks(n)):
            q = Quantity(*run)
            q.noun, q.kind, q.implicit, q.low, q.high = run[1], "person", True, 1, 1
            q.rule, q.scope, q.single = f"{way.rule}, one person", way.scope, way.single
            bound[len(quantities)] = fate
            quantities.append(q)


def _him(items: list[Item], fate: Fate) -> bool:
    """ "killing him and two guards": one more than is said."""
    return fate.voice == "active" and fate.last + 1 < len(items) and items[fate.last + 1].has("object_pronoun")


def _object(page: Page, n: int, items: list[Item], k: int, closed: set[int], way: Way) -> tuple[int, int] | None:
    while k < len(items) and (items[k].has("adverb") or items[k].word in "\"'"):
        k += 1
    if k < len(items) and (items[k].has("object_pronoun") or items[k].has("someone")):
        after = items[k + 1] if k + 1 < len(items) else None
        if after is None or after.kind == "sign" or after.entry.marks & (CLOSED | TIME):
            return k, k  # "killed him", "and wounding another"
    return _person(page, n, items, k, len(items), closed, way, True)


def _subject(
    page: Page, n: int, items: list[Item], fate: Fate, taken: set[int], outcomes: set[int], way: Way
) -> tuple[int, int] | None:
    """The first phrase of the verb's clause that is one person: between commas, not behind a preposition."""
    end, voice = group(items, fate.first)[0], fate.voice
    if end and items[end - 1].has("someone"):
        return end - 1, end - 1  # "one was killed and another wounded"
    starts, k, least = [], end - 1, max(-1, end - FAR)
    while k > least and not walls(items[k]) and k not in outcomes:
        if items[k].word in ",،" or (items[k].has("conj") and not starts):
            starts.append(k + 1)
        k -= 1
    if k in outcomes and voice == "bare":
        return None
    starts.append(k + 1)
    joint = starts[0] if len(starts) > 1 and items[starts[0] - 1].has("conj") else None
    order = ([joint] if joint is not None else []) + [s for s in reversed(starts) if s != joint]
    for start in order[: PARTS + 1]:
        while start < end and (items[start].has("adverb") or items[start].word in "\"'“"):
            start += 1
        run = _person(page, n, items, start, end, taken | outcomes, way, voice != "bare")
        if run is not None:
            if voice == "bare" and run[1] + 1 < end:
                continue
            return run
    return None


def _person(
    page: Page, n: int, items: list[Item], start: int, end: int, closed: set[int], way: Way, names: bool
) -> tuple[int, int] | None:
    """First and last item of the noun phrase at `start` where it is one person: its head, or a name."""
    k, head, name, many = start, None, 0, False
    while k < end and k - start < WORDS and k not in closed:
        item = items[k]
        marks = item.entry.marks
        capital = page.text[item.start].isupper()
        if item.word in ",،;:.()" or marks & CLOSED:
            break
        if marks & TIME and not capital and not (k > start and items[k - 1].word == "-"):
            break
        if item.kind == "sign" and item.word not in "-\"'“”":
            break
        if item.entry.noun is not None:
            own = item.entry.noun == "person" and not item.word.endswith("'s")
            head = k if own and item.entry.count == 1 else None
            many = own and head is None  # the last word decides: "Lebanese politician", "Taliban fighters"
            after = items[k + 1] if k + 1 < end else None
            if "adjective" in marks and after is not None and after.kind == "word" and not _ends(after):
                head = head if page.text[after.start].isupper() and after.entry.empty else None
        plain = item.kind == "word" and not item.entry.noun and not (marks - {"direction"})
        if name and item.has("name_particle"):
            name += 1  # "Osama bin Laden"
        else:
            name = name + 1 if capital and plain and not item.word.endswith("'s") else 0
        k += 1
    if many:
        return None  # many, without a number
    if head is not None:
        return start, head
    if name < NAME or not names or (not way.strong and way.single != "named"):
        return None
    first, last = k - name, k - 1
    if any(s.start < items[last].end and items[first].start < s.end for s in known_places(page, n)):
        return None
    return first, last


def _ends(item: Item) -> bool:
    """Does a noun phrase end before this word?"""
    return bool(item.entry.marks & (CLOSED | {"aux", "modal", "adverb"})) or item.entry.outcome is not None
