"""A situation: what is known of one toll of one event, as it is kept."""

from dataclasses import dataclass
from typing import Literal

from agents.alert.claims.claim import Claim
from agents.alert.situations.toll import Toll, toll
from streams.records import Country, Measure, Time, Unit, Values

CLAIMS, GIVEN = 40, 16  # kept of each in one record, which must stay under 64 kB

Sort = tuple[str, str, str, str]  # country, measure, unit, scope: only claims of one sort are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an alert said, and the event that gave it: where situations turn out to be one, it goes with its claim."""

    event_id: str
    says: Values


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
    given: tuple[Told, ...] = ()
    offset: int  # of the last event that changed it, in its partition's log

    @property
    def key(self) -> str:
        return self.id

    @property
    def sort(self) -> Sort:
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
