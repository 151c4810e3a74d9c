"""Which place a name means in an article.

A name alone says little (there are four Bethlehems in America). What decides is the country that
the article is about, the province named beside, what lies near, and what the text calls it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agents.enrich.mention import Mention
from agents.enrich.who import homes
from agents.gazetteer import Place, gazetteer
from agents.gazetteer.place import kilometres
from agents.gazetteer.spelling import key
from streams.records import Reading, Span

_KNOWN = 150_000  # people: a larger town is meant by its name even in an article about another country
_HEARD_CLEARLY = 4.2  # weight of a town known by sound that no other place has to confirm
_BACKED = 0.5  # what the article must say for the country of a small place, where it says more for another
_OUTLET = 0.5  # what the outlet's own country counts
_HOME = 0.9  # what a group's name says for the country that it is at home in
_OFF = 350.0  # kilometres that a town may lie "north of" another
_REGION, _AREA, _TOWN = 600.0, 300.0, 90.0  # … that the middle of a province, or a place, may be from what holds it
NEAR = 150.0  # kilometres within which two places of an article speak for each other
_NEAR_NORTH = NEAR / 111.2  # … in degrees of latitude


@dataclass(frozen=True, slots=True)
class Context:
    """What an article's names say for one another."""

    votes: dict[str, float]  # how much speaks for each country
    states: frozenset[str]  # countries that it names, or provinces of
    company: dict[Place, str]  # what its names mean, as far as is known, and how each is spelt


def vote(mentions: Sequence[Mention], sentences: Iterable[Span], reading: Reading) -> dict[str, float]:
    """Which countries the names speak for, each name once; a group's home and the outlet's a little."""
    votes: dict[str, float] = defaultdict(float)
    for name in {key(m.span.text): m for m in reversed(mentions)}.values():
        for country, weight in name.speaks_for.items():
            votes[country] += weight
    for country in {home for s in sentences for home in homes(s.text, reading.language)}:
        votes[country] += _HOME
    for place in gazetteer().candidates(reading.source or "")[:1]:
        if place.kind == "demonym":
            votes[place.country] += _OUTLET
    return dict(votes)


def plainly(votes: dict[str, float]) -> str | None:
    """The country that an article is about, where that is plain."""
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if ranked and ranked[0][1] >= _OUTLET and (len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]):
        return ranked[0][0]
    return None


def states(mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries that are named themselves, or by a province of theirs."""
    return frozenset(
        first.country
        for first, may_be in ((m.may_be[0][1], m.may_be[:4]) for m in mentions)
        if first.kind == "country" or any(p.kind == "admin1" and p.country == first.country for _, p in may_be)
    )


def speaks_for(mention: Mention) -> dict[str, float]:
    """How much a name says for each country that it may be of."""
    best, first = mention.may_be[0]
    if mention.aside:
        return {first.country: 0.3}
    if first.kind == "country":
        return {first.country: 3.0}
    if first.kind == "demonym":
        return {first.country: 1.5}
    likely = dict.fromkeys(place.country for weight, place in mention.may_be[:8] if weight > best - 2.0)
    sure = 2.0 if first.population >= 200_000 or first.kind == "admin1" else 1.2
    return dict.fromkeys(likely, (0.3 if mention.heard else sure) / len(likely) ** 1.5)


def choose(mention: Mention, article: Context) -> Place | None:
    """The place that the name means here; None where all places of the name are out of the question."""
    may_be = mention.may_be
    if len(may_be) == 1 and may_be[0][1].kind in ("country", "demonym"):
        return may_be[0][1]
    own, kind = mention.speaks_for, mention.beside.kind
    others = {country: said - own.get(country, 0.0) for country, said in article.votes.items()}
    most = max(others.values(), default=0.0)
    around = mention.inside.place if mention.inside else None
    best, chosen, backed = -1e9, None, 0.0
    for weight, place in may_be[:20]:
        said = others.get(place.country, 0.0)
        score = weight + 2.0 * min(said, 3.0) - (1.0 if most >= 2.0 and said <= 0 else 0.0)
        if kind is not None and place.kind != "country":
            score += 2.5 * (place.kind == kind) + 1.0 * (kind == "city" and place.kind in ("quarter", "camp", "site"))
        if around is not None and place.kind not in ("country", "demonym"):
            score += 4.0 if _lies_in(place, mention.inside) else -4.0
        if article.company and place.lat is not None:
            score += _accompanied(place, mention, article.company)
        if score > best:
            best, chosen, backed = score, place, said
    if chosen is None or chosen.kind in ("country", "demonym"):
        return chosen
    if around is not None and not _lies_in(chosen, mention.inside) and (mention.surely or chosen.population < _KNOWN):
        return None
    seat = any(p.kind == "admin1" and p.country == chosen.country for _, p in may_be)  # of its province
    small = chosen.population < _KNOWN and chosen.kind not in ("admin1", "region", "water")
    small = small and not (seat and mention.located)
    if mention.heard and backed <= 0.1 and (best < _HEARD_CLEARLY or most >= _HOME):
        return None
    if small and mention.located and not mention.heard and _only_there(chosen, mention, article):
        return chosen
    return None if small and backed < _BACKED and most >= _HOME else chosen


def _only_there(place: Place, mention: Mention, article: Context) -> bool:
    """Whether the name is of one country alone, and no other is named but by whose planes or troops they were."""
    return article.states <= {place.country} and {p.country for _, p in mention.may_be} == {place.country}


def _lies_in(place: Place, around: Mention) -> bool:
    """Whether a place lies in what a mention means, or in the province that has the same name."""
    if lies_in(place, around.place, around.near_by):
        return True
    country = around.place.country
    return any(p.kind == "admin1" and p.country == country and lies_in(place, p) for _, p in around.may_be)


def lies_in(place: Place, around: Place, off: bool = False) -> bool:
    """Whether a place can lie in another: in its country and province, or close by; `off`: "north of" it."""
    if place.country != around.country:
        return False
    if around.kind in ("country", "demonym"):
        return True
    if off and None not in (place.lat, around.lat):
        return kilometres(place, around) < _OFF
    if around.kind == "admin1" or place.lat is None or around.lat is None:
        return place.admin1 in (None, around.name, around.admin1)
    if around.kind in ("region", "water"):
        return kilometres(place, around) < (_REGION if place.kind == "admin1" else _AREA)
    return kilometres(place, around) < _TOWN


def _accompanied(place: Place, mention: Mention, company: dict[Place, str]) -> float:
    """What the other places of the article say for this one: the province named, and what lies near."""
    inside = near = 0.0
    for there, spelt in company.items():
        if spelt == mention.span.text or there == place:
            continue
        if there.kind == "admin1":
            if there.name == place.admin1 and there.country == place.country:
                inside = 2.5
        elif not near and there.kind != "region" and abs(there.lat - place.lat) < _NEAR_NORTH:
            near = 1.5 if kilometres(place, there) < NEAR else 0.0
    return inside + near
