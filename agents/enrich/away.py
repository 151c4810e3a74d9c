"""So far from a place, in a direction: "120 km (75 miles) north-west of Baghdad", «على بعد 50 كيلومترا جنوب صنعاء»."""

import re
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from agents.gazetteer.kinds import compass
from agents.gazetteer.spelling import spelt

_MILE, _DEGREE = 1.609, 111.2  # kilometres
_FARTHEST = 500.0
_STATED = re.compile(
    r"(\d[\d.,]*)[ -]?(?:(km|kms|kilomet(?:re|er)s?|كم|كلم|كيلومتر(?:ات|اً|ا)?)|mi|miles?|ميلا?|أميال)\b(?: ?\([^()]{1,20}\))?"
    r" (?:(?:away )?to the |إلى ال|الى ال)?([^\W\d_][\w -]{2,24})$"
)
_SIDES = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


@dataclass(frozen=True, slots=True)
class Away:
    """How far, and in which direction: clockwise from north."""

    kilometres: float
    bearing: float  # degrees

    @property
    def side(self) -> str:
        """The direction in English, to an eighth of the compass."""
        return _SIDES[round(self.bearing / 45) % 8]

    def from_there(self, lat: float, lon: float) -> tuple[float, float]:
        """The point that lies so from a point; degrees."""
        north, east = (self.kilometres / _DEGREE * turn(radians(self.bearing)) for turn in (cos, sin))
        return round(lat + north, 4), round(lon + east / max(0.1, cos(radians(lat))), 4)


def away(before: str) -> Away | None:
    """What the words right before a place's name say of how far off something was; None where they say not both.

    >>> [away(said) for said in ("about 120 kilometres (75 miles) south-west of ", "على بعد 50 كيلومترا شمال ")]
    [Away(kilometres=120.0, bearing=225.0), Away(kilometres=50.0, bearing=0.0)]
    >>> away("30 miles to the east of the city of ").side, away("على بعد 60 كلم إلى الغرب من ").side
    ('east', 'west')
    >>> away("120 km from "), away("north of "), away("killed 20 north of ")
    (None, None, None)
    """
    stated = _STATED.search(before.rstrip())
    if stated is None:
        return None
    number, metric, said = stated.groups()
    try:
        kilometres = float(number.strip(".,").replace(",", "")) * (1 if metric else _MILE)
    except ValueError:
        return None
    turns = [radians(compass()[word]) for word in spelt(said) if word in compass()]
    north, east = sum(map(cos, turns)), sum(map(sin, turns))
    if not turns or hypot(north, east) < 0.5 or kilometres > _FARTHEST:
        return None
    return Away(kilometres, round(degrees(atan2(east, north)), 1) % 360)
