"""Where the name and office of a speaker begin and end, before a verb of saying or behind it."""

from agents.extract.text.words import UNKNOWN, Item

JOINING = frozenset(
    ("of", "place_prep", "prep", "conj", "conj_far", "det", "agent", "that", "adverb", "aux", "according")
)
STOPS = frozenset(("speaker_stop", "month", "time_unit", "background_start"))
BEHIND = frozenset(("rel", "aux", "time_word", "speaker_stop"))  # what ends a speaker's name
NAMING = frozenset(("article", "org"))
NAME = 4  # items of a name behind an office
NAMED = 8  # items of a name that opens a sentence
QUOTES = {'"': '"', "“": "”", "«": "»"}  # opening -> closing
QUOTED = 5  # items of a name in quotes
LONGEST = 14  # items of a speaker's name and office
TOLL = 4  # items from "according to" to "toll from"


def _ends(item: Item) -> bool:
    return (
        item.has("that")
        or item.has("speech")
        or item.has("speech_on")
        or item.has("modal")
        or item.has("break")
        or item.word in '.,،;؛:"“”«»()!?؟-'
    )


def forward(items: list[Item], k: int) -> tuple[int, int] | None:
    """First and last item of the speaker who is named from item `k` on, None where nobody is."""
    while k < len(items) and items[k].has("speech_gap"):
        k += 1
    first = k
    if k < len(items) and items[k].has("no_speaker"):
        return None
    if end := _quoted(items, k):  # «علمت "الشمال" أن»
        told = end + 1 < len(items) and (items[end + 1].has("clause") or items[end + 1].has("relay_from"))
        return _worth(items, k + 1, end - 1) if told else None
    for m in range(k, min(k + TOLL, len(items) - 1)):
        if items[m].has("count_noun") and items[m + 1].has("count_by"):
            return forward(items, m + 2)  # "a new toll from the ministry"
    while (
        k < len(items)
        and k - first < LONGEST
        and (not _ends(items[k]) or _hyphen(items, k) or _short(items, k))
        and items[k].entry.outcome is None
    ):
        if k > first and (items[k].entry.marks & BEHIND or items[k].entry.hedge or _begins(items, k)):
            break
        if counts(items[k]) or items[k].has("weekday") or (k > first and items[k].has("cause") and _governed(items[k])):
            break
        k += 1
        if k < len(items) and items[k].word in QUOTES:
            k = (_quoted(items, k) or k - 1) + 1
    if k - first == 1 and k + 1 < len(items) and items[k].word in ",،" and _plain(items[k + 1]):
        return _worth(items, first, _apposition(items, k + 1))
    return _worth(items, first, k - 1)


def _governed(item: Item) -> bool:
    """Is a preposition written onto it, as onto what somebody speaks of: «ندد الرئيس بالهجوم»?"""
    return "prep" in item.entry.clitics


def counts(item: Item) -> bool:
    """Is it a number: "according to the mayor two people died"?"""
    return item.kind == "digits" or item.entry.number is not None


def _counted(items: list[Item], k: int) -> bool:
    """Is it how many, or whom a number counts?"""
    near = items[max(0, k - 1) : k + 1] if items[k].entry.noun == "person" else items[k : k + 1]
    return any(counts(item) or item.entry.magnitude is not None for item in near)


def _plain(item: Item) -> bool:
    """Is it a word of which the pack says nothing?"""
    return item.kind == "word" and item.entry is UNKNOWN


def _apposition(items: list[Item], k: int) -> int:
    """The last item of a name behind "the president,": words that the pack says nothing of."""
    first = k
    while k < len(items) and k - first < NAME and _plain(items[k]):
        k += 1
    return k - 1


def backward(items: list[Item], k: int) -> tuple[int, int] | None:
    """The same of a speaker whose name ends at item `k`, before what belongs to the verb."""
    while k >= 0 and (items[k].has("aux") or items[k].has("adverb") or items[k].has("weekday")):
        k -= 1
    if k > 0 and items[k].word == "." and "." in items[k - 1].word:
        k -= 1  # "the U.N. says"
    if k < 0 or items[k].word in ",،":
        return None
    last = k
    k = next((m - 1 for m in range(max(1, k - QUOTED), k) if _quoted(items, m) == k), k)  # «صحيفة "الشمال" أعلنت»
    if items[k].has("pronoun") or items[k].has("rel"):
        return None  # "the town was hit and it was estimated that"
    if (rel := _relative(items, k)) > 0:
        return backward(items, rel - 1)  # "the group, which watches the war, said"
    if k >= 0 and items[k].has("speech_noun"):
        k -= 1  # "reports say"
    while (
        k >= 0
        and last - k < LONGEST
        and (not _ends(items[k]) or _hyphen(items, k))
        and items[k].entry.outcome is None
        and not items[k].has("rel")
    ):
        if k < last and (items[k].entry.marks & STOPS or _year(items[k])):
            break  # "… in Latakia overnight the Observatory said"
        if k < last and _counted(items, k):
            break  # "… killed 13 people MSF said"
        k -= 1
        if _begins(items, k + 1):
            k = _named(items, k + 1) - 1
            break
    if items[k + 1].has("relay_from") or (k >= 0 and items[k].has("relay_from")):
        return None  # «وعن حجم الخسائر قال»
    return _worth(items, k + 1, last)


def _relative(items: list[Item], k: int) -> int:
    """Where the relative clause begins that ends with item `k`, 0 where none does."""
    for m in range(k - 1, max(0, k - LONGEST), -1):
        item = items[m]
        if item.has("rel") and items[m - 1].kind == "word" and not items[m - 1].has("speech"):
            return 0 if items[m + 1].has("article") else m  # "the blasts which the Observatory said killed nine"
        if (item.kind == "sign" and not _hyphen(items, m)) or item.entry.outcome is not None or item.has("speech"):
            break
    return 0


def _year(item: Item) -> bool:
    return item.kind == "digits" and len(item.word) == 4


def _begins(items: list[Item], k: int) -> bool:
    """Does a noun phrase of its own begin here: "according to the ministry the army …"?"""
    if k < 1 or not items[k].has("article"):
        return False
    before = items[k - 1]
    return before.kind == "word" and not before.entry.marks & JOINING


def _named(items: list[Item], k: int) -> int:
    """Where the name begins that "a …" at item `k` explains: "The Observatory a monitoring group said", else `k`."""
    opens = 0 < k <= NAMED and items[k].has("explains")
    plain = opens and all(i.kind == "word" and (i.entry is UNKNOWN or i.entry.marks & NAMING) for i in items[:k])
    return 0 if plain else k


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` join two words?"""
    joins = items[k].word == "-" and 0 < k < len(items) - 1
    return joins and items[k - 1].end == items[k].start and items[k].end == items[k + 1].start


def _quoted(items: list[Item], k: int) -> int:
    """Where the quote closes that opens at item k, around no more than a name; 0 where none does."""
    closing = QUOTES.get(items[k].word) if k < len(items) else None
    if closing is None:
        return 0
    return next((m for m in range(k + 2, min(k + 2 + QUOTED, len(items))) if items[m].word == closing), 0)


def _short(items: list[Item], k: int) -> bool:
    """Is it the point of a title of one letter: «د. سامي», "U. Thant"?"""
    return items[k].word == "." and k > 0 and items[k - 1].end - items[k - 1].start == 1


def _worth(items: list[Item], first: int, last: int) -> tuple[int, int] | None:
    while first <= last and (items[first].entry.marks & {"conj", "place_prep", "adverb", "aux"}):
        first += 1
    if first > last or items[first].kind != "word":
        return None
    if items[first].entry.marks & {"time_word", "time_unit", "weekday", "time_lead"}:
        return None
    return first, last
