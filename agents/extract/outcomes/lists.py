"""What an outcome takes, a list hands on: "12 soldiers and 3 civilians were killed", "killed in the city and 15 elsewhere"."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.costs import FREE
from agents.extract.outcomes.fates import HURT, Fate
from agents.extract.text.words import Item, any_marked

GOES_ON = FREE.union(  # what may come right behind a noun that is one of a list
    ["place_prep", "prep", "conj", "conj_far", "rel", "subset", "with_others", "hedge_gap", "agent", "elsewhere"],
    ["weekday", "month", "time_word", "time_unit", "time_lead", "unit_link", "place_noun", "direction"],
)
SINGLES_APART = 4  # items between two single persons of one list
FAR_NOUN = 4  # items from a number to a second noun that it counts
LIST_REACH = 16  # items between two members of a list


def hand_on(items: list[Item], quantities: list[Quantity], bound: dict[int, Fate], subject_first: bool) -> None:
    stray = {n for n, q in enumerate(quantities) if q.definite and n not in bound and not items[q.first].joined}
    order = [n for n, q in enumerate(quantities) if q.kind != "thing" and n not in stray]
    for at in range(1, len(order)):
        number, before = order[at], order[at - 1]
        p, q = quantities[before], quantities[number]
        if before not in bound or (q.implicit and _speaks(items, q.last + 1)):
            continue
        if q.unit == "household" != p.unit and number not in bound and bound[before].what.measure in HURT:
            continue  # nobody counts the dead by families
        if (
            subject_first
            and number not in bound
            and (_stands_apart(items, q) or _told_apart(items, p, q, bound[before]))
        ):
            continue
        link = "part" if _among_them(items, q) else _link(items, p, q, bound[before])
        if link == "part":
            q.scope = "subtotal"
            if number not in bound and (q.counts_people or q.magnitude or _in_a_place(items, q)):
                bound[number], q.rule = bound[before], "part of the number before"
        elif link and number not in bound and _may_follow(items, p, q, link) and not _both_counted(items, p, q):
            bound[number], q.rule = bound[before], "list after a number"
            q.scope = q.scope or p.scope
            q.single = p.single if p.implicit else q.single
    listed: dict[int, int] = {}  # member of a list -> the one behind it
    for at in range(len(order) - 2, -1, -1):
        number, after = order[at], order[at + 1]
        p, q = quantities[after], quantities[number]
        if number in bound or after not in bound or not q.counts_people or q.last >= p.first:
            continue
        if q.implicit and q.unit == "household":
            continue
        if subject_first and (_whole(items, q) or _does_something(items, q, p)):
            continue
        if q.first and not q.implicit and items[q.first - 1].has("governs"):
            continue
        fate = bound[after]
        if fate.first < q.first and not (q.implicit and q.first <= fate.last + 2):
            continue  # "killed a guard and 10 others": he stands right behind the verb
        link = _link(items, q, p, fate)
        if link == "part":
            member: int | None = after
            while member is not None:  # «بينهم 12 طفلا وثماني نساء، قتلوا»
                quantities[member].scope = "subtotal"
                member = listed.get(member)
            bound[number], q.rule = fate, "whole before its part"
        elif link == "close" and not (q.implicit and p.first - q.last > SINGLES_APART):
            bound[number], q.rule = fate, "list before a number"
            listed[number] = after
            q.scope = q.scope or fate.what.ways[0].scope
            q.single = p.single if p.implicit else q.single


def _link(items: list[Item], p: Quantity, q: Quantity, fate: Fate) -> str:
    """How q hangs on p: "part", "close" (a joint right before it), "near", or ""."""
    gap = range(max(p.last, fate.last if fate.last < q.first else -1) + 1, q.first)
    if len(gap) > LIST_REACH:
        return ""
    joint, kind = -1, ""
    for k in gap:
        item = items[k]
        if fate.first <= k <= fate.last:
            continue
        marks = item.entry.marks
        if (
            item.entry.outcome is not None
            or (
                marks & {"break", "governs", "modal", "speech", "aux", "rel", "freed"} and not _its_verb(items, k, fate)
            )
            or item.word in ";؛"
            or (item.word == ":" and (k < q.first - 1 or not _smaller(q, p)))
        ):
            return ""
        if (
            item.word == ":"
            or "subset" in marks
            or (item.word == "-" and k == q.first - 1 and p.noun is not None and q.noun is not None and not q.implicit)
        ):
            joint, kind = k, "part"
        elif item.joined or "conj" in marks or "conj_far" in marks or item.word in ",،/(" or item.word == "-":
            joint = k - 1 if item.joined and not marks & FREE else k  # «وإيقاف ثمانية»: such a word stands between
            kind = kind if kind == "part" and k - joint <= 1 else "joint"
        elif "unit_link" in marks and p.unit != q.unit:
            joint, kind = k, "joint"
    if items[q.first].joined:
        joint = q.first
        kind = "part" if kind == "part" and len(gap) <= 2 else "joint"
    if items[q.first].has("subset") or kind == "part":
        return "part" if joint >= q.first - 4 else ""
    if joint < 0:
        return ""
    between = [k for k in range(joint + 1, q.first) if not items[k].entry.marks & FREE]
    return "close" if not between else ("near" if len(between) <= 2 else "")


def _its_verb(items: list[Item], k: int, fate: Fate) -> bool:
    """ "Seven deaths were recorded in the north, five in the south": is it an auxiliary right behind the outcome?"""
    return k == fate.last + 1 and items[k].has("aux") and not fate.voice


def _among_them(items: list[Item], q: Quantity) -> bool:
    """ "Three were killed, a woman among them, …": does "among them" close what is said of q?"""
    k = q.last + 1
    if not q.implicit or k >= len(items) or not items[k].has("subset"):
        return False
    return k + 1 == len(items) or items[k + 1].kind == "sign" or items[k + 1].has("conj")


def _may_follow(items: list[Item], p: Quantity, q: Quantity, link: str) -> bool:
    if q.kind in ("person", "household", "other"):
        if q.definite and not (p.implicit and items[q.first].joined and not items[q.first].has("culprit")):
            return False  # «مقتل العريف أحمد، والجندي محمد»
        return link == "close" and not (q.implicit and _aside(items, q) and not (q.definite and items[q.first].joined))
    if q.kind == "unknown" and q.number and items[q.number[1] + 1].has("of"):
        return link == "close"  # «وثلاثة من الحشد»
    if q.kind == "bare" and link == "near":
        return _behind_place(items, q)
    return link == "close" and _in_a_place(items, q)


def _in_a_place(items: list[Item], q: Quantity) -> bool:
    """ "… and 5 in Homs", "two each in …": does a bare number have a place of its own?"""
    k = q.last + 1
    k += k < len(items) and items[k].has("each")
    return (
        q.kind == "bare"
        and k < len(items)
        and (items[k].entry.marks & {"place_prep", "to", "elsewhere"} or "place_prep" in items[k].entry.clitics)
    )


def _behind_place(items: list[Item], q: Quantity) -> bool:
    """ "… and in Homs 5": does a bare number end a clause that names a place alone?"""
    k = q.first - 1
    while k > q.first - 3 and items[k].kind == "word" and items[k].entry.empty:
        k -= 1
    named = k < q.first - 1 and (items[k].has("place_prep") or "place_prep" in items[k].entry.clitics)
    after = items[q.last + 1] if q.last + 1 < len(items) else None
    return named and (after is None or after.kind == "sign" or after.joined or after.has("conj"))


def _smaller(q: Quantity, whole: Quantity) -> bool:
    """Is it a number, and less than the other?"""
    return q.number is not None and whole.number is not None and (q.low or q.high or 0) < (whole.low or whole.high or 0)


def _both_counted(items: list[Item], p: Quantity, q: Quantity) -> bool:
    """«385 مصابا ومريضا», «مليون لاجئ سوري وليبي»: a second singular with the same ending is counted by the number too."""
    if not q.implicit or p.implicit or q.noun is None or not (p.magnitude or (p.low or 0) > 10):
        return False
    noun = items[q.first - 1 if p.noun is None else p.noun]
    alike = (p.low or 0) >= 100 or noun.word[-1] == items[q.noun].word[-1]
    near = q.first - p.last <= (FAR_NOUN if p.noun is None else 2)
    return alike and near and (noun.entry.count == 1 or noun.entry.outcome is not None)


def _aside(items: list[Item], q: Quantity) -> bool:
    """Does a comma or bracket part it from the one before: "the colonel, head of …" is the same man?"""
    return q.first > 0 and items[q.first - 1].word in ",،("


def _whole(items: list[Item], q: Quantity) -> bool:
    """ "Of the 6,000 people, 300 were evacuated", "power was cut to 20,000 people and 300 were": not their subject."""
    k = q.first - 1
    while k > 0 and (items[k].has("det") or items[k].word.endswith("'s")) and not items[k].has("of"):
        k -= 1
    if k < 0:
        return False
    if items[k].has("of"):
        return k == 0 or items[k - 1].kind == "sign"
    return items[k].has("given_to")


def _does_something(items: list[Item], q: Quantity, p: Quantity) -> bool:
    """ "3,500 people received food and 200 families …": a word right behind its noun that may be its own verb."""
    after = items[q.last + 1]
    if q.last + 1 >= p.first or q.noun != q.last or after.kind != "word" or after.joined:
        return False
    known = after.entry
    return not (known.noun or known.outcome or known.hedge or known.number or known.marks & GOES_ON)


def _told_apart(items: list[Item], p: Quantity, q: Quantity, fate: Fate) -> bool:
    """ "3 feared dead, 500 families sacked": has a number behind the verb of the one before a verb that the pack does not know?"""
    if not (p.last < fate.first and fate.last < q.first) or q.noun != q.last or q.implicit or q.last + 1 >= len(items):
        return False
    after = items[q.last + 1]
    return after.kind == "word" and after.entry.empty and items[q.first - 1].word == ","


def _stands_apart(items: list[Item], q: Quantity) -> bool:
    """ "… and two others are stable": has a number a verb of its own that is no outcome?"""
    if q.counts_people and any_marked(items[max(0, q.first - 2) : q.first], "apart_joint"):
        return True  # "… while 40 families in two districts got food"
    k = q.last + 1
    if k >= len(items) or not items[k].has("aux"):
        return False
    return all(item.entry.outcome is None and item.entry.noun is None for item in items[k : k + 4])


def _speaks(items: list[Item], k: int) -> bool:
    """Does a verb of saying come next: "…, a local official said"?"""
    while k < len(items) and items[k].kind == "word" and items[k].entry.outcome is None:
        if items[k].has("speech"):
            return True
        k += 1
    return False
