"""From bound numbers to figures, and the same figure told twice to one."""

from collections.abc import Iterable
from dataclasses import replace

from agents.extract.about.narrower import closer, narrower
from agents.extract.about.scope import PART, scope
from agents.extract.about.speakers import speaker
from agents.extract.about.totals import parted
from agents.extract.about.victims import victims
from agents.extract.about.when import when
from agents.extract.about.where import where
from agents.extract.counted.quantities import quantities
from agents.extract.counted.quantity import Quantity
from agents.extract.outcomes.bind import bind
from agents.extract.outcomes.breakdown import breakdown
from agents.extract.outcomes.carried import parts_alone
from agents.extract.outcomes.company import company
from agents.extract.outcomes.exclude import drill, excluded, unlikely
from agents.extract.outcomes.fates import Fate, fates, has_near, possible
from agents.extract.outcomes.singles import singles
from agents.extract.outcomes.voice import tell_voices
from agents.extract.text.entries import Pack
from agents.extract.text.folding import fold, word
from agents.extract.text.gate import plain
from agents.extract.text.page import EVIDENCE, SENTENCE, Page
from agents.extract.text.words import Item
from streams.records import Figure

ANY = (-1, "")  # said with a number: whom it means is not asked
MOST = 400  # figures of one article; more is a table, not news
FIRST = {("cumulative", "incident"), (PART, "background")}  # scopes of a first mention that a clearer one has otherwise
TIME_BACK, PLACE_BACK = 6, 4  # sentences


def figures(page: Page, told: Iterable[str]) -> tuple[Figure, ...]:
    """All figures of a page, in order, each once; `told` are the outcomes that the gate found in it."""
    found: list[Figure] = []
    here: list[Figure] = []
    others: set[int] = set()  # where sentences begin that tell of another event
    stories: set[int] = set()  # and those with which the article turns to another matter
    for n, (start, end) in enumerate(page.ends):
        # behind a figure its parts may follow
        worth = here or page.pack.gate.worth_reading(plain(page.folded[start:end]), told)
        here = sentence_figures(page, n) if worth else []
        found += here
        if here and "another_event" in page.marks(n):
            others.add(start)
        if here and page.items(n)[0].has("another_story"):
            stories.add(start)
        if len(found) > MOST:
            break
    if found and drill(page):
        return ()
    return parted(once(narrower(page, found[:MOST]), others, page), stories)


def sentence_figures(page: Page, n: int) -> list[Figure]:
    """The figures of sentence n."""
    counted, bound = bound_numbers(page, n)
    items = page.items(n) if bound else []
    out = []
    noun = None
    for number in sorted(bound):
        q, fate = counted[number], bound[number]
        if q.noun is not None and not q.implicit and q.scope != "subtotal":
            noun = q.noun
        if left_out(page, n, fate, q):
            continue
        others = _alike(items, counted, bound, number) if q.scope is None else []
        before = max((end for _, end in others if end <= items[q.first].start), default=0)
        following = min((start for start, _ in others if start > items[q.first].start), default=page.ends[n][1])
        out.append(_figure(page, n, q, fate, q.noun if q.noun is not None else noun, (before, following)))
    return out


def bound_numbers(page: Page, n: int) -> tuple[list[Quantity], dict[int, Fate]]:
    """The quantities of sentence n, and what became of them: index of the quantity -> its outcome."""
    items = page.items(n)
    if "never" in page.marks(n):
        return [], {}  # sport, films, drills
    if _no_outcome(items):
        return _parts_of_before(page, n)
    counted = quantities(items, page.pack)
    if all(q.kind == "thing" for q in counted) and not page.pack.subject_first and "one_in_it" not in page.marks(n):
        return counted, {}
    found = fates(items, counted)
    for fate in found:
        fate.what = possible(fate.what, page.marks(n))
    if not page.pack.subject_first:  # there a word that is no outcome here takes nobody from another
        found = [fate for fate in found if has_near(fate.what, page.marks(n))]
    if page.pack.subject_first:
        tell_voices(items, found, counted)
    bound = bind(items, found, counted, page.pack.subject_first)
    if page.pack.subject_first:
        singles(page, n, found, counted, bound)
        company(page, n, counted, bound)
    if page.pack.capitals:
        breakdown(page, n, counted, bound)
    return counted, bound


def _no_outcome(items: list[Item]) -> bool:
    return all(item.entry.outcome is None for item in items)


def _parts_of_before(page: Page, n: int) -> tuple[list[Quantity], dict[int, Fate]]:
    """The numbers of sentence n, which holds no outcome, where they are parts of what the one before says of its people."""
    counted = parts_alone(page.items(n), page.pack) if n and not _no_outcome(page.items(n - 1)) else []
    if not counted:
        return [], {}
    before, bound = bound_numbers(page, n - 1)
    wholes = [(before[m], fate) for m, fate in bound.items() if not left_out(page, n - 1, fate, before[m])]
    if len({fate.what.measure for _, fate in wholes}) != 1:
        return [], {}  # killed and injured: whose parts they are is open
    most = max(q.low or q.high or 0 for q, _ in wholes)
    counted = [q for q in counted if 0 < (q.low or q.high or 0) < most]
    return counted, {at: Fate(q.first, q.last, wholes[0][1].what) for at, q in enumerate(counted)}


def left_out(page: Page, n: int, fate: Fate, q: Quantity) -> str:
    """The reason why a bound number is no figure, "" where it is one."""
    if q.low == 0 or q.high == 0:
        return "nobody"
    return excluded(page.items(n), fate, q) or unlikely(page, n, fate, q)


def _alike(items: list[Item], counted: list[Quantity], bound: dict[int, Fate], number: int) -> list[tuple[int, int]]:
    """Where the other numbers stand that tell of the same outcome, parts left out: "three died in X and two in Y"."""
    same = [counted[m] for m in bound if m != number and bound[m].what.measure == bound[number].what.measure]
    return [(items[q.first].start, items[q.last].end) for q in same if not (q.implicit or q.scope)]


def _figure(page: Page, n: int, q: Quantity, fate: Fate, noun: int | None, room: tuple[int, int]) -> Figure:
    items = page.items(n)
    number = page.span(items[q.number[0]].start, items[q.number[1]].end) if q.number and not q.implicit else None
    covers = scope(page, n, q, fate)
    first, last = min(q.first, fate.first), max(q.last, fate.last)
    start, end = items[first].start, items[last].end
    if end - start > EVIDENCE:
        start, end = items[q.first].start, items[q.last].end
        end = min(end, start + EVIDENCE)
    return Figure(
        measure=fate.what.measure,
        low=q.low,
        high=q.high,
        qualifier=q.qualifier,
        magnitude=q.magnitude,
        unit=q.unit,
        implicit=q.implicit,
        scope=covers,
        another="another_event" in page.marks(n),
        victims=victims(page, n, q, fate, noun),
        place=where(page, n, items[q.first].start, items[q.last].end, room, PLACE_BACK, covers == "cumulative"),
        when=when(page, n, q.first, 1 if covers == "background" else TIME_BACK, covers == "cumulative"),
        attribution=speaker(page, n, q.first, covers),
        evidence=page.span(start, end),
        number=number,
        sentence=page.cut(n, start, end, SENTENCE),
        rule=q.rule,
    )


def once(found: list[Figure], others: set[int], page: Page) -> tuple[Figure, ...]:
    """The same measure, number and unit is one figure: the clearest mention, the first where equal.

    What the clearest does not say of place, time and source, the others may. Single persons are
    told apart by the words for them, but the only one of a headline is the first one told of under it. Sentences
    that begin at `others` tell of their own people.
    """
    kept: dict[tuple, Figure] = {}
    pack = page.pack
    headed = _headed(page)
    met: set[tuple] = set()  # single persons of the headline of whom what follows has told
    for figure in found:
        low, high = figure.low, figure.high
        number = (
            (low, high) if low is not None and high is not None and low != high else (low if low is not None else high,)
        )
        key = (figure.measure, figure.unit, number, figure.magnitude)
        alike = [k for k in kept if k[:4] == key]
        if headed and figure.implicit and len(alike) == 1 and alike[0] not in met and _follows(kept[alike[0]], figure):
            key = alike[0]
            met.add(key)
        else:
            key = (*key, _which(figure, [k[4] for k in alike], pack) if figure.implicit else ANY)
        if key in kept and (_of_others(kept[key], figure, others) or _apart(kept[key], figure)):
            key = (*key[:4], (figure.evidence.end, ""))
        before = kept.get(key)
        if before is None:
            kept[key] = figure
        elif _clearness(figure) > _clearness(before):
            kept[key] = _filled(page, figure, before)
        else:
            kept[key] = _filled(page, before, figure)
    return tuple(sorted(kept.values(), key=lambda f: f.evidence.start))


def _headed(page: Page) -> bool:
    """Does the first sentence stand on a line of its own?"""
    return len(page.ends) > 1 and "\n" in page.text[page.ends[0][1] - 1 : page.ends[1][0] + 1]


def _follows(one: Figure, two: Figure) -> bool:
    """Does a headline tell of the first, and what stands under it of the second?"""
    return one.sentence.start == 0 < two.sentence.start


def _of_others(one: Figure, two: Figure, others: set[int]) -> bool:
    """Does the second's sentence tell of another event than one behind the headline: "In a separate attack, five died"?"""
    return two.sentence.start in others and 0 < one.sentence.start < two.sentence.start


def _apart(one: Figure, two: Figure) -> bool:
    """ "Two mothers, two fathers"; "three in Mosul and three in Tikrit": one sentence, and not the same people."""
    if one.implicit or one.sentence.start != two.sentence.start or one.number == two.number:
        return False
    if one.qualifier != two.qualifier:
        return False
    own = one.evidence.end <= two.evidence.start and not (one.place and one.place.start >= one.evidence.end)
    if own and one.victims and two.victims and one.victims.text == two.victims.text:
        return False  # a headline that runs into its text: each its outcome, and no place behind the first
    pairs = ((one.victims, two.victims), (one.place, two.place))
    return any(a is not None and b is not None and not (a.text in b.text or b.text in a.text) for a, b in pairs)


def _which(figure: Figure, known: list[tuple[int, str]], pack: Pack) -> tuple[int, str]:
    """Which of the single persons with one fate this is: the sentence and the word that brought him in.

    Another sentence brings in somebody else only with a word that is new and not said of anybody.
    """
    who = figure.victims.text if figure.victims else ""
    folded = word(fold(who))
    stem = folded.removeprefix(pack.article).rstrip("ا")
    says_who = "anybody" not in pack.marks(folded) and not _name(folded, pack)
    for start, other in known:
        if start == figure.sentence.start and stem != other and stem and other:
            continue
        if start == figure.sentence.start and stem and pack.article and figure.rule.startswith("list"):
            return figure.evidence.end, stem  # «العريف أحمد، والجندي محمد، والجندي حسن»: a list repeats nobody
        new = stem and other and stem != other and says_who
        new = new and not _name(other, pack)  # «مقتل سيف»: the guard told of later may be he
        if start == figure.sentence.start or not new or (pack.article and folded.startswith(pack.article)):
            return start, other
    return figure.sentence.start, stem


def _name(folded: str, pack: Pack) -> bool:
    """Is it the name of somebody, and not "mother", which some are called by too: «أم أحمد»?"""
    marks = pack.marks(folded)
    return "given_name" in marks and "relatives" not in marks


def _filled(page: Page, clear: Figure, other: Figure) -> Figure:
    """The clear mention, with what only the other one says; a headline says less of the place than what follows it.

    Whether it is of this event or of many, the first mention decides; it is recalled only where no mention tells it.
    """
    names = ("place", "when", "attribution", "victims")
    missing = {name: getattr(other, name) for name in names if getattr(clear, name) is None}
    scopes, first = (other.scope, clear.scope), other.sentence.start < clear.sentence.start
    if scopes == ("incident", "background") or (first and scopes in FIRST):
        missing["scope"] = other.scope
    if clear.sentence.start == 0 < other.sentence.start and other.place is not None:
        missing["place"] = other.place
    elif clear.place is not None and other.place is not None:
        missing["place"] = closer(page, clear.place, other.place)
    return replace(clear, **missing) if any(missing.values()) else clear


def _clearness(figure: Figure) -> int:
    parts = (figure.victims, figure.place, figure.when)
    told = sum(part is not None for part in parts) + (figure.sentence.start > 0)  # a headline is terse
    return (not figure.implicit) * 8 + (figure.qualifier != "exact") * 2 + told
