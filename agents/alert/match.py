"""Does a claim tell of a situation? Evidence is added up: place, time, numbers, people, shared text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce

from agents.alert.causes import FAMILIES, SLOW
from agents.alert.claims import Claim
from agents.alert.copies import COPY, KIN, likeness, raw
from agents.alert.numbers import bare, close, number, same
from agents.alert.places import ANYWHERE, SAME, WITHIN, coarse, nearness
from streams.records import Location, Time, Window

# Less is enough for a claim without an exact place, or for a situation without one, if no other comes near.
LIKELY, AMBIGUOUS = 2.3, 0.6
ENOUGH = 3.5  # same place and same time, or one of them with an unusual number or a copied text

# How much an equal number speaks for one event: the larger, the rarer.
LARGE = 20
EQUAL = ((LARGE, 2.0), (10, 1.5), (5, 0.7), (0, 0.4))
UNLIKELY = 1.5  # from here on, an equal number is no coincidence within days in one town
UNUSUAL = 1.0  # on top, for a number of three digits or more that is not rounded: 148, 4,844
ALMOST = 2.0  # within a twentieth, from LARGE on
NEARLY, NEARLY_LARGE, TWICE = 0.7, 1.5, 0.5  # within a fifth; within a tenth of LARGE; up to half as much again
GREW, GROWTH = 0.1, 0.4  # a toll may become more than twice what it was
FELL = -1.5  # a later toll of less than 2/5 of any known: another incident in the same town
FAR_OFF, BEYOND = -1.5, -4.0  # or one of more than ten times as much; a hundred times: a whole war's
APART = -2.0  # the sentence speaks of "another attack", and the number is another
IN_A_WORD = 0.4  # "dozens", where the number is 40 or nobody has one
COPIED, AKIN, ONE_ARTICLE = 3.0, 1.5, 1.5
ELSEWHERE = -0.5  # places that exclude each other, where the numbers are telling: one of the places is misread
ANOTHER_NUMBER = 0.5  # what a copy is worth where the number is another
OTHER_PEOPLE, SAME_PEOPLE = -1.5, 1.2
RARE = frozenset({"journalist", "aid_worker", "medical_worker", "official", "prisoner", "migrant"})
FAMILY = {
    "civilian": "civilian", "child": "civilian", "woman": "civilian", "journalist": "civilian",
    "aid_worker": "civilian", "medical_worker": "civilian", "migrant": "civilian",
    "combatant": "combatant", "security_forces": "security", "official": "official", "prisoner": "prisoner",
}  # fmt: skip

OTHER_CAUSE = -1.8  # a flood and a bombing are two
SAME_VIOLENCE, SAME_CAUSE = 0.4, 1.5  # violence is everywhere where there is war; two floods in one country are rare
SINGULAR, ALONE = frozenset({"earthquake", "volcano", "shipwreck", "air_crash", "rail_crash", "stampede"}), 2.0

OVERLAP, LOOSELY, ADJACENT, APART_IN_TIME = 2.0, 1.0, -0.5, -2.0
TOLERANCE = {"hour": timedelta(hours=3)}  # reports of one event differ by so much
UNDATED, LATER = 0.5, -1.2  # the day before or after, where one of them does not say when; later days
NEXT_DAY = timedelta(hours=36)
FORGOTTEN = timedelta(days=10)  # incidents farther apart are two, whatever else agrees
VARIETY = 12  # different places and windows of a situation that are compared, the first ones
SHARP = frozenset({"hour", "day"})


def telling(count: int) -> bool:
    """Is the number one that two events hardly share: not small, and not round?"""
    return count >= LARGE and count % 5 != 0


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a situation. Built from claims in the order of `Claim.order`."""

    places: tuple[Location, ...]  # the different ones
    windows: tuple[
        tuple[Window, bool], ...
    ]  # the different ones, of days and hours where there are any; are they stated?
    sharp: bool  # are they of days and hours?
    numbers: tuple[int, ...]
    texts: tuple[tuple[bytes, int | None], ...]  # fingerprints, each with the number that the text states
    articles: frozenset[str]
    families: frozenset[str]
    actors: frozenset[str]
    groups: frozenset[str]
    causes: frozenset[str]
    latest: Time | None  # when it was last spoken of


NOTHING = Profile(
    places=(), windows=(), sharp=False, numbers=(), texts=(), articles=frozenset(),
    families=frozenset(), actors=frozenset(), groups=frozenset(), causes=frozenset(),
    latest=None,
)  # fmt: skip


def profile(claims: Iterable[Claim]) -> Profile:
    """The profile of some claims; withdrawn ones still show what it is about."""
    return reduce(grown, claims, NOTHING)


def grown(known: Profile, claim: Claim) -> Profile:
    """The profile with one claim more."""
    place, window, count, family = claim.location, claim.window, number(claim), FAMILY.get(claim.actor)
    places, windows, sharp = known.places, known.windows, window.precision in SHARP
    if place is not None and len(places) < VARIETY and place not in places:
        places = (*places, place)
    when = window, claim.dated
    if sharp and not known.sharp:
        windows = (when,)
    elif sharp == known.sharp and len(windows) < VARIETY and when not in windows:
        windows = (*windows, when)
    return Profile(
        places=places,
        windows=windows,
        sharp=known.sharp or sharp,
        numbers=known.numbers if count is None or count in known.numbers else (*known.numbers, count),
        texts=(*known.texts, (raw(claim.copy), count)),
        articles=known.articles | {claim.article},
        families=known.families | {family} if family else known.families,
        actors=known.actors | {claim.actor},
        groups=known.groups | {claim.group} if claim.group else known.groups,
        causes=known.causes | {claim.cause} if claim.cause else known.causes,
        latest=claim.time,
    )


def evidence(claim: Claim, other: Profile, cumulative: bool = False) -> float:
    """How much speaks for the claim being about the situation; `ENOUGH` is enough. Impossible: -inf."""
    no = float("-inf")
    place = _place(claim.location, other.places)
    if place is None:
        if _one_of_few(claim, other):
            place = ANYWHERE
        elif _telling(claim, other) or _copied(claim, other):
            place = ELSEWHERE
        else:
            return no
    time = OVERLAP if cumulative else _time(claim, other)
    if time is None:
        return no
    said, people = _number(claim, other), _people(claim, other)
    if place >= WITHIN and _part(claim, other):
        said = people = 0.0
    total = place + time + said + people + _cause(claim, other)
    if claim.article in other.articles and said > FAR_OFF:
        return total + ONE_ARTICLE
    if total >= ENOUGH or total + COPIED < ENOUGH:
        return total
    return total + _text(claim, other)


def likely(claim: Claim, other: Profile) -> bool:
    """Is it the one that a desk would think of, although place or day do not quite agree?

    Where one of the two lacks an exact place, numbers and days must agree; a town called like its province
    may stand for the province. In one and the same town the days may differ, as far as equal numbers bear it:
    "yesterday" is often a day or more ago when an article appears.
    """
    here, said, time = claim.location, _number(claim, other), _time(claim, other)
    if said <= 0 or time is None:
        return False
    if time == OVERLAP:
        return coarse(here) or here.name == here.admin1 or all(coarse(place) for place in other.places)
    day_off = time in (UNDATED, ADJACENT) and claim.window.precision != "hour"
    if _place(here, other.places) == SAME:
        return said >= UNLIKELY or (day_off and not _unlike(claim, other))
    return day_off and said >= ALMOST


def _telling(claim: Claim, other: Profile) -> bool:
    """Can the numbers alone show that it is one event: the same unusual one, or nearly the same large one in one province?"""
    count, here = number(claim), claim.location
    if count is None or count < LARGE or not other.numbers:
        return False
    if telling(count) and count in other.numbers:
        return True
    return (
        bool(here.admin1) and any(here.admin1 == place.admin1 for place in other.places)
        and max(close(told, count) for told in other.numbers) >= 0.95
    )  # fmt: skip


def _one_of_few(claim: Claim, other: Profile) -> bool:
    """Is it told of as many people of a kind of whom few are killed on one day: a journalist, two doctors?"""
    return claim.actor in RARE and claim.actor in other.actors and number(claim) in other.numbers


def _copied(claim: Claim, other: Profile) -> bool:
    """Is it the same number in what is much the same text?"""
    mine, count = raw(claim.copy), number(claim)
    return count is not None and any(told == count and likeness(mine, text) >= KIN for text, told in other.texts)


def _part(claim: Claim, other: Profile) -> bool:
    """Is it less than its own article states for the place: some of those people?"""
    count = number(claim)
    return (
        claim.article in other.articles and not claim.apart
        and count is not None and any(count < told for told in other.numbers)
    )  # fmt: skip


def _place(place: Location | None, others: tuple[Location, ...]) -> float | None:
    """Exact places decide over areas: what lies in the same country may still lie elsewhere."""
    exact = [other for other in others if not coarse(other)] if not coarse(place) else []
    found = [near for other in exact or others if (near := nearness(place, other)) is not None]
    return max(found) if found else None if others else nearness(place, None)


def _time(claim: Claim, profile: Profile) -> float | None:
    window, best = claim.window, None
    slow = claim.cause in SLOW and claim.cause in profile.causes
    for other, dated in profile.windows:
        gap = max(window.start, other.start) - min(window.end, other.end)
        sharp = window.precision in SHARP and other.precision in SHARP
        spare = TOLERANCE.get(window.precision, timedelta()) + TOLERANCE.get(other.precision, timedelta())
        if gap < spare:
            found = OVERLAP if sharp else LOOSELY
        elif slow and min(gap, claim.time - profile.latest) <= FORGOTTEN:
            found = LOOSELY
        elif gap <= FORGOTTEN:
            if gap > NEXT_DAY:
                found = APART_IN_TIME if claim.dated else LATER
            else:
                found = ADJACENT if claim.dated and dated else UNDATED
        else:
            continue
        best = found if best is None or found > best else best
    return best


def _number(claim: Claim, other: Profile) -> float:
    count = number(claim)
    if count is None:
        least, most = bare(claim)
        fits = any(least <= told <= (most or told) for told in other.numbers)
        return IN_A_WORD if fits or not other.numbers else 0.0
    if not other.numbers:
        return 0.0
    nearest = min(other.numbers, key=lambda told: (abs(told - count), told))
    share = close(nearest, count)
    if nearest == count or same(claim, nearest):
        worth = next(worth for least, worth in EQUAL if count >= least)
        return worth + UNUSUAL if nearest == count >= 100 and count % 10 else worth
    apart = APART if claim.apart else 0.0
    if share >= 0.9 and count >= LARGE:
        return apart + (ALMOST if share >= 0.95 else NEARLY_LARGE)
    if share >= 0.8:
        return apart + NEARLY
    if share >= 0.66:
        return apart + TWICE
    if count < nearest:
        return apart + (FELL if share < 0.4 else 0.0)
    if claim.cause in SINGULAR and claim.cause in other.causes:
        return apart + GREW
    return apart + (BEYOND if share < 0.01 else FAR_OFF if share < 0.1 else GREW if share >= GROWTH else 0.0)


def _people(claim: Claim, other: Profile) -> float:
    family = FAMILY.get(claim.actor)
    if claim.group and other.groups and claim.group not in other.groups:
        return OTHER_PEOPLE
    if family and other.families and family not in other.families:
        return OTHER_PEOPLE
    return SAME_PEOPLE if claim.actor in RARE and claim.actor in other.actors else 0.0


def _cause(claim: Claim, other: Profile) -> float:
    if claim.cause is None or not other.causes:
        return 0.0
    family = FAMILIES[claim.cause]
    if claim.cause in other.causes:
        return ALONE if claim.cause in SINGULAR else SAME_VIOLENCE if family == "violence" else SAME_CAUSE
    return 0.0 if any(FAMILIES[cause] == family for cause in other.causes) else OTHER_CAUSE


def _unlike(claim: Claim, other: Profile) -> bool:
    """Was it something else that did it, as far as both say: shells, and a bomb?"""
    return claim.cause is not None and bool(other.causes) and claim.cause not in other.causes


def _text(claim: Claim, other: Profile) -> float:
    mine, count, best = raw(claim.copy), number(claim), 0.0
    for text, told in other.texts:
        alike = likeness(mine, text)
        if alike >= KIN:
            worth = COPIED if alike >= COPY else AKIN
            best = max(best, worth if told == count else ANOTHER_NUMBER)
    return best
