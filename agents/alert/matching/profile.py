"""What is compared of a claim, and of all the claims of a situation."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import NamedTuple

from agents.alert.claims.claim import Claim
from agents.alert.claims.copies import raw
from agents.alert.claims.numbers import bare, number
from agents.alert.claims.places import coarse
from streams.records import Location

FAMILY = {
    "civilian": "civilian", "child": "civilian", "woman": "civilian", "journalist": "civilian",
    "aid_worker": "civilian", "medical_worker": "civilian", "migrant": "civilian",
    "combatant": "combatant", "security_forces": "security", "official": "official", "prisoner": "prisoner",
}  # fmt: skip

SHARP = frozenset({"hour", "day"})
HOURS, DAYS = 3600.0, 86_400.0  # seconds
TOLERANCE = {"hour": 3 * HOURS}  # reports of one event differ by so much
VARIETY = 12  # different places and windows of a situation that are compared, the first ones


class When(NamedTuple):
    """A window in seconds of the epoch, so that a gap costs no date arithmetic."""

    start: float
    end: float
    sharp: bool  # of a day or an hour?
    spare: float  # how far it may be off
    dated: bool  # is it stated?


@dataclass(frozen=True, slots=True)
class Look:
    """What is compared of a claim, worked out once for all situations that it is compared with."""

    claim: Claim
    count: int | None  # None for a bare word
    family: str | None
    when: When
    time: float  # when it was written, in seconds of the epoch
    text: int  # its article's fingerprint
    company: frozenset[tuple[str, int]]  # what its article counts beside it


@lru_cache(1 << 12)  # a claim is looked at as it comes, when it is filed, and by each late one that comes near
def look(claim: Claim) -> Look:
    window = claim.window
    when = When(
        window.start.timestamp(), window.end.timestamp(), window.precision in SHARP, TOLERANCE.get(window.precision, 0.0),
        claim.dated,
    )  # fmt: skip
    return Look(
        claim, number(claim), FAMILY.get(claim.actor), when, claim.time.timestamp(), raw(claim.copy),
        frozenset(claim.company),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a situation. Built from claims in the order of `Claim.order`."""

    places: tuple[Location, ...]  # the different ones
    spots: tuple[Location, ...]  # those of them that are no areas
    windows: tuple[When, ...]  # the different ones, of days and hours where there are any
    numbers: tuple[int, ...]
    words: tuple[int, ...]  # the least that each bare word claims
    company: frozenset[tuple[str, int]]
    texts: tuple[tuple[int, int | None], ...]  # fingerprints, each with the number that the text states
    articles: frozenset[str]
    families: frozenset[str]
    actors: frozenset[str]
    groups: frozenset[str]
    causes: frozenset[str]
    latest: float  # when it was last spoken of


NOTHING = Profile(
    places=(), spots=(), windows=(), numbers=(), words=(), company=frozenset(), texts=(), articles=frozenset(),
    families=frozenset(), actors=frozenset(), groups=frozenset(), causes=frozenset(),
    latest=0.0,
)  # fmt: skip


def profile(claims: Iterable[Claim]) -> Profile:
    """The profile of some claims; withdrawn ones still show what it is about."""
    return reduce(grown, claims, NOTHING)


def grown(known: Profile, claim: Claim) -> Profile:
    """The profile with one claim more."""
    seen = look(claim)
    place, told, count, family = claim.location, seen.when, seen.count, seen.family
    places, spots = known.places, known.spots
    if place is not None and len(places) < VARIETY and place not in places:
        places = (*places, place)
        spots = spots if coarse(place) else (*spots, place)
    windows, sharp = known.windows, bool(known.windows) and known.windows[0].sharp
    if not windows or (told.sharp and not sharp):
        windows = (told,)
    elif told.sharp == sharp and len(windows) < VARIETY and told not in windows:
        windows = (*windows, told)
    return Profile(
        places=places,
        spots=spots,
        windows=windows,
        numbers=known.numbers if count is None or count in known.numbers else (*known.numbers, count),
        words=known.words if count is not None else (*known.words, bare(claim)[0]),
        company=known.company | seen.company if seen.company else known.company,
        texts=(*known.texts, (seen.text, count)),
        articles=known.articles | {claim.article},
        families=known.families | {family} if family else known.families,
        actors=known.actors | {claim.actor},
        groups=known.groups | {claim.group} if claim.group else known.groups,
        causes=known.causes | {claim.cause} if claim.cause else known.causes,
        latest=seen.time,
    )
