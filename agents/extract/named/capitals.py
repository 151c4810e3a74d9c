"""Names of places that only the words beside them tell, in a language that writes names with a capital."""

from agents.extract.named.known import owner
from agents.extract.named.no_place import names_further
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked, item_at
from streams.records import Span

LONGEST = 4  # words of a name after "the city of"
LEADS = frozenset(("det", "place_noun", "of", "direction", "place_part"))  # … may stand between
NO_NAME = frozenset(  # … may be written with a capital too
    ("weekday", "month", "time_word", "time_back", "nationality", "det", "pronoun", "org", "place_in")
) | {"cause", "direction"}
TELLS = frozenset(("place_in", "place_noun", "place_object", "place_struck", "name_article"))  # a name may follow
STANDS = frozenset(("place_in", "place_object", "place_struck"))  # one may follow directly
SPEAKS = frozenset(("speech", "speech_on"))
ENDS = frozenset(  # what may follow the last name of a list
    ("place_prep", "prep", "conj", "weekday", "month", "time_word", "time_lead", "place_noun", "nonfinite", "direction")
)
STRUCK = 6  # items from "attack" to "on": "a rocket attack by rebel fighters on"
TITLED = 0.7  # of the words of a headline in title case begin with a capital
ACRONYM = 5  # letters: "in MOAB" is in no town

Run = tuple[int, int]  # the first item of a name, and the one behind it; twice the same where there is none


def told_by_capitals(page: Page, n: int) -> list[Span]:
    """ "The town of X", "in X", "X village", "the districts of X, Y and Z"."""
    items, out, read = page.items(n), [], 0
    raised = {k for k, item in enumerate(items) if page.text[item.start].isupper()}
    if raised and _titled(items, len(raised)):
        return []
    for k in [k for k, item in enumerate(items) if k in raised or not TELLS.isdisjoint(item.entry.marks)]:
        if k < read:
            continue  # part of the last name
        told, read = _told_at(page, n, items, k)
        out += [page.span(items[first].start, items[last - 1].end) for first, last in told]
    return out


def names_more(page: Page, items: list[Item], place: Span) -> bool:
    """Does the name go on: "Kogi State University", "Baghdad Police"?"""
    after = items[item_at(items, place.end - 1) + 1 :][:1]
    if not after or after[0].has("place_noun") or not page.text[after[0].start].isupper():
        return False
    return _named(page, after[0]) or (after[0].entry.noun is not None and page.text[place.end : after[0].start] == " ")


def _titled(items: list[Item], raised: int) -> bool:
    """Is it a headline in which most words begin with a capital, so that a capital tells nothing?"""
    return raised > TITLED * sum([item.kind == "word" for item in items])


def _told_at(page: Page, n: int, items: list[Item], k: int) -> tuple[list[Run], int]:
    """The names told at item `k`, and the item behind all that was read for it."""
    last = _run(page, items, k)
    if last == k:
        told = _behind(page, items, k)
        return told, told[-1][1] if told else k + 1
    kind = _kind_after(page, items, k, last)
    if kind > k:
        if owner(page, items[k]):
            return [], k + 1  # "Syria's rebel-held region"
        opens = (k == 0 or items[k - 1].kind == "sign") and items[kind - 1].has("place_several")
        return [] if opens else [(k, kind)], kind  # "Sunni towns": the capital of a sentence
    if "place_several" in page.marks(n) and last < len(items) and (items[last].word == "," or items[last].has("conj")):
        names = [(k, last), *_joined(page, items, last)]
        if items[names[-1][1] - 1].has("place_several"):
            return names, names[-1][1]
    return [], last


def _behind(page: Page, items: list[Item], k: int) -> list[Run]:
    """The names behind a word that tells of a place, such as "in" or "the town of"."""
    marks = items[k].entry.marks
    of = "place_noun" in marks and ("of" in marks or any_marked(items[k + 1 : k + 2], "of"))
    if not of and STANDS.isdisjoint(marks):
        return []
    first = _led(page, items, k + 1)
    last = _whole(page, items, first)
    if last == first or items[first - 1].has("single_det"):
        return []  # "in a UN helicopter attack"
    struck = not of and "place_in" not in marks
    if struck and (_people(items, last) or not ("place_object" in marks or _attack(items, k))):
        return []
    if _headline(page, items, last) or names_further(page, items, last):
        return []  # "in the Soviet republic of Georgia"
    last = max(last, _kind_after(page, items, first, _run(page, items, first)))
    if items[last - 1].word.endswith("'s"):
        return []  # "in Hamedi's house"
    more = _joined(page, items, last)
    several = any_marked(items[k:first], "place_several") or (more and items[more[-1][1] - 1].has("place_several"))
    return [(first, last), *(more if several or _closed(items, last, more) else ())]


def _led(page: Page, items: list[Item], first: int) -> int:
    """The item behind what may stand between "in" and a name: "the rebel-held part of", "Syria's"."""
    while first < len(items):
        item = items[first]
        if page.text[item.start].isupper():
            part = item.has("direction") and any_marked(items[first + 1 : first + 2], "place_part")
            behind = first + 1 if part or owner(page, item) else _possessor(page, items, first)
            if behind == first:
                break
            first = behind  # "the Northeastern part of", "Helmand's"
        elif not LEADS.isdisjoint(item.entry.marks):
            first += 1
        elif _hyphen(items, first + 1) and page.text[items[first + 2].start].islower():
            first += 3  # "war-torn"
        else:
            break
    return first


def _possessor(page: Page, items: list[Item], k: int) -> int:
    """The item behind whose place follows at `k`: "Helmand's Sangin district", "South Sudan's Unity State"; `k` where none is."""
    for last in range(k, min(k + LONGEST, len(items) - 1)):
        if not page.text[items[last].start].isupper():
            break
        if items[last].word.endswith("'s"):
            name = last + 1
            return name if _kind_after(page, items, name, _run(page, items, name)) > name else k
    return k


def _attack(items: list[Item], k: int) -> bool:
    """Is it "on" as in "an attack on", "a rocket attack by rebels on"?"""
    for before in reversed(items[max(0, k - STRUCK) : k]):
        if before.has("cause"):
            return True
        if before.kind != "word" or not SPEAKS.isdisjoint(before.entry.marks):
            return False
    return False


def _people(items: list[Item], k: int) -> bool:
    """ "struck Ahmed Salem", "attacked Nusra fighters", "the strikes, the Observatory said": whom it hit, or who says so."""
    if k >= len(items):
        return False
    after = items[k]
    return after.entry.noun is not None or after.word in ("-", "(") or not SPEAKS.isdisjoint(after.entry.marks)


def _headline(page: Page, items: list[Item], k: int) -> bool:
    """ "in Regime Air Strikes": does a capital that is no name go on, so that the capitals tell nothing?"""
    if k >= len(items) or not page.text[items[k].start].isupper() or items[k].has("place_noun"):
        return False
    entry = items[k].entry
    return bool(entry.noun or entry.number or entry.magnitude or "cause" in entry.marks)


def _joined(page: Page, items: list[Item], k: int) -> list[Run]:
    """The names joined to one that ends before item `k`: ", Nahda and the Zahra district"."""
    found: list[Run] = []
    while k < len(items):
        first = k + (items[k].word == ",")
        first += first < len(items) and items[first].has("conj") and not items[first].has("apart")
        if first == k:
            break
        first = _led(page, items, first)
        last = _whole(page, items, first)
        if last == first or items[first].has("place_wide"):
            break  # "in Damascus and its Countryside"
        k = max(last, _kind_after(page, items, first, _run(page, items, first)))
        found.append((first, k))
    return found


def _closed(items: list[Item], k: int, more: list[Run]) -> bool:
    """Does "and" join the last of them, and nothing follow that only a person would do: "on Hama and Qadra killed"?"""
    if not more:
        return False
    before, end = more[-1][0] - 1, more[-1][1]
    joined = any_marked(items[max(k, before - 1) : before + 1], "conj")
    ends = end == len(items) or items[end].word in ',.;:)"' or items[end].entry.outcome is not None
    return joined and (ends or not ENDS.isdisjoint(items[end].entry.marks))


def _whole(page: Page, items: list[Item], first: int) -> int:
    """The item behind a name of some words."""
    last = first
    while last - first < LONGEST and (after := _name(page, items, last)) > last:
        last = after
    return last


def _name(page: Page, items: list[Item], k: int) -> int:
    """The item behind the word of a name at `k`, with its article and its other half: "al-Zahraa", "Al-Horra"; `k` where none is."""
    if k >= len(items):
        return k
    marks = items[k].entry.marks
    article = "name_article" in marks and _hyphen(items, k + 1) and page.text[items[k + 2].start].isupper()
    if article and items[k + 2].kind == "word":
        return k + 3
    if "direction" in marks and page.text[items[k].start].isupper() and k + 1 < len(items):
        return k + 2 if _named(page, items[k + 1]) else k + _province(page, items, k + 1)  # "Eastern Ghouta"
    if not _named(page, items[k]):
        return k
    return k + 3 if _hyphen(items, k + 1) and page.text[items[k + 2].start].isupper() else k + 1


def _province(page: Page, items: list[Item], k: int) -> bool:
    """ "Northern province", "Western and Northern provinces": is a side that is called so before `k` a province's name?"""
    if items[k].has("conj") and k + 2 < len(items) and items[k + 1].has("direction"):
        return page.text[items[k + 1].start].isupper() and items[k + 2].has("place_wide")
    return items[k].has("place_wide")


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` join two words?"""
    joins = k + 1 < len(items) and items[k].word == "-"
    return joins and items[k - 1].end == items[k].start and items[k].end == items[k + 1].start


def _run(page: Page, items: list[Item], k: int) -> int:
    """The item behind all the words of a name at `k`, a number among them: "Mile 12"."""
    last = k
    while last < len(items) and last - k < LONGEST + 2:
        after = _name(page, items, last)
        if after == last and items[last].kind == "digits" and last > k:
            after = last + 1
        if after == last:
            break
        last = after
    return last


def _kind_after(page: Page, items: list[Item], k: int, last: int) -> int:
    """The end of a name from `k` to `last` that a word of place follows: "Gwoza Local Government Area"; `k` where none does."""
    if last == k or (k > 0 and _hyphen(items, k - 1)):
        return k  # no name, or the second half of one
    if names_further(page, items, last):
        return k
    if last > k + 1 and items[last - 1].has("place_called"):
        return last  # "La Colle River"
    end = last
    while end < len(items) and (items[end].has("direction") and not page.text[items[end].start].isupper()):
        end += 1  # "the Adra residential district"
    noun = end
    while end < len(items) and items[end].has("place_noun") and not items[end].has("of"):
        end += 1
    if end == noun < len(items) and items[end].has("place_noun"):
        return last  # "the Qadra district of Homs"
    return end if end > noun else k


def _named(page: Page, item: Item) -> bool:
    entry = item.entry
    if item.kind != "word" or not page.text[item.start].isupper():
        return False
    if item.end - item.start <= ACRONYM and page.text[item.start : item.end].isupper():
        return False
    return NO_NAME.isdisjoint(entry.marks) and not (entry.noun or entry.outcome or entry.number or entry.hedge)
