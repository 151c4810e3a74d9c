"""Who suffered: the words of a sentence that say whom a figure counts."""

from itertools import pairwise

from agents.extract.counted.quantity import STOPPING, Quantity, stops
from agents.extract.outcomes.fates import HURT, Fate
from agents.extract.outcomes.voice import TIME
from agents.extract.text.page import Page
from agents.extract.text.words import UNKNOWN, Item
from streams.records import Span

GROUP = 3  # items that name whose members they are
NOBODY = STOPPING | TIME | {"adverb", "det", "other"}  # behind a number, no words for whom it counts


def victims(page: Page, n: int, q: Quantity, fate: Fate, before: int | None) -> Span | None:
    """Who suffered: the noun, what "persons of …" goes on to say, or the word of the outcome itself ("missing").

    `before` is the noun of the number before. An English "and wounded 15" leaves it out; «وجرح 15 آخرين» says others.
    """
    items = page.items(n)
    noun = q.noun
    if noun is None and (
        other := next((k for k in range(q.first, min(q.last + 2, len(items))) if items[k].has("others")), 0)
    ):
        return page.words(n, other, other)
    if noun is None and q.implicit and items[q.first].has("another"):
        return page.words(n, q.first, q.first)  # «وأصيب رابع»
    if noun is None and page.pack.head == "last":
        noun = before
    if noun is None and q.implicit:
        return None  # «إلى وفاته»
    if noun is None and page.pack.head == "first":
        noun = _counted(page, items, q, fate)
    if noun is None:
        own = (page.pack.head == "first" and fate.what.measure not in HURT) or items[fate.last].entry.noun
        return page.words(n, fate.last, fate.last) if own and _tells_it(q, fate) else None
    if items[noun].has("member"):
        return page.words(n, noun, _of_whom(items, noun))
    if items[noun].has("anybody"):
        for k in range(noun + 1, min(noun + 5, len(items))):
            if items[k].entry.noun == "person" and items[k - 1].has("of"):
                return page.words(n, k, k)
            if items[k].kind == "sign" or items[k].entry.outcome is not None:
                break
    return page.words(n, noun, noun)


def _tells_it(q: Quantity, fate: Fate) -> bool:
    """Is the outcome the word that the number counts: "12 missing"?"""
    return q.last + 1 <= fate.first <= q.last + 3 or q.first <= fate.first <= q.last


def _of_whom(items: list[Item], noun: int) -> int:
    """The last item of "members of the brigade", «عناصر تنظيم الشمال»: who they are members of."""
    k = noun + 1
    while (
        k < len(items)
        and k <= noun + GROUP
        and (items[k].has("of") or not (stops(items[k]) or items[k].entry.marks & TIME))
    ):
        k += 1
    while items[k - 1].has("of"):
        k -= 1
    return k - 1


def _counted(page: Page, items: list[Item], q: Quantity, fate: Fate) -> int | None:
    """Who is counted by a number that has no noun: by a word behind it, or behind the outcome that it counts."""
    if q.number is None:
        return None
    k = q.number[1] + 1
    if _people(items, k, fate) and not (items[k].entry is UNKNOWN and page.pack.led(items[k].word)):
        return k  # «177 لاجئا»: a noun that the pack does not have
    while k < len(items) and items[k].has("other"):
        k += 1
    if _tells_it(q, fate):
        k = fate.last + 1
    behind = items[k : k + 3]
    for ranks, whose in pairwise(behind):
        if ranks.has("ranks") and whose.kind == "word":
            return k + behind.index(whose)  # «ثلاثة قتلى في صفوف المهاجمين»
    k += bool(behind) and behind[0].has("of")
    known = k < len(items) and items[k].entry.noun == "person" and not items[k].joined
    return k if known else None  # «ثلاثة قتلى من السكان», «ثلاث ضحايا فلسطينيين»


def _people(items: list[Item], k: int, fate: Fate) -> bool:
    """May the word at k, of which the pack knows nothing else, be people?"""
    if k == len(items):
        return False
    item = items[k]
    known = item.entry.number or item.entry.hedge or item.entry.marks & NOBODY or "prep" in item.entry.clitics
    return item.kind == "word" and not known and not item.joined and not fate.first <= k <= fate.last
