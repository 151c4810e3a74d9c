"""Who undergoes a verb, in languages that put the subject first: passive and active, and where a clause begins."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.words import Item

FAR = 45  # items from a verb back to its subject at most
LIST = 8  # items of a list behind "including" at most
BACK = 7  # items from a participle back to its auxiliary at most
TIME = frozenset(["weekday", "month", "time_word", "time_unit", "time_lead", "time_back"])
NOT_SUBJECT = frozenset(["place_prep", "agent", "subset", "conj_far", "prep"])
CLOSED = frozenset(
    ["place_prep", "agent", "of", "conj", "conj_far", "break", "rel", "that", "subset", "speech", "prep"]
)


def tell_voices(items: list[Item], found: list[Fate], quantities: list[Quantity]) -> None:
    """Set voice and subject of each outcome that may be a verb."""
    outcomes = {k for fate in found for k in range(fate.first, fate.last + 1)}
    for fate in found:
        sides = {way.direction for way in fate.what.ways}
        if "left" not in sides:
            fate.voice = "active" if "right" in sides else ""
            continue
        start, fate.voice = group(items, fate.first)
        if _unnumbered(items, start, fate.voice, quantities) or _of_things(items, start, quantities):
            fate.voice = "unnumbered"
            continue
        if "right" in sides:
            if fate.voice == "bare" and _counted(items, fate, quantities):
                continue
            if fate.voice != "passive" and has_object(items, fate.last, quantities, outcomes):
                fate.voice = "active"
        elif (
            items[fate.first].has("no_object")
            and has_object(items, fate.last, quantities, outcomes)
            and not any(q.kind == "bare" and q.last == fate.first - 1 for q in quantities)
        ):
            fate.voice = "active"  # "missing the target"
        elif fate.voice == "bare" and not items[fate.first].has("nonfinite"):
            fate.voice = "finite"
        if fate.voice in ("passive", "perfect", "finite"):
            if start and items[start - 1].has("someone"):
                continue  # "and another is in hospital"
            number = _beside(items, start, quantities, fate.voice)
            number = subject(items, start, quantities, outcomes) if number is None else number
            fate.subject = None if number is None else quantities[number]


def _unnumbered(items: list[Item], start: int, voice: str, quantities: list[Quantity]) -> bool:
    """Is its subject many without a number: "…, and many were displaced", "to help people evacuated by …"?"""
    k = start - 1
    if k > 0 and items[k].has("subset") and items[k].has("of"):
        k -= 1  # "most of whom"
    if k < 1 or any(q.first <= k <= q.last for q in quantities):
        return False
    if items[k].has("some_of_them"):
        return True
    if voice != "bare" or k != start - 1 or items[k].entry.noun not in ("person", "household") or items[k].entry.count:
        return False
    before = items[k - 1]
    return before.kind == "word" and (before.entry.empty or before.has("prep") or before.has("base"))


def _of_things(items: list[Item], start: int, quantities: list[Quantity]) -> bool:
    """ "Six children fell in, and 640 cattle drowned": is its subject things, told apart from the people before?"""
    at = next((n for n, q in enumerate(quantities) if q.kind == "thing" and q.last == start - 1), 0)
    if not at or not items[quantities[at].first - 1].has("conj"):
        return False
    between = items[quantities[at - 1].last + 1 : quantities[at].first - 1]
    return any(item.kind == "word" and not item.has("conj") for item in between)


def _counted(items: list[Item], fate: Fate, quantities: list[Quantity]) -> bool:
    """ "116,000 displaced Gazans": does a bare number stand right before what is only rarely a verb?"""
    before = next((q for q in quantities if q.kind == "bare" and q.last == fate.first - 1), None)
    if before is None or fate.what.measure != "displaced":
        return False
    return not (before.first and items[before.first - 1].has("place_prep"))


def _beside(items: list[Item], start: int, quantities: list[Quantity], voice: str) -> int | None:
    """The quantity right before a verb that is its subject although a preposition stands before it.

    "…, with 40 people still being treated" has a subject of its own; "10 children among 18 dead" tells of the 18.
    """
    for number, q in enumerate(quantities):
        if q.last == start - 1 and q.first > 1 and not q.implicit:
            opener, counted = items[q.first - 1], items[q.first - 2]
            if voice == "finite" and opener.has("conj_far"):
                return number
            if opener.has("among") and (counted.entry.noun or counted.has("aux")):
                return number
    return None


def group(items: list[Item], first: int) -> tuple[int, str]:
    """Where the verb group of a participle at `first` begins, and "passive", "perfect" or "bare"."""
    k = first - 1
    if k >= 2 and items[k].has("conj") and items[k - 1].kind == "word" and items[k - 1].entry.noun is None:
        m = k - 2  # "was attacked and killed"
        while m > 0 and items[m].has("adverb"):
            m -= 1
        if items[m].has("aux"):
            k = m
    least = max(0, first - BACK)
    while k >= least and not items[k].has("aux") and _says_when(items[k]):
        k -= 1
    if k < least or not items[k].has("aux"):
        k = first - 1
        while k >= least and items[k].has("adverb"):
            k -= 1
        return k + 1, "bare"
    start, voice = k, "perfect" if items[k].has("perfect") else "passive"
    while start > 0 and (
        items[start - 1].has("aux") or items[start - 1].has("adverb") or items[start - 1].has("modal")
    ):
        start -= 1
    return start, voice


def _says_when(item: Item) -> bool:
    """May it stand inside of a verb group: "was late on Monday killed", "was yesterday, killed"?"""
    if item.word in ",[]()" or item.kind == "digits":
        return True
    if item.has("conj"):
        return False
    return bool(item.entry.marks & TIME) or item.has("time_join") or item.has("adverb")


def has_object(items: list[Item], last: int, quantities: list[Quantity], outcomes: set[int]) -> bool:
    """Does somebody stand right behind the verb: "killed a policeman", "killed 12", "killed him"?"""
    k = last + 1
    while k < len(items) and items[k].has("adverb"):
        k += 1
    if k >= len(items) or items[k].kind == "sign" or items[k].entry.marks & (CLOSED | TIME):
        return False
    for q in quantities:
        if q.first <= k <= q.last:
            return q.last + 1 not in outcomes
    item = items[k]
    return bool(item.entry.noun or item.has("object_pronoun") or item.has("det") or not item.entry.marks)


def walls(item: Item) -> bool:
    """Does a clause end here for whoever looks back from its verb?"""
    if item.kind == "sign":
        return item.word in ";:!?"
    return item.has("break") or item.has("speech") or (item.has("that") and not item.entry.marks & {"place_prep", "to"})


def subject(items: list[Item], start: int, quantities: list[Quantity], outcomes: set[int]) -> int | None:
    """Index of the quantity that is the subject of a verb group at item `start`, None where none is.

    The first of its clause, those behind a preposition or "including" left aside; of "a bomb went
    off and ten people …" the clause behind the joint.
    """
    at = {k: number for number, q in enumerate(quantities) for k in range(q.first, q.last + 1)}
    best, crossed = None, False
    k, least = start - 1, max(0, start - FAR)
    if k > 1 and items[k].word == ",":  # "a boy, who was hurt when …, has died": back to before "who"
        k = next((m - 1 for m in range(k, max(least, 1), -1) if items[m].has("rel") and items[m - 1].word == ","), k)
    while k >= least:
        item = items[k]
        number = at.get(k)
        if number is not None:
            q = quantities[number]
            lone = q.implicit and q.unit == "household"
            if q.kind != "thing" and not lone and not _inside_phrase(items, q):
                best = number
            k = q.first - 1
            continue
        if k in outcomes:
            if best is not None or crossed:
                break
            crossed = True
        elif item.has("rel"):
            best = None
        elif walls(item) or (best is not None and (item.has("conj") or item.word in ",،-")):
            break
        k -= 1
    return best


def _inside_phrase(items: list[Item], q: Quantity) -> bool:
    k = q.first - 1
    while k >= 0 and (items[k].has("det") or items[k].has("hedge_gap")) and not items[k].has("of"):
        k -= 1
    if k < 0:
        return False
    if items[k].has("of"):  # "a family of seven was" and "a member of 88 Generation was"
        return k > 0 and items[k - 1].entry.noun == "person"
    if items[k].has("conj"):  # "including four children and two women, were killed"
        for m in range(k - 1, max(-1, k - LIST), -1):
            if items[m].has("subset"):
                return True
            if items[m].kind == "sign" or items[m].has("conj"):
                break
    return bool(items[k].entry.marks & NOT_SUBJECT)
