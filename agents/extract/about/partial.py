"""Whether a figure is a part of another, told by the words beside it."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked

AMONG = 3  # items from "among" to "the dead"
NEAR = 5  # items from a number to how they fare
ALONE = 7  # items from a number to "alone"
HURT = frozenset(("injured", "killed_or_injured", "evacuated", "displaced"))
ON_TOP = 4  # items from "after" to those who died


def is_part(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """Is it a part of a figure, whether or not that one is told?"""
    items = page.items(n)
    return _of_the(items, q, fate) or _among(page, items, fate) or _on_top(items, q, fate)


def may_be_part(page: Page, n: int, q: Quantity, fate: Fate) -> bool:
    """Is it a part if the article tells a greater figure of its kind?"""
    items = page.items(n)
    return _alone(items, q) or (n > 0 and (_staying(items, q, fate) or _one_event(page, n, q)))


def _of_the(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "Three of the wounded" are a part of them."""
    between = items[q.last + 1 : fate.first] if q.last < fate.first else []
    those = "def" in items[fate.first].entry.clitics or (between and between[0].has("article_of"))
    return bool(those) and len(between) == 1 and between[0].has("of")


def _among(page: Page, items: list[Item], fate: Fate) -> bool:
    """ "Two children were among the dead", «من بين القتلى»: a part of them."""
    if fate.what.measure != "killed_or_injured" and "among" in page.pack.marks(items[fate.first].word.split()[0]):
        return True  # the phrase itself
    for k in range(fate.first - 1, max(-1, fate.first - 1 - AMONG), -1):
        if items[k].has("among"):
            return "def" in items[fate.first].entry.clitics or items[k + 1].has("det")
        if items[k].kind != "word" or items[k].entry.number:
            return False
    return False


def _on_top(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """Is it what raised a toll: "the toll rose to 32 after two soldiers died", "two more died, bringing the toll to 32"?"""
    more = any_marked(items[q.first : q.last + 2], "other")
    behind = items[max(q.last, fate.last) + 1 :]
    if more and any_marked(behind, "rising") and _toll(behind, fate):
        return True
    first = min(q.first, fate.first)
    at = next((k for k in range(first - 1, max(0, first - 1 - ON_TOP), -1) if items[k].has("raised_after")), 0)
    raises = fate.what.takes("toll")
    return not raises and fate.first > at and _toll(items[:at], fate)


def _toll(items: list[Item], fate: Fate) -> bool:
    """Is a toll of the same measure told here?"""
    outcomes = (item.entry.outcome for item in items if item.entry.outcome is not None)
    return any(what.measure == fate.what.measure and what.takes("toll") for what in outcomes)


def _alone(items: list[Item], q: Quantity) -> bool:
    """ "Twenty in Basra alone", «في البصرة وحدها»."""
    return any_marked(items[max(0, q.first - ALONE // 2) : q.last + 1 + ALONE], "alone")


def _staying(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "Nine are still in hospital", "two in critical condition", «8 إصابات متوسطة»: how some of them fare."""
    if fate.what.measure not in HURT:
        return False
    behind = items[max(q.last, fate.last) + 1 : max(q.last, fate.last) + NEAR]
    behind = behind[: next((k for k, item in enumerate(behind) if item.has("subset")), NEAR)]  # "49 hurt, 4 seriously"
    beside = items[max(0, min(q.first, fate.first) - 3) : max(q.last, fate.last) + 1] + behind
    return any(item.has("staying") or item.has("severity") for item in beside)


def _one_event(page: Page, n: int, q: Quantity) -> bool:
    """ "The first accident left two dead": one of several events that the article adds up."""
    return "one_of_several" in page.marks(n) and any_marked(page.items(n)[: q.first], "one_of_several")
