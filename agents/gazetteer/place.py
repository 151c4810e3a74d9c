"""A place as the gazetteer knows it."""

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Literal, get_args

Kind = Literal[
    "country", "admin1", "admin2", "city", "quarter", "camp", "region", "water", "border", "site", "demonym"
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)

# UCDP where_prec: 1 the spot itself, 3 second-order division, 4 first-order division, 5 a line or an
# area without sharp edges, 6 only the country.
PRECISION = {
    "country": 6, "admin1": 4, "admin2": 3, "city": 1, "quarter": 1, "camp": 1,
    "region": 5, "water": 5, "border": 5, "site": 1, "demonym": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place in the world. Degrees are WGS 84; a country and a demonym have no coordinates."""

    name: str  # English
    geonames_id: int | None
    country: str  # ISO 3166, two letters; ZZ for what lies in several
    admin1: str | None  # English name of the first-order division
    lat: float | None
    lon: float | None
    population: int  # 0 where unknown
    kind: Kind
    by_hand: bool = False  # its coordinates are ours, good to about 5 km

    def __hash__(self) -> int:
        return self.geonames_id or hash(self.name)

    @property
    def precision(self) -> int:
        """UCDP where_prec, as far as the kind of place and its coordinates allow."""
        return max(PRECISION[self.kind], 2 if self.by_hand else 1)


def kilometres(one: Place, other: Place) -> float:
    """Distance of two places that have coordinates; good enough within a country."""
    north = (one.lat - other.lat) * 111.2
    east = ((one.lon - other.lon + 180) % 360 - 180) * 111.2 * cos(radians((one.lat + other.lat) / 2))
    return hypot(north, east)
