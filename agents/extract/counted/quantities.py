"""The quantities of a sentence: its numbers, each with the noun that says who."""

from agents.extract.counted.hedges import apply, begins_number, hedge
from agents.extract.counted.no_counts import no_count
from agents.extract.counted.numbers import Number, ranges, read
from agents.extract.counted.quantity import Quantity, stops
from agents.extract.counted.unnumbered import unnumbered
from agents.extract.text.entries import Pack
from agents.extract.text.words import UNKNOWN, Item, any_marked

FAR = 6  # words from a number to its noun at most
DAYS = frozenset(("weekday", "time_word", "month"))


def quantities(items: list[Item], pack: Pack) -> list[Quantity]:
    """All quantities of a sentence in order; those of things too, so that they stay out of the way."""
    numbers: list[Number] = []
    for i, item in enumerate(items):
        if (item.entry is UNKNOWN and item.kind != "digits") or (numbers and i <= numbers[-1].last):
            continue
        number = read(items, i) if begins_number(item) else None
        if number is not None:
            numbers.append(number)
    found: list[Quantity] = []
    taken = -1
    for number in ranges(items, numbers):
        quantity = _with_noun(items, number, pack)
        if quantity is not None and quantity.number[0] > taken:
            hedge(items, quantity)
            found.append(quantity)
            taken = quantity.last
    if pack.head == "last":
        found = _partitives(items, found)
        _of_these(items, found)
    spots = [False] * len(items)
    for q in found:
        for k in range(q.first, q.last + 1):
            spots[k] = True
    found += unnumbered(items, spots, pack)
    return sorted(found, key=lambda q: q.first)


def _partitives(items: list[Item], found: list[Quantity]) -> list[Quantity]:
    """ "one of its eight crew members", "two of the 12": the first counts, and takes the other's noun.

    In "nine members of two families" it has one of its own.
    """
    out: list[Quantity] = []
    for q in found:
        before = out[-1] if out else None
        gap = items[before.number[1] + 1 : q.number[0]] if before is not None and before.number and q.number else []
        if (
            before is not None
            and 0 < len(gap) <= 3
            and gap[0].has("of")
            and all(i.has("det") or i.has("of") for i in gap)
        ):
            kind = "other" if q.kind == "unknown" else q.kind
            before.noun, before.kind, before.unit, before.last = q.noun, kind, q.unit, q.last
        elif not (q.unit == "household" and before is not None and _of(items, before, q)):
            out.append(q)
    return [q for q in out if q.kind != "bare" or not q.number or not _weak(items, q)]


def _of_these(items: list[Item], found: list[Quantity]) -> None:
    """ "2,500 families were hit, and 420 of these fled", "…, of whom 420 fled": they are families too."""
    unit = "person"
    for q in found:
        beside = (q.first - 1, q.number[1] + 1)
        if q.kind in ("person", "household"):
            unit = q.unit
        elif q.kind == "bare" and any(0 <= k < len(items) and items[k].has("of_these") for k in beside):
            q.unit = unit


def _of(items: list[Item], whose: Quantity, q: Quantity) -> bool:
    """Does only "of" stand between a noun that is counted and q?"""
    return whose.noun is not None and whose.noun + 2 == q.first and items[q.first - 1].has("of")


def _weak(items: list[Item], q: Quantity) -> bool:
    """Is it a lone "one" with nobody said?"""
    number = items[q.number[0]].entry.number if q.number else None
    after = items[q.last + 1] if q.last + 1 < len(items) else None
    if number is None or number[0] != "weak" or _told(items, q.first) or _listed(items, q.first, q.last):
        return False
    return after is None or after.entry.outcome is None


def _told(items: list[Item], first: int) -> bool:
    """ "Killed one and injured seven"."""
    return first > 0 and items[first - 1].entry.outcome is not None


def _listed(items: list[Item], first: int, last: int) -> bool:
    """ "Two in Victoria and one in Tasmania", but not "and one in five"."""
    if not first or last + 2 >= len(items) or not items[first - 1].has("conj"):
        return False
    k = last + 3 if items[last + 2].has("article") and last + 4 == len(items) - 1 else last + 2
    return items[last + 1].has("place_prep") and items[k].kind == "word" and items[k].entry.empty


def _with_noun(items: list[Item], number: Number, pack: Pack) -> Quantity | None:
    if no_count(items, number, pack.head == "first"):
        return None
    n = len(items)
    q = Quantity(number.first, number.last)
    q.number = (number.first, number.last)
    if number.magnitude is not None:
        q.magnitude, q.qualifier = number.magnitude, "vague"
    elif number.high is not None:
        q.low, q.high, q.qualifier = number.value, number.high, "range"
    else:
        q.low = q.high = number.value
    k = number.last + 1
    if number.first > 0 and items[number.first - 1].word in "([" and k < n and items[k].word in ")]":
        q.first, q.last, k = number.first - 1, k, k + 1
        if k < n and items[k].has("article"):
            return q  # "with Lower Marsh (900) the hardest hit"
    if k < n and items[k].entry.hedge is not None and items[k].entry.hedge.after and not items[k].entry.hedge.before:
        apply(q, items[k].entry.hedge.qualifier)  # "15 or so others"
        q.last, k = k, k + 1
    while k < n and (items[k].has("of") or items[k].has("det") or items[k].has("after_number")):
        if items[k].has("other"):
            q.kind, q.last = "other", k
        k += 1
    stop = k
    other_marked = q.kind == "other"
    while stop < n and stop - k < FAR and (not stops(items[stop]) or _hyphen(items, stop)):
        if pack.head == "last" and (items[stop].entry.marks & DAYS or (stop > k and items[stop].has("article"))):
            break  # "wounded 25 Monday evening", "killed 12 people the army said"
        if items[stop].entry is UNKNOWN and pack.led(items[stop].word):
            break  # «12 بالرمادي»
        if items[stop].has("other"):
            other_marked, q.last = True, stop
            q.kind = "other" if q.kind == "bare" else q.kind
        stop += 1
    run = range(k, stop)
    if items[k : k + 1] and items[k].has("measure_after"):
        return None
    if (
        pack.head == "last"
        and stop + 1 < n
        and items[stop].entry.outcome is not None
        and items[stop + 1].entry.noun in ("person", "household")
    ):
        run = range(k, stop + 2)  # "12 wounded soldiers"
    known = [m for m in run if items[m].entry.noun is not None]
    if known:
        head = known[0] if pack.head == "first" else known[-1]
        if pack.head == "first" and head > k + 1:
            head = -1
        if head >= 0:
            noun = items[head].entry.noun
            if noun == "thing" and pack.head == "first" and items[head].has("place_noun") and items[k - 1].has("of"):
                noun = "unknown"  # «20 ألفا من البلدة» are no towns
            q.kind, q.noun, q.last = noun, head, max(head, q.last)
            q.unit = "household" if noun == "household" else "person"
            if noun == "household" and q.low == 1 and number.first and _whose(items[number.first - 1]):
                return None  # "six members of one family", "ten people from one family"
            if noun == "household" and items[head].entry.count == 1 and (q.low or 0) > 1 and items[head - 1].has("of"):
                q.kind, q.unit = "person", "person"  # "seven of one family"
    at_stop = items[stop].entry if pack.head == "last" and stop < min(n, k + FAR) else None
    if at_stop is not None and at_stop.outcome and at_stop.noun in ("person", "household") and not at_stop.count:
        q.noun = stop  # "40 Somali refugees", "3,000 displaced families"
        q.kind = at_stop.noun if q.kind == "bare" else q.kind
        q.unit = "household" if at_stop.noun == "household" else q.unit
    if q.noun is None and other_marked and pack.head == "last" and len(run) and items[run[-1]].entry.empty:
        q.kind = "unknown"  # "two additional licences"
    if q.noun is None and not other_marked and len(run) and not items[k].has("adverb"):
        plain = [m for m in run if not items[m].has("adverb") and not items[m].has("time")]
        if plain:
            head = plain[0] if pack.head == "first" else plain[-1]
            q.kind, q.noun, q.last = "unknown", head, head
    behind = pack.head == "first" and number.first > 0 and items[number.first - 1].entry.noun is not None
    if behind and q.noun is None and "def" in items[number.first].entry.clitics and _their(items[number.first - 1]):
        q.first, q.noun, q.kind = number.first - 1, number.first - 1, "person"  # «وأطفاله الثلاثة»
    if behind and (number.weak or (number.magnitude == "several" and q.noun is None)):
        return None  # «عائلة واحدة», «أهدافا عدة»: the noun before has it
    if number.magnitude == "several" and q.kind == "bare" and pack.head == "first" and _describes(items, number):
        return None  # «ولايات هندية عدة»
    if number.weak and "def" in items[number.first].entry.clitics:
        return None
    if q.kind == "unknown" and items[number.first].has("subset") and not items[k].has("severity"):
        return None  # «أحدهما سياحي»
    whole = pack.head == "last" and number.last + 1 < n and items[number.last + 1].has("of")
    if whole and number.weak and any_marked(items[number.last + 2 : number.last + 4], "superlative"):
        return None  # "one of the deadliest attacks"
    told = pack.head == "last" and (_told(items, number.first) or _listed(items, number.first, number.last))
    lone = number.weak and not (whole or told or q.counts_people)
    if lone and not (stop < n and items[stop].entry.outcome is not None):
        return None
    if q.noun is None and stop < n and items[stop].word in "%٪":
        return None
    if number.first > 0 and items[number.first - 1].has("number_kill"):
        return None
    return q


def _whose(item: Item) -> bool:
    return item.has("of") or item.has("place_prep")


def _describes(items: list[Item], number: Number) -> bool:
    """Does it say more of the noun before it, and nothing of what follows?"""
    k, after = number.first, items[number.last + 1] if number.last + 1 < len(items) else None
    if items[number.last].has("of") or (after is not None and (after.entry.outcome or after.has("of"))):
        return False
    return k > 0 and not (items[k - 1].joined or stops(items[k - 1]))


def _their(item: Item) -> bool:
    """Is it people of somebody who was named: no article of their own?"""
    return item.entry.noun == "person" and not item.entry.count and "def" not in item.entry.clitics


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` make one word of two: "mud-brick homes"?"""
    if items[k].word != "-" or k + 1 >= len(items) or items[k - 1].end != items[k].start:
        return False
    return items[k + 1].kind == "word" and items[k + 1].start == items[k].end and items[k - 1].kind == "word"
