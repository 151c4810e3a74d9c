"""`tollwire reprocess`: the articles that Kafka still has go once more through today's program, into fresh topics.

What the old topics say stays as it is, and readers with it, until they are pointed at the new prefix. The
comparison tells what an upgrade would change: events by what they say of an article version, alerts by
what they said. Events depend on nothing but the articles; which alerts are given on the way depends a
little on the order in which articles of different partitions arrive, so a few may differ without any change.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

from agents import local
from streams import lag, topics
from streams.delivery import Delivery
from streams.outlets.messages import messages
from streams.outlets.tail import tail
from streams.records import Alert, Event
from streams.settings import Settings

SHOWN = 20  # differences told in full, of each kind
HOURS = 24  # for working off the articles, at most


class CannotReprocess(RuntimeError):
    """The new prefix cannot be used, or Kafka did not take the articles; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs say of the same articles; `before` and `after` are the first differences, a line each."""

    topic: str
    same: int
    only_before: int
    only_after: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def reprocess(settings: Settings, prefix: str, workers: int, say: Callable[[str], None]) -> list[Comparison]:
    """Work off all articles again under a new prefix, with workers of our own; then compare.

    Raises CannotReprocess, topics.NoBroker, topics.TopicMismatch, local.WorkerFailed, TimeoutError.
    """
    if prefix == settings.prefix:
        raise CannotReprocess("the new prefix is the old one; name another with --into")
    new = replace(settings, prefix=prefix, metrics_port=0)
    client = topics.admin(settings)
    if any(found.records for found in topics.show(client, new)):
        raise CannotReprocess(f"there are records under {prefix!r} already; name another prefix with --into")
    topics.ensure(client, new)
    with ExitStack() as ending:
        ending.callback(client.close)
        running = [local.worker(new, number) for number in range(1, workers + 1)]
        for one in running:
            ending.callback(one.stop)
            one.start()
        say(f"{_copy(settings, new)} articles copied to {prefix}{topics.ARTICLES.name}")
        for one in running:
            one.wait_until_ready()
        lag.wait_until_worked_off(client, new, HOURS * 3600, lambda: _tell(local.keep_running(running), say))
    return [compare(word, settings, new) for word in ("events", "alerts")]


def compare(word: str, old: Settings, new: Settings) -> Comparison:
    """What the topics of this word say under both prefixes; what was sent twice counts once."""
    before, after = dict(_said(word, old)), dict(_said(word, new))
    gone = [line for key, line in before.items() if key not in after]
    come = [line for key, line in after.items() if key not in before]
    return Comparison(word, len(before) - len(gone), len(gone), len(come), tuple(gone[:SHOWN]), tuple(come[:SHOWN]))


def _copy(settings: Settings, new: Settings) -> int:
    """The articles as they are, bytes and headers, into the partitions that they have. Raises CannotReprocess."""
    delivery: Delivery[str] = Delivery(new)
    try:
        for message in messages(topics.ARTICLES, settings, "earliest", follow=False):
            where = f"{message.topic}-{message.partition}@{message.offset}"
            headers = list(message.headers or ())
            delivery.send(
                where, new.prefix + topics.ARTICLES.name, message.key, message.value, headers, message.partition
            )
            if delivery.failure:
                break
        delivery.settle()
    finally:
        delivery.close()
    if delivery.failure:
        raise CannotReprocess(f"Kafka did not take the copy of {delivery.undelivered}: {delivery.failure}")
    return delivery.acknowledged


def _said(word: str, settings: Settings) -> Iterator[tuple[tuple[object, ...], str]]:
    """What each record says, by which two runs are compared, and the same for a person."""
    for seen in tail(word, settings, "earliest", follow=False):
        if seen.record is not None:
            key = _key(seen.record)
            yield key, " ".join(str(part) for part in key if part is not None)


def _key(record: Event | Alert) -> tuple[object, ...]:
    here = (record.uri, record.version, record.measure, record.unit, record.low)
    if isinstance(record, Event):
        return (
            record.action,
            *here,
            record.high,
            record.magnitude,
            record.scope,
            record.country,
            record.evidence.start,
        )
    return (record.kind, *here, record.best, record.high, record.magnitude, record.country)


def _tell(lines: list[str], say: Callable[[str], None]) -> None:
    for line in lines:
        say(line)
