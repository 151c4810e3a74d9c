"""What is counted: a number with its hedge and its noun, as one thing that an outcome can take."""

from agents.extract.entries import Pack
from agents.extract.numbers import Number, ranges, read
from agents.extract.words import UNKNOWN, Item

FAR = 6  # words from a number to its noun at most
DAYS = frozenset(("weekday", "time_word", "month"))
HEDGE_BACK = 3  # words from a hedge to its number at most


class Quantity:
    """Items `first` to `last` (hedge to noun). `kind`: person, household, thing, other, unknown, bare."""

    __slots__ = (
        "definite",
        "first", "high", "implicit", "kind", "last", "low", "magnitude", "noun", "number", "outcome",
        "qualifier", "rule", "scope", "single", "unit",
    )  # fmt: skip

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.number: tuple[int, int] | None = None  # first and last item of the number itself
        self.noun: int | None = None  # the item that says who
        self.kind, self.unit = "bare", "person"
        self.low: int | None = None
        self.high: int | None = None
        self.qualifier, self.magnitude = "exact", None
        self.implicit = False
        self.definite = False  # the one, not a one: counted only right beside its outcome
        self.outcome = None  # set by binding
        self.rule = ""
        self.scope: str | None = None
        self.single = "yes"  # what its outcome says of one person: set by binding

    @property
    def counts_people(self) -> bool:
        """Does it say that it counts people?"""
        return self.kind in ("person", "household", "other")


def quantities(items: list[Item], pack: Pack) -> list[Quantity]:
    """All quantities of a sentence in order; those of things too, so that they stay out of the way."""
    numbers: list[Number] = []
    for i, item in enumerate(items):
        if (item.entry is UNKNOWN and item.kind != "digits") or (numbers and i <= numbers[-1].last):
            continue
        number = read(items, i) if _begins_number(item) else None
        if number is not None:
            numbers.append(number)
    found: list[Quantity] = []
    taken = -1
    for number in ranges(items, numbers):
        quantity = _with_noun(items, number, pack)
        if quantity is not None and quantity.number[0] > taken:
            _hedge(items, quantity)
            found.append(quantity)
            taken = quantity.last
    if pack.head == "last":
        found = _partitives(items, found)
    spots = [False] * len(items)
    for q in found:
        for k in range(q.first, q.last + 1):
            spots[k] = True
    found += _unnumbered(items, spots, pack)
    return sorted(found, key=lambda q: q.first)


def _partitives(items: list[Item], found: list[Quantity]) -> list[Quantity]:
    """ "one of its eight crew members", "two of the 12": the first counts, and takes the other's noun."""
    out: list[Quantity] = []
    for q in found:
        before = out[-1] if out else None
        gap = items[before.number[1] + 1 : q.number[0]] if before is not None and before.number and q.number else []
        if (
            before is not None
            and 0 < len(gap) <= 3
            and gap[0].has("of")
            and all(i.has("det") or i.has("of") for i in gap)
        ):
            kind = "other" if q.kind == "unknown" else q.kind
            before.noun, before.kind, before.unit, before.last = q.noun, kind, q.unit, q.last
        else:
            out.append(q)
    return [q for q in out if q.kind != "bare" or not q.number or not _weak(items, q)]


def _weak(items: list[Item], q: Quantity) -> bool:
    """Is it a lone "one" with nobody said?"""
    number = items[q.number[0]].entry.number if q.number else None
    after = items[q.last + 1] if q.last + 1 < len(items) else None
    return number is not None and number[0] == "weak" and (after is None or after.entry.outcome is None)


def _stops(item: Item) -> bool:
    entry = item.entry
    return (
        item.kind != "word"
        or entry.outcome is not None
        or entry.number is not None
        or entry.magnitude is not None
        or (entry.hedge is not None)
        or item.joined
        or bool(entry.marks & STOPPING)
        or "prep" in entry.clitics
    )


STOPPING = frozenset(
    [
        "agent",
        "conj",
        "aux",
        "prep",
        "neg",
        "modal",
        "speech",
        "subset",
        "rel",
        "that",
        "break",
        "of",
        "comma",
        "conj_far",
        "range_link",
        "range_and",
        "place_prep",
    ]
)


def _with_noun(items: list[Item], number: Number, pack: Pack) -> Quantity | None:
    if _is_date_or_year(items, number, pack.head == "first"):
        return None
    n = len(items)
    q = Quantity(number.first, number.last)
    q.number = (number.first, number.last)
    if number.magnitude is not None:
        q.magnitude, q.qualifier = number.magnitude, "vague"
    elif number.high is not None:
        q.low, q.high, q.qualifier = number.value, number.high, "range"
    else:
        q.low = q.high = number.value
    k = number.last + 1
    if number.first > 0 and items[number.first - 1].word in "([" and k < n and items[k].word in ")]":
        q.first, q.last, k = number.first - 1, k, k + 1
    if k < n and items[k].entry.hedge is not None and items[k].entry.hedge.after and not items[k].entry.hedge.before:
        _apply(q, items[k].entry.hedge.qualifier)  # "15 or so others"
        q.last, k = k, k + 1
    while k < n and (items[k].has("of") or items[k].has("det") or items[k].has("after_number")):
        if items[k].has("other"):
            q.kind, q.last = "other", k
        k += 1
    stop = k
    other_marked = q.kind == "other"
    while stop < n and stop - k < FAR and (not _stops(items[stop]) or _hyphen(items, stop)):
        if pack.head == "last" and (items[stop].entry.marks & DAYS or (stop > k and items[stop].has("article"))):
            break  # "wounded 25 Monday evening", "killed 12 people the army said"
        if items[stop].has("other"):
            other_marked, q.last = True, stop
            q.kind = "other" if q.kind == "bare" else q.kind
        stop += 1
    run = range(k, stop)
    if items[k : k + 1] and items[k].has("measure_after"):
        return None
    if (
        pack.head == "last"
        and stop + 1 < n
        and items[stop].entry.outcome is not None
        and items[stop + 1].entry.noun in ("person", "household")
    ):
        run = range(k, stop + 2)  # "12 wounded soldiers"
    known = [m for m in run if items[m].entry.noun is not None]
    if known:
        head = known[0] if pack.head == "first" else known[-1]
        if pack.head == "first" and head > k + 1:
            head = -1
        if head >= 0:
            noun = items[head].entry.noun
            q.kind, q.noun, q.last = noun, head, max(head, q.last)
            q.unit = "household" if noun == "household" else "person"
            if noun == "household" and q.low == 1 and number.first and items[number.first - 1].has("of"):
                return None  # "six members of one family"
            if noun == "household" and items[head].entry.count == 1 and (q.low or 0) > 1 and items[head - 1].has("of"):
                q.kind, q.unit = "person", "person"  # "seven of one family"
    at_stop = items[stop].entry if pack.head == "last" and stop < min(n, k + FAR) else None
    if at_stop is not None and at_stop.outcome and at_stop.noun in ("person", "household") and not at_stop.count:
        q.noun = stop  # "40 Somali refugees", "3,000 displaced families"
        q.kind = at_stop.noun if q.kind == "bare" else q.kind
        q.unit = "household" if at_stop.noun == "household" else q.unit
    if q.noun is None and other_marked and pack.head == "last" and len(run) and items[run[-1]].entry.empty:
        q.kind = "unknown"  # "two additional licences"
    if q.noun is None and not other_marked and len(run) and not items[k].has("adverb"):
        plain = [m for m in run if not items[m].has("adverb") and not items[m].has("time")]
        if plain:
            head = plain[0] if pack.head == "first" else plain[-1]
            q.kind, q.noun, q.last = "unknown", head, head
    behind = pack.head == "first" and number.first > 0 and items[number.first - 1].entry.noun is not None
    if behind and (number.weak or (number.magnitude == "several" and q.noun is None)):
        return None  # «عائلة واحدة», «أهدافا عدة»: the noun before has it
    if number.weak and "def" in items[number.first].entry.clitics:
        return None
    if q.kind == "unknown" and items[number.first].has("subset") and not items[k].has("severity"):
        return None  # «أحدهما سياحي»
    whole = pack.head == "last" and number.last + 1 < n and items[number.last + 1].has("of")
    if number.weak and not whole and not q.counts_people and not (stop < n and items[stop].entry.outcome is not None):
        return None
    if q.noun is None and stop < n and items[stop].word in "%٪":
        return None
    if number.first > 0 and items[number.first - 1].has("number_kill"):
        return None
    return q


def _in(before: Item | None) -> bool:
    """Does "in" stand before what may be a year?"""
    return before is not None and (before.has("place_prep") or before.has("time_since"))


def _is_date_or_year(items: list[Item], number: Number, singular: bool = False) -> bool:
    """Is it no count, but a date, an age, money, a part of a name? `singular`: do numbers take the singular?"""
    before = items[number.first - 1] if number.first else None
    after = items[number.last + 1] if number.last + 1 < len(items) else None
    if number.digits and before is not None and before.word == "," and after is not None and after.word == ",":
        told = items[number.first - 2] if number.first > 1 else None
        if told is not None and told.kind == "word" and told.entry.empty and (number.value or 0) < 120:
            return True  # an age: "Radio reporter Ali Hassan, 57, was shot"
    if (
        number.digits
        and number.first > 1
        and items[number.first - 1].kind == "digits"
        and items[number.first - 2].has("month")
    ):
        return True  # "August 12 2016"
    if number.digits and _listed_age(items, number.first - 1):
        return True  # "two women, aged 34 and 51, died"
    if before is not None and (before.word in "$€£#" or before.has("money_before") or _on_month(items, number.first)):
        return True
    if after is not None:
        near = after
        if near.word == "/" and number.last + 2 < len(items) and items[number.last + 2].kind == "digits":
            return True
        if (
            near.word in ("%", "٪", "°", "$", "€", "£", "#")
            or near.has("month")
            or near.has("month_dated")
            or near.has("unit_after")
        ):
            return True
        if near.word == ":" and number.last + 2 < len(items) and items[number.last + 2].kind == "digits":
            return near.end == items[number.last + 2].start
        if near.word == "-" and near.end < items[-1].end and number.last + 2 < len(items):
            joined = items[number.last + 2]
            if near.start == items[number.last].end < near.end < joined.start and joined.kind == "word":
                return True  # the first of a list: "1- Ali Hassan"
            if joined.start == near.end and near.start == items[number.last].end and joined.kind == "word":
                return joined.entry.noun != "person" and joined.entry.outcome is None
        if (
            number.digits
            and after.start == items[number.last].end
            and after.kind == "word"
            and after.word in ("st", "nd", "rd", "th")
        ):
            return True
    definite = "def" in items[number.first].entry.clitics and not number.digits
    if definite and before is not None and (before.has("time_unit") or before.entry.noun == "thing"):
        return True  # "the five past days"
    if before is not None:
        if before.word in (":", "/") and number.first > 1 and items[number.first - 2].kind == "digits":
            return before.end == items[number.first].start
        if before.word == "-" and number.first > 1 and before.end == items[number.first].start:
            previous = items[number.first - 2]
            if previous.end == before.start and previous.kind == "digits":
                return True  # the rest of a date: "9-11-2014"
            if previous.end == before.start and previous.kind == "word" and previous.entry.number is None:
                return True
    if len(items[number.first].word) == 4 and number.digits and 1900 <= (number.value or 0) <= 2100:
        people = after is not None and (after.entry.noun in ("person", "household") or after.entry.outcome is not None)
        people = people and after is not None and (after.entry.count != 1 or (singular and not _in(before)))
        return not people or (before is not None and before.has("year_before"))
    return bool(number.digits and items[number.first].word.startswith("0"))


def _listed_age(items: list[Item], k: int) -> bool:
    """Does only a list of digits stand between item k and "aged"?"""
    least = max(0, k - 2 * FAR)
    while k > least and (items[k].kind == "digits" or items[k].word == "," or items[k].has("conj")):
        k -= 1
    return k >= 0 and items[k].has("age_before")


def _on_month(items: list[Item], k: int) -> bool:
    """Is it the day or year behind a month, "March 5"? In "on 12 March 20 people" the day is said already."""
    return items[k - 1].has("month") and not (k > 1 and items[k - 2].kind == "digits")


def _hedge(items: list[Item], q: Quantity) -> None:
    """Bounds before and after the number; each reaches its own number only."""
    for back in range(1, HEDGE_BACK + 1):
        k = q.first - back
        if k < 0:
            break
        item = items[k]
        hedge = item.entry.hedge
        if hedge is not None and hedge.before:
            _apply(q, hedge.qualifier)
            q.first = k
            break
        if not (item.has("det") or item.has("hedge_gap") or item.word in '"('):
            break
    if q.qualifier in ("exact", "approx"):
        k = q.last + 1  # a bound behind that stands right before another number is that one's
        for _ in range(4):
            if k >= len(items):
                break
            hedge = items[k].entry.hedge
            if hedge is not None and hedge.after:
                if hedge.before and k + 1 < len(items) and _begins_number(items[k + 1]):
                    break
                _apply(q, hedge.qualifier)
                q.last = k
                break
            if (
                items[k].kind != "word"
                or items[k].entry.number
                or items[k].entry.magnitude
                or items[k].joined
                or items[k].has("conj")
            ):
                break
            k += 1


def _begins_number(item: Item) -> bool:
    return item.kind == "digits" or item.entry.number is not None or item.entry.magnitude is not None


def _apply(q: Quantity, qualifier: str) -> None:
    if q.magnitude is not None or q.qualifier == "range":
        return
    q.qualifier = qualifier
    if qualifier in ("at_least", "more_than"):
        q.high = None
    elif qualifier in ("at_most", "less_than"):
        q.low = None


def _unnumbered(items: list[Item], spots: list[bool], pack: Pack) -> list[Quantity]:
    """Duals (two, by the word's form) and singles: "a soldier"."""
    found = []
    n = len(items)
    for k, item in enumerate(items):
        entry = item.entry
        if entry is UNKNOWN:
            continue
        if item.has("one_of") and k + 1 < n and not spots[k] and items[k + 1].entry.noun == "person":
            q = Quantity(k, k + 1)  # "one of the soldiers"
            q.noun, q.kind, q.implicit, q.low, q.high = k + 1, "person", True, 1, 1
            found.append(q)
            continue
        if item.has("another") and k and not spots[k] and items[k - 1].entry.outcome is not None:
            q = Quantity(k, k)  # "and one more was wounded"
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


def _falls(items: list[Item], k: int) -> bool:
    """Is one dead or hurt told of here, and not of whom something else is: "a martyr's father"?"""
    if "def" in items[k].entry.clitics or (k + 1 < len(items) and items[k + 1].kind == "digits"):
        return False
    before = items[k - 1] if k else None
    counted = before is not None and items[k].joined and (before.has("one_hurt") or before.entry.count == 2)
    opens = before is None or before.word in ".:،,؛-|#"
    return opens or before.has("falls") or counted


def _hyphen(items: list[Item], k: int) -> bool:
    """Does a hyphen at `k` make one word of two: "mud-brick homes"?"""
    if items[k].word != "-" or k + 1 >= len(items) or items[k - 1].end != items[k].start:
        return False
    return items[k + 1].kind == "word" and items[k + 1].start == items[k].end and items[k - 1].kind == "word"


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
    return spots[k - 1] or before.entry.count == 1  # «مسلحون طبيبا» are two


def _determiner(items: list[Item], spots: list[bool], k: int) -> int | None:
    for back in range(1, FAR + 3):
        m = k - back
        if m < 0 or spots[m]:
            return None
        if items[m].has("single_det"):
            return m
        if items[m].word != "-" and (_stops(items[m]) and items[m].kind != "digits"):
            return None
    return None
