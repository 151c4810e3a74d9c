"""How far apart an outcome and a quantity stand, in the one direction asked, and how far they may."""

from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.costs import JOIN, WORD, Costs
from agents.extract.outcomes.fates import Fate
from agents.extract.text.entries import Way
from agents.extract.text.words import Item

INSIDE = 2.5  # "12 wounded soldiers"
TIGHT = 2.0  # all that a number without a noun of people may be away
SUBJECT = 3.0  # all that one person may be away from the verb that follows
MANY = 1000  # from here on a bare number that flees is of people
TWO = 3.0  # all that a pair costs, however far from a verb in the dual
LABELLED = (":", "-", "=")
DESCRIBED = 3  # items that may tell more of a killer before his victim
TELLING = frozenset(["aux", "break", "clause", "governs", "rel", "speech"])
BEHIND = frozenset(
    ["conj", "break", "prep", "place_prep", "adverb", "time_word", "weekday", "time_lead", "speech", "according"]
)


def distance(items: list[Item], costs: Costs, fate: Fate, q: Quantity, way: Way, passive: bool) -> float | None:
    """What stands between, None where the quantity is not on that side."""
    direction = way.direction
    if direction == "label":
        return 0.0 if _heads(items, fate, q) else None
    if q.first <= fate.first and fate.last < q.last:
        return INSIDE
    if direction in ("right", "of", "toll"):
        if q.first <= fate.last or (direction != "toll" and items[fate.last + 1].has("agent")):
            return None
        if direction == "of" and not items[fate.last + 1].has("of"):
            return None
        cost = costs.between(fate.last, q.first, direction == "toll") + (JOIN if items[q.first].joined else 0.0)
        if direction == "right" and "def" in items[fate.last].entry.clitics:
            return None  # «الإصابة» governs no number
        if direction != "toll" and q.first > fate.last + 1 and _taken(items, fate, q):
            return None
        if direction == "right" and passive and fate.what.takes("left"):
            cost += 4
        if direction == "right" and fate.first > 1 and q.first == fate.last + 1 and _own_behind(items, fate, q):
            return None
        if direction == "right" and fate.voice and _of_something(items, q, fate):
            return None
        if direction == "right" and way.single == "cause" and _died_alone(items, fate, q):
            return None
        if direction == "right" and q.implicit:
            if _culprit(items, fate, q) or _owner(items, fate, q):
                return None
            if 1 < q.first - fate.last <= DESCRIBED + 1 and _killed_kin(items, fate, q.first):
                return WORD
        if direction == "toll" and items[q.first - 1].has("delta"):
            return None  # "rose by 12"
        if direction == "toll" and items[q.first - 1].has("toll_from"):
            cost += 5
        return cost
    if direction == "subject":
        return _from_subject(items, costs, fate, q)
    if q.last >= fate.first or (q.implicit and q.definite):
        return None
    if direction == "left" and not fate.voice and _topic(items, q, fate):
        return 0.0
    cost = costs.between(q.last, fate.first) + (JOIN if items[fate.first].joined else 0.0)
    if direction == "left" and items[fate.last].has("two_verb"):
        return min(cost, TWO) if q.low == q.high == 2 else None  # the verb says that they are two
    if direction == "count":
        told = q.number and q.number[1] < fate.first - 1 and items[fate.first - 1].has("relatives")
        if told and fate.what.measure != "displaced":
            return None  # «الملايين من أهالي ضحايا»
        if q.kind == "unknown" and "def" in items[fate.last].entry.clitics:
            return None  # "relatives of the victim"
        if q.first and items[q.first - 1].has("governs") and fate.what.measure == "killed":
            return None  # «ينقذ 16 غريقا»
        if _governed(items, q, fate):
            cost += 1.5
        between = items[q.last + 1 : fate.first]
        apart = any((i.kind == "sign" and i.word not in ")\"'") or i.has("place_prep") for i in between)
        apart = apart or items[fate.first].joined
        return None if apart or q.implicit else cost
    behind_of = fate.voice and fate.first and items[fate.first - 1].has("of") and q.last != fate.first - 2
    if fate.voice and items[fate.first - 1].has("article") and not items[fate.first - 1].has("of"):
        return None  # "six schools are used by the displaced"
    if fate.voice in ("active", "unnumbered") or behind_of or (fate.voice and _given(items, fate)):
        return None  # "the number of dead"; but "32 of the dead"
    if fate.voice and q.kind == "unknown" and q.first and items[q.first - 1].has("place_prep"):
        return None  # "residents in 30 streets were evacuated"
    if fate.subject is not None:
        if q is not fate.subject:
            return None
        return 0.0 if q.counts_people or q.magnitude or q.qualifier != "exact" else cost
    also_right = fate.what.takes("right")
    return cost + (0.75 if not passive and also_right and q.kind != "bare" else 0.0)


def limit(items: list[Item], q: Quantity, way: Way) -> float:
    """The cost that a quantity may be away in this direction; below 0 where it may not be taken at all."""
    if q.implicit and (way.direction == "toll" or q.unit == "household" or way.single == "no"):
        return -1.0
    if q.definite and way.single == "indefinite":
        return -1.0  # «أصاب القناص طفلا»
    if way.direction == "subject":
        return SUBJECT if q.implicit else -1.0
    if way.direction == "label":
        return -1.0 if q.implicit or q.kind == "unknown" else 0.0
    if way.direction == "toll" and q.low == q.high == 1:
        return -1.0  # of one nobody speaks so
    if way.direction == "toll" and q.kind == "unknown" and (q.magnitude or not way.strong):
        return -1.0  # "the toll in several raids", "the wounded in 3 wards"
    if way.direction == "count" and q.kind == "unknown":
        return 0.0 if way.strong else -1.0  # what stands between is the noun, and not of people
    limit = (
        TIGHT
        if way.direction == "count"
        else (way.reach if way.reach < 4 or way.scope == "subtotal" else max(way.reach, 8))
        if way.direction == "left"
        else way.reach
    )
    if way.direction == "toll" or (way.direction == "count" and not q.implicit):
        return limit
    if q.implicit:
        return min(limit, 0.0 if q.definite else TIGHT)
    if not q.counts_people:
        some = q.kind == "unknown" and q.number is not None and items[q.number[1] + 1].has("of")  # «20 ألفا من الحسكة»
        thousands = q.kind == "bare" and (q.low or q.high or 0) >= MANY  # "600,000 have fled"
        alone = q.magnitude or thousands or (way.direction == "right" and (q.kind == "bare" or some))  # "captured 12."
        return min(limit, TIGHT) if way.strong else (0.0 if alone else -1.0)
    return limit


def _heads(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """ "Dead: 66; households displaced - 340, missing 6": does the outcome open a part, and the number fill it?"""
    k = fate.first - 1
    k -= k >= 0 and items[k].entry.noun in ("person", "household") and not items[k].joined
    opens = k < 0 or (items[k].kind == "sign" and items[k].word not in "-'\"") or items[k].has("conj")
    told = fate.last + 1 < len(items) and items[fate.last + 1].word in LABELLED
    if not opens or q.number is None or q.first != fate.last + 1 + told:
        return False
    after = items[q.last + 1] if q.last + 1 < len(items) else None
    return told or (q.kind == "bare" and items[q.first].kind == "digits" and (after is None or after.kind == "sign"))


def passive_voice(items: list[Item], fate: Fate) -> bool:
    if fate.voice:
        return fate.voice == "passive"
    k = fate.first - 1
    while k >= 0 and items[k].has("adverb"):
        k -= 1
    return k >= 0 and items[k].has("aux")


def _governed(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """«وفاة 4 مصابين», «أربعة لاجئين قتلوا»: does a verb or noun right beside tell what became of the counted?"""
    sides = ((q.first - 1, "right"), (fate.last + 1, "left")) if not items[q.first].joined else ()
    for k, direction in sides:
        other = items[k].entry.outcome if 0 <= k < len(items) else None
        if other is not None and other.measure != fate.what.measure and not items[k].joined:
            moved = other.measure == "evacuated"  # «إجلاء 45 جريحا»
            return any(way.direction == direction and (way.strong or moved) for way in other.ways)
    return False


def _own_behind(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """ "20 people killed 30 others injured": a comma was lost, and either number has its own outcome."""
    one, noun = items[fate.first - 2], items[fate.first - 1].entry.noun
    if noun not in ("person", "household") or not (one.kind == "digits" or one.entry.number or one.entry.magnitude):
        return False
    after = items[q.last + 1].entry.outcome if q.last + 1 < len(items) else None
    return after is not None and after.takes("left")


def _given(items: list[Item], fate: Fate) -> bool:
    """ "300 beds for the wounded": are those of an outcome the ones for whom something is?"""
    return fate.first > 1 and items[fate.first - 1].has("article") and items[fate.first - 2].has("given_to")


def _taken(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """ "Killed and arrested 30", "sank with 30 aboard", «بارا بوالديه»: does a word right before it govern a quantity?"""
    before, clitics = items[q.first - 1], items[q.first].entry.clitics
    if before.has("governs") or (q.number in (None, (q.noun, q.noun)) and "place_prep" in clitics):
        return True
    if before.has("of") and items[fate.last + 1].entry.count == 1 and not q.implicit:
        return True  # «إصابة سيدة بطلق من ثلاثة أشخاص»
    if (
        before.entry.marks & {"place_prep", "prep"}
        and q.kind in ("bare", "unknown")
        and not (before.has("of") or before.has("range_open"))
    ):
        return True  # "the death of the king at 82"
    return "prep" in clitics and q.first - fate.last > 3  # «وإرسال الحكومة لأكثر من ألف جندي»


def _culprit(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """«قتل رجل مسن زوجته»: does he stand between the verb and somebody of his own?"""
    if q.first != fate.last + 1 or items[q.last].has("relatives"):
        return False
    return any(_killed_kin(items, fate, k) for k in range(q.last + 1, min(len(items), q.last + 1 + DESCRIBED)))


def _killed_kin(items: list[Item], fate: Fate, k: int) -> bool:
    """Is it the kin of whoever stands between a verb of killing and it?"""
    if not (items[fate.first].has("killing") and items[k].has("kin")) or items[k].joined:
        return False
    return all(
        item.kind == "word" and not (item.joined or item.entry.marks & BEHIND) for item in items[fate.last + 1 : k]
    )


def _died_alone(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """«توفي السائق قرب سكن والديه»: does one person stand right behind, and nothing that joins others to him?"""
    one = items[fate.last + 1].entry
    return fate.last + 1 < q.first and one.noun == "person" and one.count == 1 and not items[q.first].joined


def _owner(items: list[Item], fate: Fate, q: Quantity) -> bool:
    """«أصاب إطار سيارة مواطن»: is he only the one whose thing was hit?"""
    return q.first > fate.last + 2 and items[q.first - 1].entry.noun == "thing" and not items[q.first].entry.clitics


def _of_something(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """ "burned effigies of two members": what is said of the effigies is not said of the members."""
    k = q.first - 1
    while k > fate.last and items[k].has("det") and not items[k].has("of"):
        k -= 1
    if k <= fate.last + 1 or not items[k].has("of"):
        return False
    head = items[k - 1]
    return head.kind == "word" and not (head.has("collective") or head.entry.noun in ("person", "household"))


def _from_subject(items: list[Item], costs: Costs, fate: Fate, q: Quantity) -> float | None:
    """ "A man was killed": nobody may stand behind the verb, or he would be the victim."""
    if q.last >= fate.first or items[fate.first].joined or items[fate.first].entry.clitics & {"def", "prep"}:
        return None
    after = items[fate.last + 1] if fate.last + 1 < len(items) else None
    ends = (
        after is None
        or after.kind == "sign"
        or after.joined
        or after.entry.marks & BEHIND
        or "prep" in after.entry.clitics
    )
    if not ends:
        return None
    relative = items[fate.first - 1].has("rel")
    if relative:
        return costs.between(q.last, fate.first - 1) / 2
    if q.definite and not _told_of(items, q, fate):
        return None
    return costs.between(q.last, fate.first)


def _topic(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """«إن خمسة من عناصره ومن الشرطة قتلوا»: are they what a clause is about, and is nothing else told before its verb?"""
    if not (q.counts_people and q.number and q.first and items[q.first - 1].has("clause")):
        return False
    between = items[q.last + 1 : fate.first]
    return not any(i.entry.outcome or i.entry.number or i.kind != "word" or i.entry.marks & TELLING for i in between)


def _told_of(items: list[Item], q: Quantity, fate: Fate) -> bool:
    """«أن الطفلة زينب أصيبت»: is one known person what a clause is about, with no more than a name behind?"""
    if items[q.first].has("culprit") or not (
        q.first == 0 or items[q.first - 1].entry.marks & {"clause", "that", "aux"}
    ):
        return False
    between = items[q.last + 1 : fate.first]
    return all(item.kind == "word" and (item.entry.empty or item.has("given_name")) for item in between)
