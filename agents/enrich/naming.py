"""Whether two events of one article are about the same people in the same place."""

from agents.gazetteer.place import kilometres
from agents.gazetteer.spelling import key
from streams.records import Event

_EXACT = 2  # UCDP where_prec, up to which coordinates are those of a town
_APART = 25.0  # kilometres from one town to another


def same_people(one: Event, other: Event) -> bool:
    """The same kind and group, or one of the two does not say."""
    kinds = {one.actor.kind, other.actor.kind} - {"unknown"}
    groups = {one.actor.group, other.actor.group} - {None}
    return len(kinds) < 2 and len(groups) < 2


def same_place(one: Event, other: Event) -> bool:
    """The same place, or one of the two names none."""
    if one.place is None or other.place is None:
        return True
    if key(one.place.text) == key(other.place.text):
        return True
    places = {event.location.geonames_id for event in (one, other) if event.location is not None}
    return len(places) == 1 and None not in places


def elsewhere(one: Event, other: Event) -> bool:
    """Whether they are told of two towns: an article that moves its figure to another town has changed it."""
    places = [
        e.location for e in (one, other) if e.location and e.location.lat is not None and e.location.precision <= _EXACT
    ]
    return len(places) == 2 and kilometres(*places) > _APART
