"""Who speaks in a sentence: beside a verb of saying, before or behind it, or after "according to"."""

from agents.extract.named.spokesmen import LONGEST, TOLL, backward, counts, forward
from agents.extract.text.words import Item, any_marked

Said = tuple[int, int, int]  # the word of saying; first and last item of who says it
SAYING = frozenset(("speech", "speech_on", "speech_of_office", "speech_of_toll", "according", "quoting", "relay"))
VERBS = frozenset(("speech", "speech_on", "speech_of_office", "speech_of_toll"))
RELAY = 8  # items from "carried" to "from"
COMMAS = (",", "،")
ASIDE = 6  # items between two commas
OPENS = 50  # items that a speaker counts as further off who opens a clause behind the figure


def said(items: list[Item], head: str) -> tuple[list[Said], bool]:
    """Who speaks where in a sentence; where nobody is named, whether he who spoke before goes on."""
    found, goes_on = [], False
    for k, item in enumerate(items):
        if item.entry.marks.isdisjoint(SAYING):
            continue
        if "def" in item.entry.clitics or (found and item.has("saying")) or _no_verb(items, k):
            continue  # "the ministry confirmed the raid, saying …"
        run = forward(items, k + 1) if item.has("according") or item.has("quoting") else None
        if run is None and (item.entry.marks & VERBS or _relays(items, k)):
            on = item.has("speech_on")
            if (head == "last" and _no_saying(items, k)) or (on and (" " in item.word or item.has("same_speaker"))):
                goes_on = goes_on or on  # "he said"
                continue
            at = _relays(items, k)
            run = _behind_or_before(items, k) if head == "last" else forward(items, at) if at else _after(items, k, on)
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
    carried = any(item.entry.noun == "person" or counts(item) for item in items[k + 1 : at])  # «نقل 14 جريحا»
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
    return told or forward(items, k + 1) or (None if on or _goes_on(items, k) else backward(items, k - 1))


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
    run = forward(items, k + 1)
    ends = run is not None and all(item.word in '."”' for item in items[run[1] + 1 :])
    return run if run and ends and not any_marked(items[run[0] : run[1] + 1], "aux") else None


def _inverted(items: list[Item], k: int) -> tuple[int, int] | None:
    """ "…," said the governor; never whom somebody told."""
    if items[k].has("addressed") or (k > 0 and items[k - 1].kind == "word" and not items[k - 1].has("adverb")):
        return None
    return forward(items, k + 1)
