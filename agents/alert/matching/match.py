"""Does a claim tell of a situation? Evidence is added up: place, time, numbers, people, shared text."""

from typing import NamedTuple

from agents.alert.claims.causes import FAMILIES, SINGULAR, SLOW
from agents.alert.claims.copies import COPY, KIN, likeness
from agents.alert.claims.numbers import close
from agents.alert.claims.places import ANYWHERE, SAME, WITHIN, called_alike, coarse, nearness
from agents.alert.matching.profile import DAYS, HOURS, Look, Profile
from agents.alert.matching.said import (
    ALMOST,
    FAR_OFF,
    LARGE,
    SURELY,
    beyond,
    in_company,
    risen,
    said,
    said_before,
    telling,
)
from streams.records import Location

# Less is enough for a claim without an exact place, or for a situation without one, if no other comes near.
LIKELY, AMBIGUOUS = 2.3, 0.6
ENOUGH = 3.5  # same place and same time, or one of them with an unusual number or a copied text

UNLIKELY, RATHER = 1.5, 0.9  # an equal number is no coincidence within days in one town; if nothing speaks against it
COPIED, AKIN, ONE_ARTICLE = 3.0, 1.5, 1.5
ELSEWHERE = -0.5  # places that exclude each other, where the numbers are telling: one of the places is misread
ANOTHER_NUMBER = 0.5  # what a copy is worth where the number is another
OTHER_PEOPLE, SAME_PEOPLE = -1.5, 1.2
OTHER_SIDE = -3.0  # who fought each other are counted apart
AGAINST = {"combatant": frozenset({"security"}), "security": frozenset({"combatant"})}
RARE = frozenset({"journalist", "aid_worker", "medical_worker", "official", "prisoner", "migrant"})

OTHER_CAUSE = -1.8  # a flood and a bombing are two
COMMON, SAME_CAUSE = 0.4, 1.5  # violence is everywhere where there is war; two floods in one country are rare
ALONE = 2.0  # of these there is hardly another one near, however the toll may grow

OVERLAP, LOOSELY, ADJACENT, APART_IN_TIME = 2.0, 1.0, -0.5, -2.0
UNDATED, LATER = 0.5, -1.2  # the day before or after, where one of them does not say when; later days
NEXT_DAY = 36 * HOURS
FORGOTTEN = 10 * DAYS  # incidents farther apart are two, whatever else agrees


class Evidence(NamedTuple):
    """How much speaks for a claim being about a situation, of which `ENOUGH` is enough, and what some of it comes from."""

    total: float
    place: float = 0.0
    time: float = 0.0
    said: float = 0.0


IMPOSSIBLE = Evidence(float("-inf"))


def evidence(mine: Look, other: Profile, cumulative: bool = False) -> Evidence:
    """What speaks for the claim being about the situation."""
    place, company = _place(mine.claim.location, other), in_company(mine, other)
    if place is None:
        if _one_of_few(mine, other):
            place = ANYWHERE
        elif company == SURELY or _telling(mine, other) or _copied(mine, other) or _one_disaster(mine, other):
            place = ELSEWHERE
        else:
            return IMPOSSIBLE
    time = OVERLAP if cumulative else _time(mine, other)
    if time is None:
        return IMPOSSIBLE
    numbers = said(mine, other)
    total = place + time + _cause(mine, other) + company
    if place < WITHIN or not _part(mine, other):
        total += numbers + _people(mine, other)
        kin = numbers > FAR_OFF
    else:
        kin = True
    if kin and mine.claim.article in other.articles:
        total += ONE_ARTICLE
    elif total < ENOUGH <= total + COPIED:
        total += _text(mine, other)
    return Evidence(total, place, time, numbers)


def likely(mine: Look, other: Profile, found: Evidence) -> bool:
    """Is it the one that a desk would think of, although place or day do not quite agree?

    Where one of the two lacks an exact place, numbers and days must agree; a town called like its province
    may stand for the province. In one and the same town the days may differ, as far as equal numbers bear it:
    "yesterday" is often a day or more ago when an article appears.
    """
    here = mine.claim.location
    if found.said <= 0:
        return False
    if found.time == OVERLAP:
        return coarse(here) or called_alike(here.name, here.admin1 or "") or not other.spots
    by_day, day_off = mine.claim.window.precision != "hour", found.time in (UNDATED, ADJACENT)
    if found.place == SAME:
        alike = by_day and not _unlike(mine, other)
        return found.said >= UNLIKELY or (alike and (day_off or found.said >= RATHER))
    return by_day and day_off and found.said >= ALMOST


def _telling(mine: Look, other: Profile) -> bool:
    """Can the numbers alone show that it is one event: the same unusual one, or nearly the same large one in one province?"""
    count, here = mine.count, mine.claim.location
    if count is None or count < LARGE or not other.numbers:
        return False
    if telling(count) and count in other.numbers:
        return True
    return (
        bool(here.admin1) and any(here.admin1 == place.admin1 for place in other.places)
        and max(close(told, count) for told in other.numbers) >= 0.95
    )  # fmt: skip


def _one_of_few(mine: Look, other: Profile) -> bool:
    """Is it told of as many people of a kind of whom few are killed on one day: a journalist, two doctors?"""
    actor = mine.claim.actor
    return actor in RARE and actor in other.actors and mine.count in other.numbers


def _copied(mine: Look, other: Profile) -> bool:
    """Is it the same number in what is much the same text?"""
    return mine.count in other.numbers and any(
        told == mine.count and likeness(mine.text, text) >= KIN for text, told in other.texts
    )


def _one_disaster(mine: Look, other: Profile) -> bool:
    """Is it of a disaster that is told from many places: a ship that sank off a coast, floods whose toll has risen?"""
    cause = mine.claim.cause
    if cause not in other.causes:
        return False
    return cause in SINGULAR or (mine.claim.rises and cause in SLOW and risen(mine, other))


def _other_side(mine: Look, other: Profile) -> bool:
    """Are they of those whom the others fought?"""
    return mine.family in AGAINST and other.families == AGAINST[mine.family]


def _part(mine: Look, other: Profile) -> bool:
    """Is it less than its own article states for the place: some of those people?"""
    claim, count = mine.claim, mine.count
    return (
        claim.article in other.articles and not claim.apart and count is not None and not _other_side(mine, other)
        and any(count < told and not beyond(mine, other, told) for told in other.numbers)
    )  # fmt: skip


def _place(place: Location | None, other: Profile) -> float | None:
    """Exact places decide over areas: what lies in the same country may still lie elsewhere."""
    if not other.places:
        return nearness(place, None)
    best = None
    for known in (not coarse(place) and other.spots) or other.places:
        near = nearness(place, known)
        if near == SAME:
            return SAME
        if near is not None and (best is None or near > best):
            best = near
    return best


def _time(mine: Look, other: Profile) -> float | None:
    told, best = mine.when, None
    claim = mine.claim
    slow = claim.moved or (claim.cause in SLOW and claim.cause in other.causes)
    meant = mine.count is None and not told.dated and said_before(mine, other)
    for start, end, sharp, spare, dated in other.windows:
        gap = max(told.start, start) - min(told.end, end)
        if gap < told.spare + spare:
            if told.sharp and sharp:
                return OVERLAP
            found = LOOSELY
        elif slow and min(gap, mine.time - other.latest) <= FORGOTTEN:
            found = LOOSELY
        elif gap > FORGOTTEN:
            continue
        elif gap > NEXT_DAY:
            found = APART_IN_TIME if told.dated else UNDATED if meant else LATER
        else:
            found = ADJACENT if told.dated and dated else UNDATED
        best = found if best is None else max(best, found)
    return best


def _people(mine: Look, other: Profile) -> float:
    claim = mine.claim
    if _other_side(mine, other) and mine.count not in other.numbers:
        return OTHER_SIDE
    if claim.group and other.groups and claim.group not in other.groups:
        return OTHER_PEOPLE
    if mine.family and other.families and mine.family not in other.families:
        return OTHER_PEOPLE
    return SAME_PEOPLE if claim.actor in RARE and claim.actor in other.actors else 0.0


def _cause(mine: Look, other: Profile) -> float:
    cause = mine.claim.cause
    if cause is None or not other.causes:
        return 0.0
    family = FAMILIES[cause]
    if cause in other.causes:
        return ALONE if cause in SINGULAR else COMMON if family in ("violence", "road_crash") else SAME_CAUSE
    return 0.0 if any(FAMILIES[one] == family for one in other.causes) else OTHER_CAUSE


def _unlike(mine: Look, other: Profile) -> bool:
    """Was it something else that did it, as far as both say: shells, and a bomb?"""
    return mine.claim.cause is not None and bool(other.causes) and mine.claim.cause not in other.causes


def _text(mine: Look, other: Profile) -> float:
    best = 0.0
    for text, told in other.texts:
        alike = likeness(mine.text, text)
        if alike >= KIN:
            worth = COPIED if alike >= COPY else AKIN
            best = max(best, worth if told == mine.count else ANOTHER_NUMBER)
    return best
