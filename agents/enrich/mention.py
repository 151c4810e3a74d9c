"""A place name in an article: what its spelling can mean anywhere, and what the words beside it say here."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from agents.enrich.away import Away
from agents.gazetteer import Place, gazetteer
from agents.gazetteer.kinds import NOTHING, Beside
from agents.gazetteer.scope import FOCUS
from agents.gazetteer.spelling import key
from streams.records import Span

MOST_MEANINGS, MOST_HEARD = 20, 10  # places of one name that are weighed
_LIKELY = 2.0  # weight that the likeliest place of a name is ahead of those that count as little likely
# What a name says for a country: its own, its people's, a large town's, a town's, one's where news of harm seldom comes from …
_COUNTRY, _PEOPLE, _LARGE, _SURE, _FAR = 3.0, 1.5, 2.0, 1.2, 0.6
# … one known by its sound, a dateline's, that of people who are abroad, one that is named for another reason
_HEARD, _DATELINE, _ABROAD, _ASIDE = 0.3, 0.9, 0.6, 0.3
_LARGE_FROM, TOWN = 200_000, 20_000  # people


class Name:
    """What a spelling can mean, wherever it stands."""

    def __init__(self, spelt: str) -> None:
        known = gazetteer().weighed(spelt)
        self.key = key(spelt)
        self.heard = not known  # found by its sound only
        found = known or gazetteer().alike(spelt)[:MOST_HEARD]
        self.may_be = found[:MOST_MEANINGS]  # the likeliest by the name alone first
        self.countries = {place.country for _, place in found}
        self.provinces = tuple(place for _, place in found if place.kind == "admin1")

    @property
    def first(self) -> Place:
        """The likeliest place by the name alone. Only for a name that may be one."""
        return self.may_be[0][1]

    @cached_property
    def named(self) -> str:
        """Whether it is the name of a place, of a country, or of its people."""
        return {"country": "country", "demonym": "people"}.get(self.first.kind, "place")

    @cached_property
    def whose(self) -> bool:
        """Whether it is a country's or its people's name."""
        return self.first.kind in ("country", "demonym")

    @cached_property
    def speaks_for(self) -> dict[str, float]:
        """How much the name says for each country that it may be of."""
        best, first = self.may_be[0]
        if self.whose:
            return {first.country: _COUNTRY if first.kind == "country" else _PEOPLE}
        likely = dict.fromkeys(place.country for weight, place in self.may_be[:8] if weight > best - _LIKELY)
        sure = _LARGE if first.population >= _LARGE_FROM or first.kind == "admin1" else _SURE
        if sure == _SURE and first.country not in FOCUS:
            sure = _FAR
        return dict.fromkeys(likely, (_HEARD if self.heard else sure) / len(likely) ** 1.5)

    @cached_property
    def states(self) -> bool:
        """Whether it names a country, or a province of the country that it is likeliest of."""
        first = self.first
        if first.kind in ("country", "demonym"):
            return first.kind == "country"
        return any(place.kind == "admin1" and place.country == first.country for _, place in self.may_be[:4])

    @cached_property
    def alone(self) -> bool:
        """Whether it names a town, of one country only."""
        return len(self.countries) == 1 and not self.heard and not self.whose and self.first.population >= TOWN


@lru_cache(maxsize=16384)
def name(spelt: str) -> Name:
    """The name of that spelling; it `may_be` nothing."""
    return Name(spelt)


@dataclass(slots=True)
class Mention:
    """A name in the article."""

    span: Span
    name: Name
    sentence: Span | None = None  # that it stands in, where the reading carries it
    beside: Beside = NOTHING
    located: bool = False  # the words before say that something happened there; or it is the dateline
    dateline: bool = False
    away: Away | None = None  # how far from the place something happened, where the words before say so
    inside: "Mention | None" = None  # what the text says it lies in: "Taji, north of Baghdad"
    surely: bool = False  # … said in words, not with a comma only
    off: float = 0.0  # … or up to so many kilometres from: "north of"
    place: Place | None = None  # what it means here; None where nothing of that name can be meant

    @property
    def heard(self) -> bool:
        """Whether the name is known by its sound only."""
        return self.name.heard

    @property
    def near_by(self) -> bool:
        """Whether something happened by the place, not in it."""
        return self.beside.near_by

    @property
    def aside(self) -> bool:
        """Whether it is named for another reason than that something happened there."""
        return self.beside.aside or self.beside.as_neighbour

    @property
    def speaks_for(self) -> dict[str, float]:
        """How much it says for each country; whose something is it says of an outlet's name too."""
        first = self.name.first
        beside = self.beside
        if beside.as_neighbour or (beside.aside and first.kind != "demonym"):
            return {first.country: _ASIDE}
        if beside.abroad:
            return {first.country: _ABROAD}
        return {first.country: _DATELINE} if self.dateline else self.name.speaks_for
