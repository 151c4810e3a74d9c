"""Where two claims lie: the same place, near each other, one within the other, or apart."""

from difflib import SequenceMatcher
from functools import lru_cache
from math import cos, hypot, radians

from streams.records import Location

NEAR = 25.0  # km between towns that reports of one event confuse
AROUND = {1: 25.0, 2: 25.0, 3: 45.0, 4: 150.0, 5: 200.0}  # km around a point that a place of UCDP precision may mean
FAR = 0.5  # degrees of latitude: more than any spot reaches
SAME, CLOSE, WITHIN, NAMESAKE, ANYWHERE = 3.0, 1.2, 1.0, 0.5, 0.0  # how much each speaks for one event
ONE_NAME = 0.85  # share of letters that two spellings of a name have in common
COARSE = 4  # UCDP precision from which a place is an area, not a spot


def coarse(place: Location | None) -> bool:
    """Is it an area, a whole country or nowhere?"""
    return place is None or place.precision >= COARSE or place.lat is None


def kilometres(one: Location, other: Location) -> float:
    """Distance on a flat Earth: good to a few per cent over the distances that matter here.

    >>> town = Location(name="a", country="ZZ", lat=36.9, lon=38.4, precision=1)
    >>> round(kilometres(town, Location(name="b", country="ZZ", lat=37.2, lon=38.8, precision=1)))
    49
    """
    east = (one.lon - other.lon + 180) % 360 - 180
    return 111.2 * hypot(one.lat - other.lat, east * cos(radians((one.lat + other.lat) / 2)))


def nearness(one: Location | None, other: Location | None) -> float | None:
    """How much two places of one country speak for one event; None where they exclude it."""
    if one is None or other is None:
        return ANYWHERE
    if (one.geonames_id is not None and one.geonames_id == other.geonames_id) or one.name == other.name:
        return SAME if one.precision < COARSE else WITHIN
    if one.lat is None or other.lat is None:
        return ANYWHERE
    if not coarse(one) and not coarse(other):
        reach = max(one.precision, other.precision)
        if abs(one.lat - other.lat) <= FAR and kilometres(one, other) <= max(NEAR, AROUND[reach]):
            return CLOSE
        return NAMESAKE if _namesake(one, other) or _namesake(other, one) else None
    if one.admin1 and other.admin1 and max(one.precision, other.precision) == COARSE:
        return WITHIN if one.admin1 == other.admin1 else None
    return WITHIN if kilometres(one, other) <= AROUND.get(max(one.precision, other.precision), 0) else None


def _namesake(town: Location, other: Location) -> bool:
    """Is the town called like its province, so that its name may have meant the province, where the other lies?"""
    return town.admin1 is not None and town.admin1 == other.admin1 and called_alike(town.name, town.admin1)


@lru_cache(1 << 12)
def called_alike(town: str, province: str) -> bool:
    """Have they one name, as far as spelling goes?

    >>> called_alike("Sanliurfa", "Sanlurfa"), called_alike("Suruc", "Sanlurfa")
    (True, False)
    """
    return town == province or SequenceMatcher(None, town, province).ratio() >= ONE_NAME
