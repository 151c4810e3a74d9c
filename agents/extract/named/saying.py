"""Who speaks in a sentence: beside a verb of saying, before or behind it, or after "according to"."""

from agents.extract.text.words import UNKNOWN, Item, any_marked

Said = tuple[int, int, int]  # the word of saying; first and last item of who says it
SAYING = frozenset(("speech", "speech_on", "speech_of_office", "speech_of_toll", "according", "quoting", "relay"))
VERBS = frozenset(("speech", "speech_on", "speech_of_office", "speech_of_toll"))
JOINING = frozenset(
    ("of", "place_prep", "prep", "conj", "conj_far", "det", "agent", "that", "adverb", "aux", "according")
)
STOPS = frozenset(("speaker_stop", "month", "time_unit", "background_start"))
BEHIND = frozenset(("rel", "aux", "time_word"))  # what ends a speaker's name
NAMING = frozenset(("article", "org"))
LONGEST = 14  # items of a speaker's name and office
RELAY = 8  # items from "carried" to "from"
NAME = 4  # items of a name behind an office
NAMED = 8  # items of a name that opens a sentence
COMMAS = (",", "،")
QUOTES = {'"': '"', "“": "”", "«": "»"}  # opening -> closing
QUOTED = 5  # items of a name in quotes
ASIDE = 6  # items between two commas
TOLL = 4  # items from "according to" to "toll from"
OPENS = 50  # items that a speaker counts as further off who opens a clause behind the figure


def said(items: list[Item], head: str) -> tuple[list[Said], bool]:
    """Who speaks where in a sentence; where nobody is named, whether he who spoke before goes on."""
    found, goes_on = [], False
    for k, item in enumerate(items):
        if item.entry.marks.isdisjoint(SAYING):
            continue
        if "def" in item.entry.clitics or (found and item.has("saying")) or _no_verb(items, k):
            continue  # "the ministry confirmed the raid, saying …"
        run = _forward(items, k + 1) if item.has("according") or item.has("quoting") else None
        if run is None and (item.entry.marks & VERBS or _relays(items, k)):
            on = item.has("speech_on")
            if (head == "last" and _no_saying(items, k)) or (on and (" " in item.word or item.has("same_speaker"))):
                goes_on = goes_on or on  # "he said"
                continue
            at = _relays(items, k)
            run = _behind_or_before(items, k) if head == "last" else _forward(items, at) if at else _after(items, k, on)
            goes_on = goes_on or on or run is not None or head == "first"  # "said": he who spoke before
        first = (
            not found
            or item.has("quoting")
            or (not item.has("speech_on") and (head == "last" or _opens_clause(items, k, run)))
        )
        if run and first and not items[run[0]].has("pronoun"):
            found.append((k, *run))
    quoted = [spoken for spoken in found if items[spoken[0]].has("quoting")]
    return quoted or found, goes_on


def _no_verb(items: list[Item], k: int) -> bool:
    """Is it what is not said, a noun or another verb: «ولم تذكر الوزارة», «من كشف ملابسات», «وبين المدينة», "gave way"?"""
    if items[k].has("speech_of_office"):
        return not any_marked(items[k + 1 : k + 2], "office")
    if items[k].has("speech_of_toll"):
        return not any_marked(items[k + 1 : k + TOLL], "count_noun")
    return k > 0 and (items[k - 1].has("neg") or items[k - 1].has("no_verb"))


def _relays(items: list[Item], k: int) -> int:
    """«نقلت صحيفة عن مصدر»: a verb of carrying that goes on to "from" whom."""
    if not items[k].has("relay"):
        return 0
    at = next((m for m in range(k + 1, min(k + RELAY, len(items))) if items[m].has("relay_from")), k)
    carried = any(item.entry.noun == "person" or _counts(item) for item in items[k + 1 : at])  # «نقل 14 جريحا»
    return at if at > k and not carried else 0


def _opens_clause(items: list[Item], k: int, run: tuple[int, int] | None) -> bool:
    """Does "that" follow, so that he is a speaker beyond doubt: «وقال الوزير إن», «وكان الوزير قال، أمس، إن»?"""
    if run is None:
        return False
    after = max(k, run[1]) + 1
    if after < len(items) and items[after].word in COMMAS:
        behind = (m for m in range(after + 1, min(after + ASIDE, len(items))) if items[m].word in COMMAS)
        after = next(behind, after) + 1
    if after < len(items) and items[after].has("to_whom"):
        rest = items[after : after + ASIDE]  # «لوكالة الأنباء إن»
        after += next((m for m, item in enumerate(rest) if item.kind == "sign" or item.has("clause")), 0)
    return after < len(items) and (items[after].has("clause") or items[after].entry.outcome is not None)


def _behind_or_before(items: list[Item], k: int) -> tuple[int, int] | None:
    return (
        _closing(items, k)
        or _last(items, k)
        or backward(items, k - 1)
        or named_before(items, k - 1)
        or _inverted(items, k)
    )


def _after(items: list[Item], k: int, on: bool) -> tuple[int, int] | None:
    """The same where the verb stands before its subject: «قالت الوزارة»."""
    told = _had(items, k) and backward(items, k - 1)
    return told or _forward(items, k + 1) or (None if on or _goes_on(items, k) else backward(items, k - 1))


def _had(items: list[Item], k: int) -> bool:
    """ "The ministry had said", «وكانت الوزارة قالت»: is this the verb of that "had", with the subject between?"""
    for m in range(k - 1, max(-1, k - LONGEST), -1):
        if items[m].has("speech"):
            return False
        if items[m].has("aux") and (m == 0 or items[m].joined):
            return True
    return False


def _goes_on(items: list[Item], k: int) -> bool:
    """«وقال إنه …»: joined to what was said before, and nobody named behind it."""
    return items[k].joined and k + 1 < len(items) and items[k + 1].has("clause")


def nearest(items: list[Item], found: list[Said], at: int, head: str) -> tuple[int, int] | None:
    """Of several speakers the one who says what stands at item `at`: the last before it, or one who closes a clause.

    None where the verb stands first and its speakers all open clauses of their own behind the item.
    """
    if head == "first":
        found = [spoken for spoken in found if spoken[0] < at or not _opens_clause(items, spoken[0], spoken[1:])]

    def far(spoken: Said) -> int:
        k, _, last = spoken
        if k < at:
            return at - k
        behind = max(k, last) + 1
        closes = behind >= len(items) or items[behind].kind == "sign" or items[behind].has("weekday")
        return k - at + (0 if closes else OPENS)

    return min(found, key=far)[1:] if found else None


def _no_saying(items: list[Item], k: int) -> bool:
    """ "bombings claimed by …", "floods claimed 80 lives"."""
    return any_marked(items[k + 1 : k + 2], "agent") or any_marked(items[k + 1 : k + 6], "not_said")


def named_before(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "Ali Hassan, a police chief, said": the name before the first of two commas, else what stands between."""
    if k < 1 or items[k].word != ",":
        return None
    other = next((m for m in range(k - 1, max(-1, k - LONGEST), -1) if items[m].word == ","), None)
    return None if other is None else backward(items, other - 1) or backward(items, k - 1)


def _closing(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "…, said police." to the end of the clause."""
    run = _inverted(items, k) if k > 0 and items[k - 1].word in ",\"”'" else None
    if run and any_marked(items[run[0] : run[1] + 1], "aux"):
        return None  # "Ali Hassan, a doctor, said the ward was full."
    return run if run and (run[1] + 1 == len(items) or items[run[1] + 1].word in '.,;"“') else None


def _last(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "Nine died in Aden a port in the south said Ali Hassan of the ministry.": nothing else behind the verb."""
    if not items[k].has("speech") or items[k].has("addressed") or all(i.entry.outcome is None for i in items[:k]):
        return None
    run = _forward(items, k + 1)
    ends = run is not None and all(item.word in '."”' for item in items[run[1] + 1 :])
    return run if run and ends and not any_marked(items[run[0] : run[1] + 1], "aux") else None


def _inverted(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "…," said the governor; never whom somebody told."""
    if items[k].has("addressed") or (k > 0 and items[k - 1].kind == "word" and not items[k - 1].has("adverb")):
        return None
    return _forward(items, k + 1)


def _ends(item: Item) -> bool:
    return (
        item.has("that")
        or item.has("speech")
        or item.has("speech_on")
        or item.has("modal")
        or item.has("break")
        or item.word in '.,،;؛:"“”«»()!?؟-'
    )


def _forward(items: list[Item], k: int) -> tuple[int, int] | None:
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
            return _forward(items, m + 2)  # "a new toll from the ministry"
    while (
        k < len(items)
        and k - first < LONGEST
        and (not _ends(items[k]) or _hyphen(items, k) or _short(items, k))
        and items[k].entry.outcome is None
    ):
        if k > first and (items[k].entry.marks & BEHIND or items[k].entry.hedge or _begins(items, k)):
            break
        if _counts(items[k]) or items[k].has("weekday") or (k > first and _object(items[k])):
            break
        k = 1 + (_quoted(items, k + 1) or k)
    if k - first == 1 and k + 1 < len(items) and items[k].word in ",،" and not items[k + 1].entry.marks:
        return _worth(items, first, _apposition(items, k + 1))
    return _worth(items, first, k - 1)


def _object(item: Item) -> bool:
    """Is it no part of who speaks, but what he speaks of: «أعلنت الجماعة مسؤوليتها», «ندد الرئيس بالهجوم»?"""
    return item.has("speaker_stop") or (item.has("cause") and "prep" in item.entry.clitics)


def _counts(item: Item) -> bool:
    """Is it a number: "according to the mayor two people died"?"""
    return item.kind == "digits" or item.entry.number is not None


def _counted(items: list[Item], k: int) -> bool:
    """Is it how many, or whom a number counts?"""
    many = _counts(items[k]) or items[k].entry.magnitude is not None
    return many or (k > 0 and items[k].entry.noun == "person" and _counted(items, k - 1))


def _apposition(items: list[Item], k: int) -> int:
    """The last item of a name behind "the president,": words that the pack says nothing of."""
    first = k
    if k < len(items) and items[k].has("no_speaker"):
        return None
    if end := _quoted(items, k):  # «علمت "الشمال" أن»
        told = end + 1 < len(items) and (items[end + 1].has("clause") or items[end + 1].has("relay_from"))
        return _worth(items, k + 1, end - 1) if told else None
    while k < len(items) and k - first < NAME and items[k].kind == "word" and items[k].entry is UNKNOWN:
        k += 1
    return k - 1


def backward(items: list[Item], k: int) -> tuple[int, int] | None:
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
