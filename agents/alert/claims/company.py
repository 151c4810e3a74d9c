"""What its article counts beside a figure: the same people hurt in other ways, parts of them, or other incidents."""

from itertools import islice

from streams.records import Event, Measure

COMPANY = 4  # other numbers of its article that are kept, at most


def company(event: Event) -> tuple[tuple[Measure, int], ...]:
    """What its article counts beside it: the people of its news who were hurt in other ways."""
    found = ((one.measure, one.count) for one in event.counted if one.scope == "incident" and one.unit == "person")
    return tuple(islice((one for one in found if one[0] != event.measure), COMPANY))


def parts(event: Event) -> tuple[int, ...]:
    """The numbers that its article adds up to it: each of another incident, or of other people."""
    found = tuple(one.count for one in event.counted if one.scope == "subtotal" and one.measure == event.measure)
    return found if len(found) > 1 and sum(found) == event.low else ()


def beyond(event: Event) -> tuple[int, ...]:
    """What its article counts of another incident: more, and further down. News of one begin with the most."""
    found = (
        one.count for one in event.counted
        if one.scope == "incident" and one.measure == event.measure and one.at > event.evidence.start
    )  # fmt: skip
    return tuple(count for count in found if event.low is not None and count > event.low)


def beside_incident(event: Event) -> bool:
    """Does its article count as many hurt in the same way, or fewer, in one incident?"""
    return any(one.scope == "incident" and one.measure == event.measure for one in event.counted)
