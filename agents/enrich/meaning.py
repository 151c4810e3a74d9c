"""Which place a name means in an article.

A name alone says little (there are four Bethlehems in America). What decides is the country that
the article is about, the province named beside, what lies near, and what the text calls it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from agents.enrich.mention import TOWN, Mention, name
from agents.enrich.who import active, homes
from agents.gazetteer import Place
from agents.gazetteer.place import kilometres
from agents.gazetteer.scope import FOCUS
from agents.gazetteer.spelling import key

_KNOWN = 150_000  # people: a larger town is meant by its name even in an article about another country
_OTHER_NAME = 300_000  # … by a name that is not the one it goes by
_VILLAGE = 100_000  # … one so large is no village
_HEARD_CLEARLY = 4.2  # weight of a town known by sound that no other place has to confirm
_BACKED = 0.5  # what the article must say for the country of a small place, where it says more for another
_OUTLET = 0.5  # what the outlet's own country counts
_HOME = 0.9  # what a group's name says for the country that it is at home in
_REGION, _AREA, _TOWN = 600.0, 400.0, 90.0  # … that the middle of a province, or a place, may be from what holds it
_GATES = 30.0  # … that what lies around a city may be from the middle of the province that is the city's
_VOTED, _CALLED, _HELD = 6.0, 2.5, 4.0  # what its country, what it is called, and what holds it say for a place at most
_INSIDE, _NEAR_BY = 2.5, 1.5  # what the name of its province, and of a place close by, say for a place
NEAR = 150.0  # kilometres within which two places of an article speak for each other
_NEAR_NORTH = NEAR / 111.2  # … in degrees of latitude


@dataclass(frozen=True)
class Context:
    """What an article's names say for one another."""

    votes: dict[str, float]  # how much speaks for each country
    states: frozenset[str]  # countries that it names, or provinces of
    towns: frozenset[str]  # countries of towns that have no namesake elsewhere
    groups: Callable[[], frozenset[str]]  # that it names, looked for when it is asked
    company: dict[Place, str]  # what its names mean, as far as is known, and how each is spelt

    @cached_property
    def _ranked(self) -> list[tuple[float, str]]:
        return sorted(((said, country) for country, said in self.votes.items()), reverse=True)

    def most(self, own: dict[str, float]) -> float:
        """How much is said for the country that most is said for, without what one name says itself."""
        most = -1e9 if self._ranked else 0.0
        for said, country in self._ranked:
            if said <= most:
                break
            most = max(most, said - own.get(country, 0.0))
        return most


def vote(mentions: Sequence[Mention], named: Callable[[], frozenset[str]], outlet: str | None) -> dict[str, float]:
    """Which countries the names speak for, each name once, and the outlet's a little.

    Where the places say little, so do the groups that are named, for where they are at home.
    """
    votes: dict[str, float] = defaultdict(float)
    for mention in {m.name.key: m for m in reversed(mentions)}.values():
        for country, weight in mention.speaks_for.items():
            votes[country] += weight
    if plainly(votes) is None:
        for country in homes(named()):
            votes[country] += _HOME
    known = name(outlet or "").may_be
    if known and known[0][1].kind == "demonym":
        votes[known[0][1].country] += _OUTLET
    return dict(votes)


def plainly(votes: dict[str, float]) -> str | None:
    """The country that an article is about, where that is plain."""
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if ranked and ranked[0][1] >= _OUTLET and (len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]):
        return ranked[0][0]
    return None


def states(mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries that are named themselves, or by a province of theirs."""
    return frozenset(m.name.first.country for m in mentions if m.name.states)


def towns(mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries of towns that have no namesake elsewhere."""
    return frozenset(m.name.first.country for m in mentions if m.name.alone)


def choose(mention: Mention, article: Context) -> Place | None:
    """The place that the name means here; None where all places of the name are out of the question."""
    meant, may_be = mention.name, mention.name.may_be
    if len(may_be) == 1 and meant.whose:
        return meant.first
    own, votes, kind = mention.speaks_for, article.votes, mention.beside.kind
    village, kind = kind == "village", "city" if kind == "village" else kind
    most = article.most(own)
    unheard = -1.0 if most >= 2.0 else 0.0  # for a country that nothing else speaks for
    around, company = mention.inside.place if mention.inside else None, article.company
    more = _VOTED + (_CALLED if kind else 0.0) + (_HELD if around else 0.0) + (_INSIDE + _NEAR_BY if company else 0.0)
    best, chosen, backed = -1e9, None, 0.0
    for weight, place in may_be:
        if weight + more <= best:
            break  # whatever the article says for it, and for those that come
        country = place.country
        said = votes.get(country, 0.0) - own.get(country, 0.0)
        score = weight + (2.0 * said if said < 3.0 else _VOTED) + (unheard if said <= 0 else 0.0)
        if kind is not None and place.kind != "country":
            part = kind == "city" and place.kind in ("quarter", "camp", "site")
            score += _CALLED * (place.kind == kind) + 1.0 * part
            score -= 5.0 * (village and place.population > _VILLAGE)
        if around is not None and place.kind not in ("country", "demonym"):
            score += _HELD if _lies_in(place, mention.inside, mention.off) else -_HELD
        if company and place.lat is not None and score + _INSIDE + _NEAR_BY > best:
            score += _accompanied(place, mention, company)
        if score > best:
            best, chosen, backed = score, place, said
    if chosen is None or chosen.kind in ("country", "demonym"):
        return chosen
    if around is not None and not _lies_in(chosen, mention.inside, mention.off) and not _listed(chosen, mention):
        return None
    if village and chosen.population > _VILLAGE and backed < _BACKED <= most:
        return None
    seat = any(p.country == chosen.country for p in meant.provinces)  # of its province
    as_called = chosen.kind == "admin1" or key(chosen.name) == meant.key
    small = chosen.population < (_KNOWN if as_called else _OTHER_NAME) and chosen.kind not in ("region", "water")
    small = small and not (chosen.kind == "admin1" and chosen.country in FOCUS)
    small = small and not (seat and mention.located)
    if meant.heard and backed <= 0.1 and (best < _HEARD_CLEARLY or most >= _HOME):
        return None
    if small and backed < _BACKED and (where := active(article.groups())) and chosen.country not in where:
        return next((place for _, place in may_be if place.country in where), None)
    if small and mention.located and not meant.heard and _only_there(chosen, mention, article):
        return chosen
    return None if small and backed < _BACKED and most >= _HOME else chosen


def _only_there(place: Place, mention: Mention, article: Context) -> bool:
    """Whether the name is of one country alone, and no other is named but by whose planes or troops they were.

    A village's name is met by chance: for one, a town of another country is enough to doubt it.
    """
    there = mention.name.countries
    sure = article.towns <= there or place.by_hand or place.population >= TOWN
    return sure and there == {place.country} and article.states <= there


def _listed(place: Place, mention: Mention) -> bool:
    """Whether the name behind the comma is only the next of a list: "in Zintan, Zawiya and Misrata" names no town in another."""
    if mention.surely:
        return False
    around = mention.inside.place
    provinces = around.kind == "admin1" and any(p.country == around.country for p in mention.name.provinces)
    town = around.kind == "city" and (place.population >= TOWN or place.by_hand)
    return place.population >= _KNOWN or provinces or town


def _lies_in(place: Place, around: Mention, off: float) -> bool:
    """Whether a place lies in what a mention means, or in the province that has the same name."""
    if lies_in(place, around.place, off):
        return True
    country = around.place.country
    return any(p.country == country and lies_in(place, p) for p in around.name.provinces)


def lies_in(place: Place, around: Place, off: float = 0.0) -> bool:
    """Whether a place can lie in another: in its country and province, or close by; `off`: up to so many kilometres from it."""
    if place.country != around.country:
        return False
    if around.kind in ("country", "demonym"):
        return True
    if off and None not in (place.lat, around.lat):
        return kilometres(place, around) < off + (_AREA if around.kind in ("admin1", "region", "water") else 0.0)
    if around.kind == "admin1" or place.lat is None or around.lat is None:
        return place.admin1 in (None, around.name, around.admin1) or _at_its_gates(place, around)
    if around.kind in ("region", "water"):
        return kilometres(place, around) < (_REGION if place.kind == "admin1" else _AREA)
    return kilometres(place, around) < _TOWN


def _at_its_gates(place: Place, around: Place) -> bool:
    """Whether a place lies so close to the middle of a province that it counts to it: "Douma, in Damascus province"."""
    return None not in (place.lat, around.lat) and kilometres(place, around) < _GATES


def _accompanied(place: Place, mention: Mention, company: dict[Place, str]) -> float:
    """What the other places of the article say for this one: the province named, and what lies near."""
    inside = near = 0.0
    said, admin1, country, lat = mention.span.text, place.admin1, place.country, place.lat
    for there, spelt in company.items():
        if spelt == said:
            continue
        if there.kind == "admin1":
            if there.name == admin1 and there.country == country and there != place:
                inside = _INSIDE
        elif not near and there.kind != "region" and abs(there.lat - lat) < _NEAR_NORTH and there != place:
            near = _NEAR_BY if kilometres(place, there) < NEAR else 0.0
    return inside + near
