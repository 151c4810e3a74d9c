"""One article version's figures in, events out: the contract of the enrich agent.

A pure function of the reading, where it stands in its partition's log, and what is remembered of
the article. Nothing is raised for odd readings.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from agents.enrich.articles import ARTICLE_DAYS
from agents.enrich.events import events_of
from agents.enrich.revisions import (
    EARLIER,
    Applied,
    ArticleRecord,
    compare,
    earlier,
    order,
    slim,
    voiced,
    within_bounds,
)
from agents.enrich.telling import rank
from agents.outcome import REPLAYABLE, Outcome
from streams.records import Event, Reading

DUPLICATE, OLDER, UNCHANGED, TOO_MANY = "duplicate", "older version", "unchanged", "too many figures"


def step(
    reading: Reading, offset: int, known: ArticleRecord | None, before: Applied | None = None, days: int = ARTICLE_DAYS
) -> Outcome:
    """The events that this version adds to the stream: first what it asserts, then what it withdraws.

    So a correction is heard before the old figure goes; assertions come in the order of `telling`.

    `offset` is the reading's position in its partition's log, `before` what is kept under this offset, if
    anything is. A reading seen again at the same offset gives the same events again (it was not
    acknowledged); at another offset it is a duplicate and gives none. A version more than `days` after the one that is known is taken for the
    first: it asserts all that it says, and withdraws nothing.
    """
    if known is not None:
        for applied in filter(None, (known.last, before)):
            if (applied.offset, applied.version, applied.content) == (offset, reading.version, reading.content):
                return Outcome(records=_again(applied, reading))
        if reading.versionCreated - known.versionCreated > timedelta(days=days):
            known = replace(known, asserted=())
        elif (reading.version, reading.content) == (known.version, known.content):
            return Outcome(silenced=(DUPLICATE,))
        elif order(reading.versionCreated, reading.version) < order(known.versionCreated, known.version):
            return Outcome(silenced=(OLDER,))
        elif reading.content == known.content:
            noted = replace(known, version=reading.version, versionCreated=reading.versionCreated)
            return Outcome(remember=(noted,), silenced=(UNCHANGED,))
    now = events_of(reading) if reading.pubStatus == "usable" else ()
    room = within_bounds(now)
    change = compare(known.asserted if known else (), now[:room], reading)
    given = _telling(change.asserted) + tuple(voiced(e, reading) for e in change.withdrawn)
    applied = Applied(
        uri=reading.uri, offset=offset, version=reading.version, content=reading.content, withdrawn=change.withdrawn,
        asserted=tuple(e.event_id for e in change.asserted),
        corrects={e.event_id: e.corrects for e in change.asserted if e.corrects},
    )  # fmt: skip
    last, offsets, aside, old = _kept(known, applied if given else None, offset)
    record = ArticleRecord(
        uri=reading.uri, version=reading.version, versionCreated=reading.versionCreated, content=reading.content,
        asserted=change.kept + tuple(map(slim, change.asserted)), last=last, earlier=offsets,
    )  # fmt: skip
    too_many = (TOO_MANY,) * (len(now) > room)
    return Outcome(records=given, remember=(*aside, record), forget=old, silenced=too_many)


def _kept(known: ArticleRecord | None, applied: Applied | None, offset: int) -> tuple:
    """What the record keeps of its inputs' answers: the last, the earlier ones' offsets; what is put aside; what may go."""
    if known is None:
        return applied, (), (), ()
    aside = (known.last,) if applied and known.last and offset - known.last.offset <= REPLAYABLE else ()
    offsets = (*known.earlier, *(one.offset for one in aside))
    stay = tuple(one for one in offsets if offset - one <= REPLAYABLE)[-EARLIER:]
    old = tuple(earlier(known.uri, one) for one in offsets[: len(offsets) - len(stay)])
    return applied or known.last, stay, aside, old


def _again(applied: Applied, reading: Reading) -> tuple[Event, ...]:
    """What an input gave when it was first seen."""
    asserted = set(applied.asserted)
    again = (e for e in events_of(reading) if e.event_id in asserted)
    told = _telling(replace(e, corrects=applied.corrects.get(e.event_id)) for e in again)
    return told + tuple(voiced(e, reading) for e in applied.withdrawn)


def _telling(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda e: rank(e.low, e.high, e.evidence.start)))
