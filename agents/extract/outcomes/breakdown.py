"""A number told place by place: "30 deaths, followed by West Hills (23) and Sandy (18)", "4,000 fled: Kau 640, Witu 1,500"."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item

NAME = 4  # words of a place's name
FAR = 12  # items from the number to the colon behind which its parts are told
AGE = 120  # a number in brackets behind a name may be an age up to here


def breakdown(page: Page, n: int, quantities: list[Quantity], bound: dict[int, Fate]) -> None:
    """Bind the bare numbers of sentence n that follow a bound one, each right behind a name, as its parts."""
    if len(bound) == len(quantities):
        return
    items = page.items(n)
    whole, end = None, -1  # the number that is broken down; the last item of it, or of its last part
    parts: list[int] = []
    for number, q in enumerate([*quantities, None]):
        if (
            q is not None
            and whole is not None
            and number not in bound
            and _part(page, items, quantities[whole], q, end, bool(parts))
        ):
            parts.append(number)
            end = q.last
            continue
        if len(parts) > 1 or (parts and items[quantities[parts[0]].first].word in "(["):
            for part in parts:
                bound[part], quantities[part].unit = bound[whole], quantities[whole].unit
                quantities[part].scope, quantities[part].rule = "subtotal", "part told by its place"
        parts = []
        if q is not None and number in bound and not q.implicit:
            whole, end = number, max(q.last, bound[number].last)


def _part(page: Page, items: list[Item], whole: Quantity, q: Quantity, end: int, begun: bool) -> bool:
    """Is q, by a name before it, a part of a number, where `end` is the last item of it or of the part before?"""
    value = q.low or q.high or 0
    if (
        q.kind != "bare"
        or q.number is None
        or items[q.number[0]].kind != "digits"
        or value >= (whole.low or whole.high or 0)
    ):
        return False
    k = q.first - 1
    while k > end and q.first - 1 - k < NAME and _of_name(page, items[k]):
        k -= 1
    after = items[q.last + 1] if q.last + 1 < len(items) else None
    closed = after is None or after.kind == "sign" or after.has("conj") or items[q.last].word in ")]"
    if k in (end, q.first - 1) or not closed:
        return False
    gap = items[end + 1 : k + 1]
    if begun:
        return all(item.word in ",;" or item.has("conj") for item in gap)
    if items[q.first].word in "([":
        joins = all(item.word == "," or item.entry.marks & {"followed", "place_prep", "conj_far"} for item in gap)
        return joins and (value > AGE or gap[-1].kind == "word")
    return gap[-1].word in ":(" and len(gap) <= FAR and not any(item.entry.outcome for item in gap)


def _of_name(page: Page, item: Item) -> bool:
    """A word with a capital that the pack neither counts nor dates by."""
    known = item.entry
    counts = known.number or known.outcome or known.noun or known.marks & {"month", "weekday"}
    return item.kind == "word" and not counts and page.text[item.start].isupper()
