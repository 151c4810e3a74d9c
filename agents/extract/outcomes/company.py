"""Who fell with whom: "the mayor and his driver were killed", "killed a guard, his wife and their son".

Of one who is bound already to his outcome, those of the same list that are one person each. Only
languages that put the subject first: the others write the conjunction onto the word (`bind`).
"""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.outcomes.voice import CLOSED, TIME
from agents.extract.text.page import Page
from agents.extract.text.words import Item

WORDS = 9  # of a phrase before its head
NAME = 6  # words of a name behind a noun: "the lawyer Ali Hassan al-Masri and his driver"
LIST = 8  # members
Run = tuple[int, int]


def company(page: Page, n: int, quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """Add a quantity of one for each single person of sentence n who is listed with somebody bound.

    A number that ends such a list is bound with it: "killed the minister, his wife and four guards".
    """
    items = page.items(n)
    counted = {k for number in bound for k in range(quantities[number].first, quantities[number].last + 1)}
    numbers = {q.first: number for number, q in enumerate(quantities) if number not in bound and not q.implicit}
    for number in sorted(bound, key=lambda m: quantities[m].first):
        q, fate = quantities[number], bound[number]
        if q.kind not in ("person", "other") or q.scope == "subtotal" or (q.implicit and q.single == "no"):
            continue
        found, k = _after(page, items, q, fate)
        if not (fate.first <= q.first <= fate.last):
            found += _before(page, items, q, fate)
        for first, last in found:
            if counted.isdisjoint(range(first, last + 1)):
                one = Quantity(first, last)
                one.noun, one.kind, one.implicit, one.low, one.high = last, "person", True, 1, 1
                one.rule, one.scope, one.single = "list of single persons", q.scope, q.single
                bound[len(quantities)] = fate
                quantities.append(one)
                counted.update(range(first, last + 1))
        if q.implicit and k in numbers and fate.first < q.first and _listed(items, quantities[numbers[k]], fate):
            bound[numbers[k]], quantities[numbers[k]].rule = fate, "list after a number"


def _listed(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """Does a number end the list, with no verb of its own?"""
    return q.counts_people and _goes_on(items, q.last + 1, fate)


def _after(page: Page, items: list[Item], q: Quantity, fate: Fate) -> tuple[list[Run], int]:
    """The members behind q, and where their list ends; a comma counts where "and" closes the list."""
    found: list[Run] = []
    waiting: list[Run] = []  # behind commas, until the list is closed
    k = (
        _past_of(items, _past_name(page, items, q.last + 1))
        if fate.last < q.first
        else _past_name(page, items, q.last + 1)
    )
    if k <= fate.first <= fate.last < len(items) - 1 and items[fate.last + 1].has("conj_far"):
        k = fate.last + 1  # "was shot dead with his wife"
    many = q.last < fate.first and _many(page, items, q.last + 1, fate.first)
    for _ in range(LIST):
        if k >= len(items):
            break
        closes = (
            items[k].has("conj") or items[k].has("with_others") or (items[k].has("conj_far") and k == fate.last + 1)
        )
        if not closes and items[k].word != ",":
            break
        k += 1
        run = _one(items, k)
        if run is None or not _somebody_else(items, run, closes, many or items[q.first].has("possessive")):
            return (found + waiting if closes else found), k
        k = _past_name(page, items, run[1] + 1)
        if closes and not _goes_on(items, k, fate):
            break
        waiting.append(run)
        if closes:
            found, waiting = found + waiting, []
    return found, k


def _before(page: Page, items: list[Item], q: Quantity, fate: Fate) -> list[Run]:
    """The members before q: "the mayor, his wife and two guards were killed", "killed the mayor and two guards"."""
    found: list[Run] = []
    joint, last = q.first - 1, fate.last if fate.first < q.first else -1
    many = last < 0 and _many(page, items, q.last + 1, fate.first)
    while joint > last + 1 and (items[joint].has("conj") or (found and items[joint].word == ",")):
        end = joint - 1 if items[joint - 1].word == "," else joint
        start = end - 1
        while start > last and not (
            items[start].has("conj") or (items[start].kind == "sign" and items[start].word != "-")
        ):
            start -= 1
        run = _one(items, start + 1, end)
        if run is None or (start > last and items[start].word != "," and not items[start].has("conj")):
            break
        behind = _past_name(page, items, run[1] + 1)
        if behind < end and not (many and items[behind].has("of")):
            break
        found.append(run)
        joint = start
    return found


def _one(items: list[Item], k: int, end: int | None = None) -> Run | None:
    """The noun phrase at item k, before `end`, where it is one person: its first item, its head."""
    end = len(items) if end is None else end
    head = None
    for m in range(k, min(end, k + WORDS)):
        item = items[m]
        hyphened = item.word == "-" or (m + 1 < end and items[m + 1].word == "-")  # "a six-year-old boy"
        if not hyphened and (item.kind != "word" or item.entry.number):
            break
        if item.entry.outcome or item.entry.marks & CLOSED:
            break
        if item.entry.noun is not None:
            head = m if item.entry.noun == "person" and item.entry.count == 1 else None  # the last noun decides
        elif head is not None:
            break
    return None if head is None else (k, head)


def _somebody_else(items: list[Item], run: Run, closes: bool, many: bool) -> bool:
    """Is it another man, not the same by another name: "the colonel, a father of two", "a lawyer and activist"?"""
    if items[run[0]].has("possessive"):
        return True
    return closes and (items[run[0]].has("det") or many or items[run[1]].has("kin"))


def _past_name(page: Page, items: list[Item], k: int) -> int:
    """The item behind a name and an age: "the lawyer, Ali bin Hassan, 57, and …"."""
    last = min(k + NAME, len(items))
    while k < last:
        if _named(page, items, k) or (items[k].has("name_particle") and _named(page, items, k + 1)):
            k += 1
        elif items[k].word == "," and _named(page, items, k + 1):
            k += 2
        elif (
            items[k].word == ","
            and k + 1 < len(items)
            and (items[k + 1].has("conj") or items[k + 1].has("with_others"))
        ):
            return k + 1
        elif items[k].word == "," and k + 2 < len(items) and items[k + 1].kind == "digits" and items[k + 2].word == ",":
            k += 2
        else:
            break
    return k


def _past_of(items: list[Item], k: int) -> int:
    """The item behind "of the northern council" where a list goes on there: "the head of the northern council and …"."""
    if k == len(items) or not items[k].has("of"):
        return k
    m, last = k + 1, min(len(items), k + 1 + NAME)
    while m < last and items[m].kind == "word" and items[m].entry.outcome is None and not items[m].entry.marks & CLOSED:
        m += 1
    return m if m < len(items) and (items[m].has("conj") or items[m].word == ",") else k


def _named(page: Page, items: list[Item], k: int) -> bool:
    return k < len(items) and items[k].kind == "word" and items[k].entry.empty and page.text[items[k].start].isupper()


def _goes_on(items: list[Item], k: int, fate: Fate) -> bool:
    """May a list have ended before item k: no verb of its own behind it, unless that is the outcome's?"""
    if k >= len(items) or items[k].kind == "sign":
        return True
    if fate.first >= k:
        return all(i.has("aux") or i.has("adverb") or i.has("rel") for i in items[k : fate.first]) or items[k].has(
            "conj"
        )
    return bool(items[k].entry.marks & (CLOSED | TIME | {"adverb", "with_others"})) and not items[k].has("speech")


def _many(page: Page, items: list[Item], first: int, last: int) -> bool:
    """Does the verb of items first to last agree with many: "were killed"?"""
    return any("plural" in page.pack.marks(item.word.split()[0]) for item in items[first:last] if item.has("aux"))
