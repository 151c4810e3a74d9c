"""Situations: what is known of one toll of one event, and the index that finds those a claim may be about."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from math import floor, log
from typing import Literal

from agents.alert.causes import SLOW
from agents.alert.claims import Claim
from agents.alert.copies import bands, raw
from agents.alert.match import RARE, Profile, grown, profile
from agents.alert.numbers import bare, number
from agents.alert.places import coarse
from agents.alert.toll import Toll, toll
from streams.records import Country, Kind, Location, Measure, Severity, Time, Unit, Values

CLAIMS, GIVEN = 40, 16  # kept of each in one record, which must stay under 64 kB
CANDIDATES = 32  # situations compared with a claim, at most
TELLING = 1  # numbers from here on are rare enough to look for situations by
CROWD = 512  # a key that more situations share tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An alert that was given: what cannot be read from its event again, so that it can be given again."""

    event_id: str
    offset: int  # of the event in its partition's log
    situation: str  # under which it was given: where situations turn out to be one, it goes with its claim
    kind: Kind
    says: Values
    previous: Values | None
    sources: tuple[str, ...]
    provisional: bool
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One toll of one event: its claims, in the order of the world, and the alerts that were given on it.

    What it says is a function of its claims alone (`toll`). `scope` keeps cumulative tolls apart.
    """

    id: str
    country: Country
    measure: Measure
    unit: Unit
    scope: Literal["incident", "cumulative"]
    claims: tuple[Claim, ...]
    given: tuple[Given, ...] = ()
    offset: int  # of the last event that changed it, in its partition's log

    @property
    def key(self) -> str:
        return self.id

    @property
    def sort(self) -> tuple[str, str, str, str]:
        """Only claims of the same country, measure, unit and scope are compared."""
        return self.country, self.measure, self.unit, self.scope

    @property
    def last(self) -> Time:
        """When it was last spoken of, by the articles' own clock."""
        return self.claims[-1].time

    @property
    def sources(self) -> tuple[str, ...]:
        """All whose claims it holds, in the order they came."""
        return tuple(dict.fromkeys(one.outlet for one in sorted(self.claims, key=lambda one: one.offset)))

    @property
    def told(self) -> Values | None:
        """What the last alert said; None where there was none yet."""
        return self.given[-1].says if self.given else None

    def toll(self) -> Toll:
        return toll(self.measure, self.claims)


@dataclass(slots=True, eq=False)
class Held:
    """A situation in memory, with what is compared of it, and how many of its claims are filed under each key."""

    situation: Situation
    profile: Profile
    filed: dict[tuple, int]


class Situations:
    """All live situations of the countries at hand. Only `put` and `drop` change it; rebuilt by `put` alone."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._filed: dict[tuple, dict[str, None]] = {}
        self._claims: dict[tuple[str, str], str] = {}  # by country and event
        self._alerts: dict[tuple[str, str], str] = {}
        self._newest: dict[tuple[str, str, str, str], tuple] = {}
        self._days: dict[str, dict[int, dict[str, None]]] = {}  # by country and day last spoken of

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Situation]:
        return (held.situation for held in self._held.values())

    def get(self, key: str) -> Situation | None:
        held = self._held.get(key)
        return held.situation if held else None

    def of_claim(self, country: str, event_id: str | None) -> Situation | None:
        """The situation that holds the claim of this event, or its withdrawal by this event."""
        return self.get(self._claims.get((country, event_id), ""))

    def of_events(self, sort: tuple[str, str, str, str], event_ids: Iterable[str | None]) -> list[Held]:
        """Those of one sort that hold the claims of these events."""
        found = (self._held.get(self._claims.get((sort[0], event_id), "")) for event_id in event_ids if event_id)
        return [held for held in found if held is not None and held.situation.sort == sort]

    def of_alert(self, country: str, event_id: str) -> Situation | None:
        """The situation that remembers the alert which this event gave."""
        return self.get(self._alerts.get((country, event_id), ""))

    def put(self, situation: Situation) -> None:
        """Hold a situation, in place of the older state of the same one.

        A claim is held once. Where two situations have it (a crash came between the writing of one and
        of the other), it belongs to the one that was written later.
        """
        theirs = {
            owner.key: owner for one in situation.claims if (owner := self.of_claim(situation.country, one.event_id))
        }
        theirs.pop(situation.key, None)
        for owner in theirs.values():
            if owner.offset <= situation.offset:
                self._hold(_without(owner, situation))
            else:
                situation = _without(situation, owner)
        self._hold(situation)

    def _hold(self, situation: Situation) -> None:
        if not situation.claims:
            self.drop(situation.key)
            return
        held = self._held.get(situation.key)
        old: tuple[Claim, ...] = ()
        if held is None:
            held = self._held[situation.key] = Held(situation, profile(situation.claims), {})
        else:
            old = held.situation.claims
            self._let_go(held.situation)
            *earlier, newest = situation.claims
            if _states(earlier) == _states(old):
                held.profile = grown(held.profile, newest)
            elif _states(situation.claims) != _states(old):
                held.profile = profile(situation.claims)
            held.situation = situation
        before, now = set(_states(old)), set(_states(situation.claims))
        for claim in situation.claims:
            if _state(claim) not in before:
                self._file(held, claim)
        for claim in old:
            if _state(claim) not in now:
                self._unfile(held, claim)
        self._newest[situation.sort] = max(self.newest(situation.sort), situation.claims[-1].order)
        for name in _events(situation):
            self._claims[name] = situation.key
        for gift in situation.given:
            self._alerts[situation.country, gift.event_id] = situation.key
        self._days.setdefault(situation.country, {}).setdefault(situation.last.toordinal(), {})[situation.key] = None

    def drop(self, key: str) -> None:
        """Let go of a situation; one that is not held is no error."""
        held = self._held.pop(key, None)
        if held is not None:
            for claim in held.situation.claims:
                self._unfile(held, claim)
            self._let_go(held.situation)

    def near(self, sort: tuple[str, str, str, str], claim: Claim) -> list[Held]:
        """Situations of one `Situation.sort` that the claim may be about, by any telling key; at most CANDIDATES."""
        found: dict[str, None] = {}
        for key in _probes(claim, sort):
            filed = self._filed.get(key)
            if filed and len(filed) <= CROWD:
                found.update(filed)
        held = [self._held[key] for key in found]
        if len(held) > CANDIDATES:
            held.sort(key=lambda one: (abs(one.situation.last - claim.time), one.situation.key))
        return held[:CANDIDATES]

    def newest(self, sort: tuple[str, str, str, str]) -> tuple:
        """The order of the newest claim there was of this sort; () where there was none. It need not be held any more."""
        return self._newest.get(sort, ())

    def aged(self, country: str, day: int) -> Iterator[Situation]:
        """Some of the country's situations that were last spoken of before this day (its ordinal), if there are any."""
        oldest = min(self._days.get(country, ()), default=day)
        keys = self._days[country][oldest] if oldest < day else ()
        return (self._held[key].situation for key in keys)

    def _file(self, held: Held, claim: Claim) -> None:
        for key in _filings(claim, held.situation):
            times = held.filed.get(key, 0)
            held.filed[key] = times + 1
            if times == 0:
                self._filed.setdefault(key, {})[held.situation.key] = None

    def _unfile(self, held: Held, claim: Claim) -> None:
        for key in _filings(claim, held.situation):
            held.filed[key] -= 1
            if held.filed[key] == 0:
                del held.filed[key]
                _remove(self._filed, key, held.situation.key)

    def _let_go(self, situation: Situation) -> None:
        """Forget which events and which day the situation's old state stood for."""
        for name in _events(situation):
            if self._claims.get(name) == situation.key:
                del self._claims[name]
        for gift in situation.given:
            if self._alerts.get((situation.country, gift.event_id)) == situation.key:
                del self._alerts[situation.country, gift.event_id]
        days = self._days[situation.country]
        _remove(days, situation.last.toordinal(), situation.key)
        if not days:
            del self._days[situation.country]


def _state(claim: Claim) -> tuple[str, int]:
    """What a claim is filed by: it changes where the claim itself comes after its withdrawal."""
    return claim.event_id, claim.offset


def _states(claims: Iterable[Claim]) -> list[tuple[str, int]]:
    return [_state(claim) for claim in claims]


def _remove(lists: dict, name: Hashable, key: str) -> None:
    """Take a key off a list, and the list away when it was the last."""
    del lists[name][key]
    if not lists[name]:
        del lists[name]


def _without(situation: Situation, other: Situation) -> Situation:
    """The situation without the claims that the other one has."""
    theirs = {one.event_id for one in other.claims}
    return replace(situation, claims=tuple(one for one in situation.claims if one.event_id not in theirs))


def _events(situation: Situation) -> Iterator[tuple[str, str]]:
    for claim in situation.claims:
        for event_id in claim.events:
            yield situation.country, event_id


def _days(claim: Claim) -> range:
    """The days (ordinals) that the claim is about: its window's, the last three before it was written where that is long."""
    window = claim.window
    end = (window.end - timedelta(microseconds=1)).toordinal()
    start = window.start.toordinal()
    if not start <= end <= start + 3:
        end = claim.time.toordinal()
        start = end - 2
    return range(start, end + 1)


def _cell(place: Location) -> tuple[int, int]:
    """Half a degree each way: what is near lies in the same cell or the next one, up to 60 degrees north."""
    return floor(place.lat * 2), floor(place.lon * 2)


def _size(count: int) -> int:
    """Numbers within a fifth of each other have the same size, or neighbouring ones."""
    return floor(log(count) * 4)


def _filings(claim: Claim, situation: Situation) -> Iterator[tuple]:
    """The keys under which a claim's situation can be found."""
    sort, place, count, days = situation.sort, claim.location, number(claim), _days(claim)
    vague, telling = coarse(place), count is not None and count >= TELLING
    yield sort, "article", claim.article
    for band in bands(raw(claim.copy)):
        yield sort, band
    if claim.cause in SLOW:
        yield sort, claim.cause
    if place is not None:
        name = place.geonames_id or place.name
        if situation.scope == "cumulative" and not vague:
            yield sort, "place", name
        if telling:
            yield sort, "count at", name, _size(count)
    for day in days:
        if claim.actor in RARE:
            yield sort, claim.actor, day
        if place is not None and not vague:
            yield sort, "cell", *_cell(place), day
        if place is not None and place.admin1:
            yield sort, "area", place.admin1, day
            if vague:
                yield sort, "whole area", place.admin1, day
        if telling:
            yield sort, "count", _size(count), day
            if vague:
                yield sort, "vague count", _size(count), day
        elif count is None:
            yield sort, "word", day
            if vague:
                yield sort, "vague word", day


def _probes(claim: Claim, sort: tuple[str, str, str, str]) -> Iterator[tuple]:
    """The keys under which to look for a claim's situation."""
    place, count, days = claim.location, number(claim), _days(claim)
    vague, telling = coarse(place), count is not None and count >= TELLING
    if count is None:
        least, most = bare(claim)
        sizes = range(_size(max(least, TELLING)), _size(most or least * 20) + 1)
    else:
        sizes = range(_size(count) - 2, _size(count) + 3) if telling else ()
    yield sort, "article", claim.article
    for band in bands(raw(claim.copy)):
        yield sort, band
    if claim.cause in SLOW:
        yield sort, claim.cause
    if place is not None:
        name = place.geonames_id or place.name
        if sort[3] == "cumulative" and not vague:
            yield sort, "place", name
        for size in sizes:
            yield sort, "count at", name, size
    row, column = (0, 0) if vague else _cell(place)
    for day in range(days[0] - 1, days[-1] + 2):
        if claim.actor in RARE:
            yield sort, claim.actor, day
        if place is not None and not vague:
            for north in (-1, 0, 1):
                for east in (-1, 0, 1):
                    yield sort, "cell", row + north, column + east, day
        if place is not None and place.admin1:
            yield sort, "area" if vague else "whole area", place.admin1, day
        for size in sizes:
            yield sort, "count" if vague else "vague count", size, day
        yield sort, "word" if vague else "vague word", day
