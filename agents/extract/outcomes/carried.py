"""Parts told in a sentence of their own: "A bomb killed twelve people. Four were children." """

from agents.extract.counted.quantities import quantities
from agents.extract.counted.quantity import Quantity, stops
from agents.extract.text.entries import Pack
from agents.extract.text.words import Item

FAR = 5  # words from the verb to the noun that says who they were


def parts_alone(items: list[Item], pack: Pack) -> list[Quantity]:
    """The numbers of a sentence without an outcome that say who some of those told of before were.

    None where the sentence does not begin with such a number, or with "among them": it tells something else.
    """
    found: list[Quantity] = []
    among = bool(items) and items[0].has("subset")
    for q in quantities(items, pack):
        who = None if q.implicit or q.number is None or q.kind not in ("bare", "other") else _who(items, q)
        if among and q.number is not None and q.kind == "person" and (items[q.first].joined if found else q.first == 1):
            who = q.noun
        if who is None:
            if not found:
                return []
            continue
        if not found and not (q.first == 0 or (q.first == 1 and items[0].entry.marks & {"conj", "subset"})):
            return []
        q.noun, q.kind, q.last = who, "person", who
        q.scope, q.rule = "subtotal", "part of the sentence before"
        found.append(q)
    return found


def _who(items: list[Item], q: Quantity) -> int | None:
    """The person that a bare number is said to be: "four were small children", "three of them Kenyans"."""
    k = q.last + 1
    apart = k < len(items) and items[k].has("subset")
    k += apart
    verb = k < len(items) and items[k].has("aux") and not items[k].has("perfect")
    if not (verb or apart):
        return None
    k += verb
    who = None
    for m in range(k, min(k + FAR, len(items))):
        if items[m].entry.noun is not None:
            who = m if items[m].entry.noun == "person" else None
        elif who is not None or (stops(items[m]) and items[m].word != "-"):
            break
    return who
