"""All live situations in memory, and the index that finds those which a claim may be about."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from agents.alert.claims.claim import Claim
from agents.alert.matching.keys import filings, probes
from agents.alert.matching.profile import NOTHING, Profile, grown, profile
from agents.alert.situations.situation import Situation, Sort

CANDIDATES = 64  # situations compared with a claim, at most
AFTER = 2_000  # claims newer than a late one that are looked at, at most
CROWD = 64  # a key that more situations share tells nothing


State = tuple[str, int]  # a claim's event and offset: the offset changes where it comes after its withdrawal


class Filed(NamedTuple):
    """What a claim is filed under."""

    order: tuple
    keys: tuple[tuple, ...]


@dataclass(slots=True, eq=False)
class Held:
    """A situation in memory, with what is compared of it, and the keys under which each claim of it is filed."""

    situation: Situation
    profile: Profile
    filed: dict[State, Filed]
    times: Counter[tuple]  # how many claims are filed under a key

    @property
    def cumulative(self) -> bool:
        return self.situation.scope == "cumulative"


class Situations:
    """All live situations of the countries at hand. Only `put` and `drop` change it; rebuilt by `put` alone."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._filed: dict[Sort, dict[tuple, dict[str, None]]] = {}
        self._claims: dict[tuple[str, str], str] = {}  # by country and event
        self._reached: dict[str, int] = {}
        self._orders: dict[Sort, list[tuple]] = {}  # of all claims, sorted
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

    def holding(self, sort: Sort, event_id: str | None) -> list[Held]:
        """The one of this sort, if any, that holds the claim of this event."""
        held = self._held.get(self._claims.get((sort[0], event_id), ""))
        return [held] if held is not None and held.situation.sort == sort else []

    def reached(self, country: str) -> int:
        """The offset up to which the country's events have been worked in; -1 where there is none."""
        return self._reached.get(country, -1)

    def put(self, situation: Situation) -> None:
        """Hold a situation, in place of the older state of the same one."""
        self._reached[situation.country] = situation.offset
        held = self._held.get(situation.key)
        if held is None:
            held = self._held[situation.key] = Held(situation, NOTHING, {}, Counter())
            before = ()
        else:
            before = held.situation.claims
            self._leave_day(held.situation)
        held.situation = situation
        *earlier, last = situation.claims
        if before == tuple(earlier):  # mostly, a claim comes behind all others
            held.profile = grown(held.profile, last)
            self._file(held, last)
            self._name(situation, (last,))
        else:
            self._change(held, before)
        self._days.setdefault(situation.country, {}).setdefault(situation.last.toordinal(), {})[situation.key] = None

    def drop(self, key: str) -> None:
        """Let go of a situation; one that is not held is no error."""
        held = self._held.pop(key, None)
        if held is not None:
            for state in list(held.filed):
                self._unfile(held, state)
            self._unname(held.situation, held.situation.claims)
            self._leave_day(held.situation)

    def near(self, sort: Sort, claim: Claim) -> list[Held]:
        """Situations of one `Situation.sort` that the claim may be about, by any telling key; at most CANDIDATES."""
        index = self._filed.get(sort)
        if index is None:
            return []
        found: dict[str, None] = {}
        for key in probes(claim, sort[3] == "cumulative"):
            filed = index.get(key)
            if filed and len(filed) <= CROWD:
                found.update(filed)
        held = [self._held[key] for key in found]
        if len(held) > CANDIDATES:
            now = claim.time.timestamp()
            held.sort(key=lambda one: (abs(one.profile.latest - now), one.situation.id))
        return held[:CANDIDATES]

    def of_article(self, sort: Sort, article: str) -> Iterator[Held]:
        """Those of this sort that an article tells of."""
        return (self._held[key] for key in self._filed.get(sort, {}).get(("article", article), ()))

    def newest(self, sort: Sort) -> tuple:
        """The order of the newest claim of this sort; () where there is none."""
        orders = self._orders.get(sort)
        return orders[-1] if orders else ()

    def keys(self, sort: Sort, claim: Claim) -> tuple[tuple, ...]:
        """The keys under which the claim is filed, or would be."""
        for held in self.holding(sort, claim.event_id):
            if _state(claim) in held.filed:
                return held.filed[_state(claim)].keys
        return tuple(filings(claim, sort[3] == "cumulative"))

    def after(self, sort: Sort, order: tuple) -> list[tuple[Claim, Held]]:
        """The claims of this sort from this order on, at most AFTER, each with the situation that holds it."""
        orders = self._orders.get(sort, [])
        at = bisect_left(orders, order)
        found = []
        for *_, event_id in orders[at : at + AFTER]:
            held = self._held[self._claims[sort[0], event_id]]
            found.append((next(one for one in held.situation.claims if one.event_id == event_id), held))
        return found

    def aged(self, country: str, day: int) -> Iterator[Situation]:
        """Some of the country's situations that were last spoken of before this day (its ordinal), if there are any."""
        oldest = min(self._days.get(country, ()), default=day)
        keys = self._days[country][oldest] if oldest < day else ()
        return (self._held[key].situation for key in keys)

    def _file(self, held: Held, claim: Claim) -> None:
        sort = held.situation.sort
        filed = held.filed[_state(claim)] = Filed(claim.order, tuple(filings(claim, held.cumulative)))
        insort(self._orders.setdefault(sort, []), filed.order)
        index = self._filed.setdefault(sort, {})
        for key in filed.keys:
            held.times[key] += 1
            if held.times[key] == 1:
                index.setdefault(key, {})[held.situation.key] = None

    def _unfile(self, held: Held, state: State) -> None:
        sort, filed = held.situation.sort, held.filed.pop(state)
        orders, index = self._orders[sort], self._filed[sort]
        del orders[bisect_left(orders, filed.order)]
        for key in filed.keys:
            held.times[key] -= 1
            if held.times[key] == 0:
                del held.times[key]
                _remove(index, key, held.situation.key)
        if not orders:
            del self._orders[sort], self._filed[sort]

    def _change(self, held: Held, before: tuple[Claim, ...]) -> None:
        """Claims came, went or are in another state than `before`."""
        situation = held.situation
        now = {_state(claim): claim for claim in situation.claims}
        gone = [state for state in held.filed if state not in now]
        new = [claim for state, claim in now.items() if state not in held.filed]
        if new or gone:
            held.profile = profile(situation.claims)
        for state in gone:
            self._unfile(held, state)
        for claim in new:
            self._file(held, claim)
        self._unname(situation, before)
        self._name(situation, situation.claims)

    def _name(self, situation: Situation, claims: Iterable[Claim]) -> None:
        for name in _events(situation.country, claims):
            self._claims[name] = situation.key

    def _unname(self, situation: Situation, claims: Iterable[Claim]) -> None:
        for name in _events(situation.country, claims):
            if self._claims.get(name) == situation.key:
                del self._claims[name]

    def _leave_day(self, situation: Situation) -> None:
        """Forget the day on which the situation's old state was last spoken of."""
        days = self._days[situation.country]
        _remove(days, situation.last.toordinal(), situation.key)
        if not days:
            del self._days[situation.country]


def _state(claim: Claim) -> State:
    return claim.event_id, claim.offset


def _remove(lists: dict, name: Hashable, key: str) -> None:
    """Take a key off a list, and the list away when it was the last."""
    del lists[name][key]
    if not lists[name]:
        del lists[name]


def _events(country: str, claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    for claim in claims:
        for event_id in claim.events:
            yield country, event_id
