"""What an article says now, against what it said before: figures withdrawn, corrected, asserted.

Pure functions over one small record an article, which also remembers what the last input gave: an input
seen again after a crash gives the same again. What those before it gave has records of its own, for as long
as it may be read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

import orjson

from agents.enrich.naming import elsewhere, same_people, same_place
from streams.ids import digest
from streams.records import Event, Reading, Text, Time

MOST_ASSERTED = 26_000  # bytes of them, and as much again may be withdrawn in one step: a record stays under 64 kB
EARLIER = 500  # inputs before the last whose answers are kept, at most
LARGEST_EVENT = 3_000  # bytes of a slim event, at most
LONGEST_SPAN = 80

_UNKEPT = {
    "when": None,
    "attribution": None,
    "headline": None,
    "fingerprint": "",
    "source": None,
    "link": None,
    "counted": (),
}
_KEPT = tuple(f.name for f in fields(Event) if f.name not in (*_UNKEPT, "sentence", "victims", "place"))
_values = attrgetter(*_KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What one input gave, by its position in the log: enough to give it again."""

    uri: Text
    offset: int
    version: Text
    content: str
    withdrawn: tuple[Event, ...] = ()  # whole, since the version that asserted them is gone
    asserted: tuple[str, ...] = ()  # event ids: the events are computed from the input again
    corrects: dict[str, str] = field(default_factory=dict)  # event id to the id that it replaces

    @property
    def key(self) -> str:
        """What it is kept under, apart from the article's record."""
        return earlier(self.uri, self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article as last applied: what it asserts, and what its last input gave. At most 64 kB."""

    uri: Text
    version: Text
    versionCreated: Time  # noqa: N815
    content: str
    asserted: tuple[Event, ...] = ()  # slim: without what only a reader needs
    last: Applied | None = None
    earlier: tuple[int, ...] = ()  # the offsets of inputs before it that may be read again and gave something

    @property
    def key(self) -> str:
        """What the record is kept under."""
        return self.uri


def earlier(uri: str, offset: int) -> str:
    """The key of what an earlier input gave; no article's own, as no uri holds a NUL."""
    return f"\0{offset}\0{uri}"


def is_article(key: str) -> bool:
    """Is it an article's key, among those of the state?"""
    return not key.startswith("\0")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version does to the events of the one before."""

    withdrawn: tuple[Event, ...]
    asserted: tuple[Event, ...]
    kept: tuple[Event, ...]


def order(versionCreated: Time, version: str) -> tuple:  # noqa: N803
    """What tells an older version from a newer: its time, then its number.

    >>> from datetime import datetime, UTC
    >>> noon = datetime(2017, 5, 9, 12, tzinfo=UTC)
    >>> order(noon, "9") < order(noon, "10") < order(noon, "10a")
    True
    """
    number = version.strip()
    return versionCreated, (0, int(number), "") if number.isdecimal() and len(number) < 19 else (1, 0, number)


def slim(event: Event) -> Event:
    """An event as it is remembered: spans short enough that a record stays small."""
    return Event(
        **dict(zip(_KEPT, _values(event), strict=True)), **_UNKEPT,
        sentence=event.evidence, victims=_short(event.victims), place=_short(event.place),
    )  # fmt: skip


def _short(span):
    return span if span is not None and len(span.text) <= LONGEST_SPAN else None


def within_bounds(events: Sequence[Event]) -> int:
    """How many of the events, from the first, an article's record can hold."""
    if len(events) <= MOST_ASSERTED // LARGEST_EVENT:
        return len(events)
    room = MOST_ASSERTED
    for count, event in enumerate(events):
        room -= len(orjson.dumps(slim(event)))
        if room < 0:
            return count
    return len(events)


def withdrawal(event: Event, reading: Reading) -> Event:
    """The event that takes `event` back, slim, said by the version that no longer says it.

    Its spans are still those of the version that asserted it.
    """
    return replace(
        slim(event), action="withdrawn", withdraws=event.event_id, corrects=None, version=reading.version,
        event_id=digest(event.event_id, "withdrawn", reading.version, reading.content),
        versionCreated=reading.versionCreated,
    )  # fmt: skip


def voiced(event: Event, reading: Reading) -> Event:
    """A slim event with what every event of the reading carries."""
    return replace(
        event, headline=reading.headline, fingerprint=reading.fingerprint, source=reading.source, link=reading.link
    )


def compare(before: Sequence[Event], now: Sequence[Event], reading: Reading) -> Change:
    """What changes from the events asserted before to those of the new version."""
    still, new = _matched(before, now)
    gone = [event for event in before if event.event_id not in still]
    replaces = _corrected(gone, new)
    return Change(
        withdrawn=tuple(withdrawal(event, reading) for event in gone),
        asserted=tuple(replace(e, corrects=replaces[e.event_id]) if e.event_id in replaces else e for e in new),
        kept=tuple(event for event in before if event.event_id in still),
    )


def _figure(event: Event) -> tuple:
    return event.measure, event.unit, event.low, event.high, event.magnitude, event.scope, event.country


def _matched(before: Sequence[Event], now: Sequence[Event]) -> tuple[set[str], list[Event]]:
    """The ids of the old events that are still said, and the new events that were not said before."""
    if not before:
        return set(), list(now)
    by_figure = defaultdict(list)
    for old in before:
        by_figure[_figure(old)].append(old)
    still: set[str] = set()
    new = []
    # the surest matches first, so that the order of the text cannot give one figure's match to another
    for event in sorted(now, key=lambda e: -max((_likeness(o, e) for o in by_figure[_figure(e)]), default=0)):
        left = [old for old in by_figure[_figure(event)] if old.event_id not in still and not elsewhere(old, event)]
        if left:
            still.add(max(left, key=lambda old: _likeness(old, event)).event_id)
        else:
            new.append(event)
    rank = {event.event_id: at for at, event in enumerate(now)}
    return still, sorted(new, key=lambda e: rank[e.event_id])


def _likeness(old: Event, new: Event) -> int:
    return (
        4 * (old.evidence.text == new.evidence.text) + 2 * same_place(old, new) + same_people(old, new)
        + (old.window == new.window)
    )  # fmt: skip


def _corrected(gone: Iterable[Event], new: Iterable[Event]) -> dict[str, str]:
    """Which new event replaces which old one: the same measure of the same people, another number."""
    pairs = sorted(
        ((_likeness(old, event), at, old.event_id, event.event_id)
         for at, old in enumerate(gone) for event in new
         if (old.measure, old.unit, old.scope, old.country) == (event.measure, event.unit, event.scope, event.country)
         and same_people(old, event) and same_place(old, event)),
        key=lambda pair: (-pair[0], pair[1]),
    )  # fmt: skip
    replaces: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, old, event in pairs:
        if old not in taken and event not in replaces:
            taken.add(old)
            replaces[event] = old
    return replaces
