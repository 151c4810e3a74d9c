"""What is no figure although it looks like one: it did not happen, or it is not counted."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.fates import Fate, has_near
from agents.extract.text.page import Page
from agents.extract.text.words import UNKNOWN, Item, any_marked

BEFORE = 5  # words back from an outcome in which a negation or a condition holds
OPENING = 2  # sentences that tell what an article is about
IN_SPORT = frozenset(("injured", "missing", "captured", "returned"))
AFTER = 4  # words on from a number in which a rate is said


def unlikely(page: Page, n: int, fate: Fate, q: Quantity) -> str:
    """The reason to leave out what only its surroundings would make a figure, "" where there is none.

    An outcome may want a certain word beside it ("returned" one of home), one person's death a
    cause that makes it news, and where sport is spoken of, only deaths are meant.
    """
    marks = page.marks(n)
    if not has_near(fate.what, marks):
        return "a word beside it is wanted"
    if "not_toll" in marks and fate.what.takes("toll"):
        return "a toll of things"
    if "definition" in marks and _or_more(page.items(n), q):
        return "a definition"
    violent = "cause" in marks
    if q.implicit and q.single in ("cause", "indefinite") and not (violent or _told_beside(page, n)):
        return "no news"
    if "fiction" in marks and _beside(page.items(n), fate, "fiction"):
        return "fiction"
    if "not_toll" in marks and _right_behind(page.items(n), fate, q, "not_toll"):
        return "another sense"
    if fate.what.measure not in IN_SPORT:
        return ""
    told = [page.marks(m) for m in (n, *range(min(OPENING, len(page.ends))))]
    if fate.what.measure == "injured":
        if any("infection" in about for about in told) and not _else_caused(page.items(n)):
            return "a disease"
        if "disease" in marks and not violent and _beside(page.items(n), fate, "disease"):
            return "a disease"
    return "sport" if not violent and any("sport" in about for about in told) else ""


def _told_beside(page: Page, n: int) -> bool:
    """Does the sentence before, or the one behind a headline, tell what kills?"""
    beside = n - 1 if n else 1
    return beside < len(page.ends) and "cause" in page.marks(beside)


def _or_more(items: list[Item], q: Quantity) -> bool:
    """ "The killing of four or more people": is its bound behind the number, and before the noun?"""
    if q.number is None or q.number[1] + 1 >= len(items):
        return False
    hedge = items[q.number[1] + 1].entry.hedge
    return q.qualifier == "at_least" and hedge is not None and hedge.after and not hedge.before


def _else_caused(items: list[Item]) -> bool:
    """Is something told that hurts people, besides the infection and what became of them?"""
    return any(i.has("cause") and not (i.has("infection") or i.entry.outcome) for i in items)


def _right_behind(items: list[Item], fate: Fate, q: Quantity, mark: str) -> bool:
    """Does a word so marked stand right behind the outcome, or behind the pair?"""
    behind = {fate.last + 1, max(fate.last, q.last) + 1}
    return any(k < len(items) and items[k].has(mark) for k in behind)


def _beside(items: list[Item], fate: Fate, mark: str) -> bool:
    """Does a word so marked stand in the clause of an outcome?"""
    for steps in (range(fate.first - 1, -1, -1), range(fate.last + 1, len(items))):
        for k in steps:
            if items[k].has(mark):
                return True
            if items[k].word in ",،;؛:" or items[k].has("break"):
                break
    return False


def _of_share(items: list[Item], k: int) -> bool:
    """ "60 percent of the 12,000 residents"."""
    while k >= 0 and (items[k].has("det") or items[k].has("of") or items[k].word.endswith("'s")):
        k -= 1
    return k > 0 and (items[k].has("measure_after") or items[k].word in "%٪") and items[k + 1].has("of")


def _some_of(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """ "Half of the 9,000 residents fled"; but "most of the 340 people killed" counts the killed."""
    if fate.voice not in ("finite", "perfect", "passive") or any_marked(items[q.last + 1 : fate.first], "rel"):
        return False
    k = q.first - 1
    while k > 0 and (items[k].has("det") or items[k].has("of") or items[k].word.endswith("'s")):
        k -= 1
    return q.first < fate.first and 0 <= k < q.first - 1 and items[k].has("share") and items[k + 1].has("of")


def _fraction_of(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """«نزوح ربع سكانها البالغ عددهم 800 ألف»: does an outcome tell of a fraction of them?"""
    after = items[fate.last + 1].entry.number if fate.last + 1 < q.first else None
    return after is not None and after[0] == "fraction"


def drill(page: Page) -> bool:
    """Does the article begin with a drill, an invented case?"""
    return any("drill" in page.marks(m) for m in range(min(OPENING, len(page.ends))))


def excluded(items: list[Item], fate: Fate, q: Quantity) -> str:
    """The reason to leave the pair out, "" where there is none."""
    before = items[fate.first - 1] if fate.first else None
    aimed = items[fate.first].has("base") and before is not None and before.has("infinitive")
    if aimed and not (fate.first > 1 and items[fate.first - 2].has("achieved")):
        return "not real"  # "to kill 12"
    if fate.what.measure == "displaced" and q.noun is not None and items[q.noun].has("runaway"):
        return "run away, not displaced"
    if fate.what.measure == "returned" and q.noun is not None and items[q.noun].has("traveller"):
        return "had not been displaced"
    if q.unit == "household" and (fate.what.measure == "injured" or (q.low == 1 and q.qualifier == "at_least")):
        return "no count of households"  # "hurt by the closures", "each hosts at least one family"
    if fate.what.measure in ("killed", "missing") and q.noun is not None and items[q.noun].has("survivor"):
        return "survived"
    if _of_share(items, q.first - 1) or _some_of(items, fate, q) or _fraction_of(items, fate, q):
        return "a share"
    for k in range(fate.first - 1, max(-1, fate.first - 1 - BEFORE), -1):
        item = items[k]
        if item.entry is UNKNOWN and item.kind == "word":
            continue
        if (
            item.word in ";؛"
            or (item.word == "," and k == fate.first - 1 and fate.voice == "active")  # "…, killing 12"
            or item.has("break")
            or (item.entry.outcome is not None and k not in range(q.first, q.last + 1))
        ):
            break
        if item.has("neg") and fate.first - k <= 4 and not q.first <= k <= q.last:
            return "negated"
        if item.has("modal"):
            return "not real"
        if item.has("yearly"):
            return "a rate"
        if item.has("not_people"):
            return "not people"
    for k in range(q.first - 1, max(-1, q.first - 3), -1):
        if items[k].has("neg") or items[k].has("rate_before") or items[k].has("yearly"):
            return "negated or a rate"
        if items[k].has("modal") and q.first > fate.last:
            return "not real"
        affected = (
            items[k].has("affected")
            and not (items[k + 1].kind == "sign" or items[k + 1].has("conj"))
            and not (q.kind == "bare" and items[k].has("toll"))
        )
        if affected and not q.first <= fate.first <= q.last + 1:
            return "affected"
        if items[k].has("safe") and fate.what.measure == "missing":
            return "rescued"  # "saved 14 who were trapped under the rubble"
        if items[k].entry.outcome is not None:
            break
    if any_marked(items[fate.last + 1 : q.first], "safe"):
        return "recovered"  # "the number of patients who have recovered rose to 136"
    behind = max(q.last, fate.last) + 1
    if behind < len(items) and items[behind].has("condition_behind"):
        return "not real"  # "are told to leave their homes should the river rise"
    if any_marked(items[fate.last + 1 : q.first], "yearly"):
        return "a rate"  # «عدد الوفيات السنوية 7700»
    start = q.number[1] + 1 if q.number else q.last + 1
    for k in range(start, min(len(items), behind + AFTER)):
        if items[k].has("rate") and not items[k - 1].has("place_prep"):  # but "12 killed in a week"
            if any_marked(items[k + 1 : k + 2], "from_then"):
                break  # "killed 12 an hour later"
            return "a rate"
        if items[k].entry.outcome is not None and k > fate.last:
            break
        if items[k].kind == "sign" and items[k].word not in "-\"'":
            break
    return ""
