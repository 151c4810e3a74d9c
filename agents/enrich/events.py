"""A reading's figures as events: placed in the world, not yet compared with what the article said before."""

from collections import Counter
from dataclasses import fields
from itertools import islice
from operator import attrgetter

from agents.enrich.counting import category, interval
from agents.enrich.households import persons
from agents.enrich.places import whereabouts
from agents.enrich.speaker import speaker
from agents.enrich.when import windows
from agents.enrich.who import who
from streams.ids import digest
from streams.records import Counted, Event, Figure, Reading

MOST_COUNTED = 8  # numbers of its article that an event carries
_FIGURE = tuple(f.name for f in fields(Figure))
_values = attrgetter(*_FIGURE)


def events_of(reading: Reading) -> tuple[Event, ...]:
    """One asserted event a figure, in order. A pure function of the reading; ids are deterministic."""
    if not reading.figures:
        return ()
    seen, found, numbers = Counter(), [], _counted(reading)
    times = windows(reading.figures, reading.versionCreated, reading.language)
    for figure, (country, location), time in zip(reading.figures, whereabouts(reading), times, strict=True):
        claimed = interval(figure, reading.language)
        identity = _identity(figure)
        seen[identity] += 1
        found.append(
            Event(
                **dict(zip(_FIGURE, _values(figure), strict=True)),
                event_id=digest(reading.uri, reading.version, reading.content, *identity, seen[identity]),
                action="asserted",
                uri=reading.uri,
                version=reading.version,
                versionCreated=reading.versionCreated,
                language=reading.language,
                source=reading.source,
                link=reading.link,
                headline=reading.headline,
                fingerprint=reading.fingerprint,
                country=country,
                location=location,
                actor=who(figure, reading.language),
                window=time,
                speaker=speaker(figure, reading.language),
                persons=persons(figure, country, claimed),
                interval=claimed,
                counted=numbers,
                category=category(figure, reading.language),
            )
        )
    return tuple(found)


def _counted(reading: Reading) -> tuple[Counted, ...]:
    """What the article counts of its own news."""
    stated = ((figure, figure.high if figure.low is None else figure.low) for figure in reading.figures)
    numbers = (
        Counted(measure=one.measure, count=count, unit=one.unit, scope=one.scope, at=one.evidence.start)
        for one, count in stated if count is not None and not one.implicit and one.scope != "background"
    )  # fmt: skip
    return tuple(islice(numbers, MOST_COUNTED))


def _identity(figure: Figure) -> tuple:
    return (
        figure.measure, figure.unit, figure.low, figure.high, figure.magnitude, figure.scope,
        figure.evidence.start, figure.evidence.end,
        figure.number and figure.number.start, figure.victims and figure.victims.start,
    )  # fmt: skip
