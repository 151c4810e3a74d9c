"""Situations: what is known of one toll of one event, and the index that finds those a claim may be about."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import floor, log
from typing import Literal

from agents.alert.causes import SLOW
from agents.alert.claims import Claim
from agents.alert.copies import bands, raw
from agents.alert.match import Profile, profile
from agents.alert.numbers import number
from agents.alert.places import coarse
from agents.alert.toll import Toll, toll
from streams.records import Country, Kind, Measure, Severity, Time, Unit, Values

CLAIMS, GIVEN, SOURCES = 44, 24, 48  # kept of each in one record, which must stay under 64 kB
CANDIDATES = 48  # situations compared with a claim, at most
TELLING = 5  # numbers from here on are rare enough to look for situations by
CROWD = 512  # a key that more situations share tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An alert that was given: what cannot be read from its event again, so that it can be given again."""

    event_id: str
    offset: int
    kind: Kind
    says: Values
    previous: Values | None
    sources: int  # how many had spoken
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
    sources: tuple[str, ...]  # all that have spoken, in the order they came
    given: tuple[Given, ...] = ()
    offset: int  # of the last event that changed it, in its partition's log

    @property
    def key(self) -> str:
        return self.id

    @property
    def last(self) -> Time:
        """When it was last spoken of, by the articles' own clock."""
        return self.claims[-1].time

    @property
    def told(self) -> Values | None:
        """What the last alert said; None where there was none yet."""
        return self.given[-1].says if self.given else None

    def toll(self) -> Toll:
        return toll(self.measure, self.claims)


@dataclass(slots=True)
class Held:
    """A situation in memory, with what is compared of it, and how many of its claims are filed under each key."""

    situation: Situation
    profile: Profile
    filed: Counter[tuple]


class Situations:
    """All live situations of the countries at hand. Only `put` and `drop` change it; rebuilt by `put` alone."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._filed: dict[tuple, dict[str, None]] = {}
        self._by_event: dict[tuple[str, str], str] = {}
        self._days: dict[str, dict[int, dict[str, None]]] = {}  # by country and day last spoken of

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Situation]:
        return (held.situation for held in self._held.values())

    def get(self, key: str) -> Situation | None:
        held = self._held.get(key)
        return held.situation if held else None

    def of_event(self, country: str, event_id: str | None) -> Situation | None:
        """The situation that has applied this event, or holds the claim of this id."""
        return self.get(self._by_event.get((country, event_id), ""))

    def put(self, situation: Situation) -> None:
        """Hold a situation, in place of the older state of the same one."""
        held = self._held.get(situation.key)
        if held is None:
            held = self._held[situation.key] = Held(situation, profile(situation.claims), Counter())
            old: tuple[Claim, ...] = ()
        else:
            old = held.situation.claims
            self._forget_events(held.situation)
            held.situation, held.profile = situation, profile(situation.claims)
        known, now = {claim.event_id for claim in old}, {claim.event_id for claim in situation.claims}
        for claim in situation.claims:
            if claim.event_id not in known:
                self._file(held, claim, situation)
        for claim in old:
            if claim.event_id not in now:
                self._unfile(held, _filings(claim, situation))
        for event_id in _events(situation):
            self._by_event[situation.country, event_id] = situation.key
        self._days.setdefault(situation.country, {}).setdefault(situation.last.toordinal(), {})[situation.key] = None

    def drop(self, key: str) -> None:
        """Let go of a situation; one that is not held is no error."""
        held = self._held.pop(key, None)
        if held is not None:
            for claim in held.situation.claims:
                self._unfile(held, _filings(claim, held.situation))
            self._forget_events(held.situation)

    def near(self, country: str, measure: str, unit: str, scope: str, claim: Claim) -> list[Held]:
        """Situations that the claim may be about: those that share a telling key with it, at most CANDIDATES."""
        kind, found = (country, measure, unit, scope), {}
        for key in _probes(claim, scope):
            filed = self._filed.get((*kind, *key))
            if filed and len(filed) <= CROWD:
                found.update(filed)
        held = [self._held[key] for key in found]
        held.sort(key=lambda one: (abs(one.situation.last - claim.time), one.situation.key))
        return held[:CANDIDATES]

    def aged(self, country: str, day: int) -> Iterator[Situation]:
        """Some of the country's situations that were last spoken of before this day (its ordinal), if there are any."""
        oldest = min(self._days.get(country, ()), default=day)
        keys = self._days[country][oldest] if oldest < day else ()
        return (self._held[key].situation for key in keys)

    def _file(self, held: Held, claim: Claim, situation: Situation) -> None:
        for key in _filings(claim, situation):
            held.filed[key] += 1
            if held.filed[key] == 1:
                self._filed.setdefault(key, {})[situation.key] = None

    def _unfile(self, held: Held, keys: Iterator[tuple]) -> None:
        for key in keys:
            held.filed[key] -= 1
            if held.filed[key] == 0:
                del held.filed[key]
                _remove(self._filed, key, held.situation.key)

    def _forget_events(self, situation: Situation) -> None:
        for event_id in _events(situation):
            if self._by_event.get((situation.country, event_id)) == situation.key:
                del self._by_event[situation.country, event_id]
        days = self._days[situation.country]
        _remove(days, situation.last.toordinal(), situation.key)
        if not days:
            del self._days[situation.country]


def _remove(lists: dict, name: Hashable, key: str) -> None:
    """Take a key off a list, and the list away when it was the last."""
    del lists[name][key]
    if not lists[name]:
        del lists[name]


def _events(situation: Situation) -> Iterator[str]:
    for claim in situation.claims:
        yield claim.event_id
        if claim.gone:
            yield claim.gone.event_id
    for given in situation.given:
        yield given.event_id


def _days(claim: Claim) -> range:
    """The days (ordinals) that the claim is about: its window's, the last three before it was written where that is long."""
    window = claim.window
    end = (window.end - timedelta(microseconds=1)).toordinal()
    start = window.start.toordinal()
    if not start <= end <= start + 3:
        end = claim.time.toordinal()
        start = end - 2
    return range(start, end + 1)


def _size(count: int) -> int:
    """Numbers within a fifth of each other have the same size, or neighbouring ones."""
    return floor(log(count) * 4)


def _filings(claim: Claim, situation: Situation) -> Iterator[tuple]:
    """The keys under which a claim's situation can be found."""
    kind = (situation.country, situation.measure, situation.unit, situation.scope)
    place, count, days = claim.location, number(claim), _days(claim)
    yield (*kind, "article", claim.article)
    for band in bands(raw(claim.copy)):
        yield (*kind, *band)
    vague = coarse(place)
    if claim.cause in SLOW:
        yield (*kind, claim.cause)
    if place is not None:
        name = place.geonames_id or place.name
        if situation.scope == "cumulative" and not vague:
            yield (*kind, "place", name)
        if count is not None and count >= TELLING:
            yield (*kind, "count at", name, _size(count))
    for day in days:
        if place is not None and not vague:
            yield (*kind, "cell", floor(place.lat), floor(place.lon), day)
        if place is not None and place.admin1:
            yield (*kind, "area", place.admin1, day)
            if vague:
                yield (*kind, "whole area", place.admin1, day)
        if count is not None and count >= TELLING:
            yield (*kind, "count", _size(count), day)
            if vague:
                yield (*kind, "vague count", _size(count), day)


def _probes(claim: Claim, scope: str) -> Iterator[tuple]:
    """The keys under which to look for a claim's situation, without their kind."""
    place, count, days = claim.location, number(claim), _days(claim)
    days = range(days[0] - 1, days[-1] + 2)
    yield ("article", claim.article)
    yield from bands(raw(claim.copy))
    vague = coarse(place)
    sizes = range(_size(count) - 1, _size(count) + 2) if count is not None and count >= TELLING else ()
    if claim.cause in SLOW:
        yield (claim.cause,)
    if place is not None:
        name = place.geonames_id or place.name
        if scope == "cumulative" and not vague:
            yield ("place", name)
        for size in sizes:
            yield ("count at", name, size)
    for day in days:
        if place is not None and not vague:
            for north in (-1, 0, 1):
                for east in (-1, 0, 1):
                    yield ("cell", floor(place.lat) + north, floor(place.lon) + east, day)
        if place is not None and place.admin1:
            yield ("area" if vague else "whole area", place.admin1, day)
        for size in sizes:
            yield ("count" if vague else "vague count", size, day)
