"""The scene: the one place that an article tells of.

A reader takes it as the place of every figure that does not say otherwise in its own clause. A
neighbour across the border, the town where a minister spoke, the one that the dead came from are
named too; they weigh less than the place that the opening names and that figures stand beside.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from agents.enrich.mention import Mention
from agents.gazetteer import Place
from streams.records import Figure

TOLD = ("incident", "subtotal")  # scopes of figures that are of what the article tells
FINE = ("city", "quarter", "camp", "site", "admin2")
OPENING = 500.0  # characters over which being named early counts less and less
AGAIN, MOST_AGAIN = 0.3, 5  # each time a place is named; so often at most
SAYS = {"demonym": 0.4, "country": 0.5}  # countries are named for many reasons
LOOSELY = 0.6  # what a name counts that no word of place announces
MANY = 3  # countries of an article's figures: more of them, and it is a digest without a scene
CLEARLY = 1.4  # the scene outweighs every other place so many times
CITY = 0.15  # degrees from the middle of a city to its quarters
CLAUSE, AHEAD = 90, 140  # characters from a figure to its own place behind it, or before it
_NAME = attrgetter("name")
_STOPS = re.compile('[,;:،؛.()«»"“”]')


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the article's figures are from. Both may be unknown."""

    country: str | None
    mention: Mention | None  # a town or district that clearly is the scene
    spread: bool = False  # figures are told for several provinces: what is of the country is of all of it


NOWHERE = Scene(None, None)


def scene(mentions: Iterable[Mention], stated: Iterable[tuple[Figure, Mention]]) -> Scene:
    """What the mentions of an article and the places stated with its figures point to."""
    named: dict[Place, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.place is not None and not mention.aside and mention.place.country != "ZZ":
            named[mention.place].append(mention)
    weights = {place: _weight(found) for place, found in named.items()}
    stated = list(stated)
    if len({m.place.country for _, m in stated if m.place is not None and not m.aside}) > MANY:
        return NOWHERE
    for figure, mention in stated:
        if figure.scope in TOLD and mention.place in weights and not mention.aside:
            weights[mention.place] += 2.0 if attached(figure, mention) and not mention.dateline else 0.7
    countries: dict[str, float] = defaultdict(float)
    for place, weight in weights.items():
        countries[place.country] += weight * SAYS.get(place.kind, 1.0)
    country = _clearly(countries, str) if any(place.kind != "demonym" for place in weights) else None
    fine = {place: w for place, w in weights.items() if place.country == country and place.kind in FINE}
    place = _clearly(_merged(fine), _NAME)
    provinces = {m.place.admin1 for f, m in stated if f.scope in TOLD and m.place and m.place.country == country}
    return Scene(country, named[place][0] if place is not None else None, len(provinces - {None}) > 1)


def attached(figure: Figure, mention: Mention) -> bool:
    """Whether the figure's own clause says that it was there: "five died in X", "in X, five died"."""
    sentence, place = figure.sentence, mention.span
    if not mention.located or not (sentence.start <= place.start and place.end <= sentence.end):
        return False
    if place.start >= figure.evidence.end:
        between = sentence.text[figure.evidence.end - sentence.start : place.start - sentence.start]
        return len(between) <= CLAUSE and not _STOPS.search(between)
    return figure.evidence.start - place.end <= AHEAD


def _weight(found: list[Mention]) -> float:
    """How much its mentions, in the order of the text, say for a place."""
    weight = AGAIN * min(len(found), MOST_AGAIN) + max(0.0, 1.0 - found[0].span.start / OPENING)
    if True not in [m.located for m in found]:
        weight *= LOOSELY
    return weight if False in [m.near_by or m.heard for m in found] else weight / 2


def _merged(fine: dict[Place, float]) -> dict[Place, float]:
    """A district and the town that it is named for are one; a quarter counts for its city."""
    merged: dict[Place, float] = defaultdict(float)
    for place, weight in fine.items():
        cities = [p for p in fine if p.kind == "city" and p.population > place.population]
        near = [p for p in cities if place.kind != "city" and (p.name == place.name or _within_it(place, p))]
        merged[max(near, key=lambda p: p.population) if near else place] += weight
    return merged


def _within_it(quarter: Place, city: Place) -> bool:
    return abs(quarter.lat - city.lat) < CITY and abs(quarter.lon - city.lon) < CITY


def _clearly(weights: dict, called: Callable[..., str]) -> Place | str | None:
    """The heaviest, where no other comes near."""
    if len(weights) < 2:
        return next(iter(weights), None)
    first, second = sorted(weights, key=lambda one: (-weights[one], called(one)))[:2]
    return first if weights[first] >= CLEARLY * weights[second] else None
