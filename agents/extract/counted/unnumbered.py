"""Who is counted without a number: two by the form of the word, one by a noun alone."""

from agents.extract.counted.quantity import Quantity, stops
from agents.extract.text.entries import Pack
from agents.extract.text.words import UNKNOWN, Item

FAR = 6  # words from a number to its noun at most
ONE = frozenset(("one_of", "another", "one_hurt"))  # words by which one person is counted, besides nouns


def unnumbered(items: list[Item], spots: list[bool], pack: Pack) -> list[Quantity]:
    """Duals (two, by the word's form) and singles: "a soldier"."""
    found = []
    n = len(items)
    for k, item in enumerate(items):
        entry = item.entry
        if entry is UNKNOWN:
            continue
        if entry.noun is None and not entry.count and ONE.isdisjoint(entry.marks):
            continue
        of = k + 2 if k + 2 < n and items[k + 1].has("superlative") else k + 1
        if item.has("one_of") and of < n and not spots[k] and items[of].entry.noun == "person":
            q = Quantity(k, of)  # "one of the soldiers", «أحد أخطر المطلوبين»
            q.noun, q.kind, q.implicit, q.low, q.high = of, "person", True, 1, 1
            found.append(q)
            spots[of] = True  # «أحد مرافقيه»: whose form may be a dual's too
            continue
        if not spots[k] and _one_more(items, k):
            q = Quantity(k, k)
            q.kind, q.implicit, q.low, q.high = "person", True, 1, 1
            found.append(q)
            continue
        if item.has("one_hurt") and not spots[k] and _falls(items, k):
            q = Quantity(k, k)  # «سقوط شهيد», «قتيل وجريحان»
            q.kind, q.implicit, q.low, q.high = "person", True, 1, 1
            found.append(q)
            continue
        if spots[k] or entry.noun == "thing" or not (entry.count or (entry.noun and _two_follow(items, k))):
            continue
        person = entry.noun is not None
        if person and pack.head == "first" and entry.count == 1 and _describes(items, spots, k):
            continue
        if k and items[k - 1].has("whoever"):
            continue  # «أي سجين»
        q = Quantity(k, k)
        q.noun = k if person else None
        q.kind = entry.noun or "person"
        q.unit = "household" if q.kind == "household" else "person"
        one = k + 1 < n and not spots[k + 1] and items[k + 1].has("one_after")
        two = k + 1 < n and not spots[k + 1] and items[k + 1].has("two_after")
        if entry.count == 2 or two or (person and _two_follow(items, k)):
            q.low = q.high = 2
            q.number = (k, k)
        elif one and q.unit == "household" and k and items[k - 1].has("of"):
            continue  # "of one family"
        elif one:
            q.low = q.high = 1
            q.number = (k + 1, k + 1)
            q.last = k + 1
        elif not person:
            continue
        else:
            if pack.head == "last":
                start = _determiner(items, spots, k)
                if start is None:
                    continue
                if k + 1 < n and items[k + 1].entry.noun is not None and not items[k + 1].joined:
                    continue  # "a police officer": the last noun is the head
                if item.has("adjective") and k + 1 < n and _plain(items[k + 1]):
                    continue  # "an American airliner"
                q.first = start
            q.definite = "def" in entry.clitics or item.has("given_name")
            q.implicit, q.low, q.high = True, 1, 1
        found.append(q)
    return found


def _one_more(items: list[Item], k: int) -> bool:
    """ "And one more was wounded", but not the last of things: «تصفية آخر جيوب المسلحين»."""
    if not (k and items[k].has("another") and items[k - 1].entry.outcome is not None):
        return False
    return k + 1 == len(items) or items[k + 1].entry.noun != "thing"


def _falls(items: list[Item], k: int) -> bool:
    """Is one dead or hurt told of here, and not of whom something else is: "a martyr's father"?"""
    if "def" in items[k].entry.clitics or (k + 1 < len(items) and items[k + 1].kind == "digits"):
        return False
    before = items[k - 1] if k else None
    counted = before is not None and items[k].joined and (before.has("one_hurt") or before.entry.count == 2)
    opens = before is None or before.word in ".:،,؛-|#"
    return opens or before.has("falls") or counted


def _plain(item: Item) -> bool:
    """A word that the pack knows nothing of."""
    return item.kind == "word" and item.entry.empty


def _two_follow(items: list[Item], k: int) -> bool:
    """«شرطيين أحدهما ضابط»: do the next words speak of the two of them?"""
    for item in items[k + 1 : k + 4]:
        if item.has("two_hint"):
            return True
        if item.kind == "sign" or item.entry.outcome is not None:
            return False
    return False


def _describes(items: list[Item], spots: list[bool], k: int) -> bool:
    """Does the noun say more of the one right before it: «جندي أميركي», «الجندي السعودي»?"""
    before = items[k - 1] if k else None
    if before is None or before.entry.noun != "person" or items[k].joined:
        return False
    if items[k].has("kin") and not before.has("relatives"):
        return False  # «رجل مسن زوجته» are two, «ابن عمه» is one
    return spots[k - 1] or before.entry.count == 1  # «مسلحون طبيبا» are two


def _determiner(items: list[Item], spots: list[bool], k: int) -> int | None:
    for back in range(1, FAR + 3):
        m = k - back
        if m < 0 or spots[m]:
            return None
        if items[m].has("single_det"):
            return m
        hyphened = items[m].word == "-" or items[m + 1].word == "-"  # "an under-age girl"
        if not hyphened and stops(items[m]) and items[m].kind != "digits":
            return None
    return None
