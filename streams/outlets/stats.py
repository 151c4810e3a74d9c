"""How the stream is doing, asked of Kafka alone: no worker need be reached, so any cluster can be looked at."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import CoordinatorNotAvailableError, KafkaError
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from streams import lag, topics, wire
from streams.outlets.shown import clean, shown
from streams.outlets.tail import Seen, tail
from streams.records import Alert
from streams.settings import Settings

LOOK = 2.0  # seconds between two looks
RECENT = 50  # alerts and dead letters of each partition that are looked at


@dataclass(frozen=True, slots=True)
class Flow:
    """One topic. `waiting` are records not yet acknowledged by the workers, None where nobody works it off, or ever did."""

    topic: str
    records: int
    per_second: float
    waiting: int | None
    worst: int | None  # waiting in the partition that is furthest behind


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from an article in Kafka to its alert in Kafka, over the last so many alerts."""

    median: float
    most: float  # 99 in a hundred took no longer
    alerts: int


@dataclass(frozen=True, slots=True)
class Stats:
    """One look. `refused` counts the latest dead letters by the stage and the error; `latest` has the newest first."""

    time: datetime
    flow: tuple[Flow, ...]
    latency: Latency | None
    refused: dict[str, int]
    latest: tuple[Alert, ...]


def looks(settings: Settings, every: float = LOOK) -> Iterator[Stats]:
    """A look each so many seconds, rates being those since the look before.

    Raises topics.NoBroker where none answers any more, topics.TopicMismatch where a topic is missing.
    """
    client = topics.admin(settings)
    try:
        before, began = _ends(client, settings), time.monotonic()
        while True:
            time.sleep(every)
            behind = _behind(client, settings)
            ends, now = _ends(client, settings), time.monotonic()
            flow = tuple(_flow(topic, settings, before, ends, now - began, behind) for topic in topics.TOPICS)
            before, began = ends, now
            alerts = sorted(_recent("alerts", settings), key=lambda seen: seen.time, reverse=True)
            letters = Counter(f"{seen.record.stage} {seen.record.error}" for seen in _recent("deadletter", settings))
            yield Stats(
                time=datetime.now(UTC),
                flow=flow,
                latency=_latency(alerts),
                refused=dict(letters.most_common()),
                latest=tuple(seen.record for seen in alerts[:8]),
            )
    except KafkaError as away:
        raise topics.NoBroker(f"no Kafka answers at {settings.broker} ({away})") from None
    finally:
        client.close()


def _behind(client: KafkaAdminClient, settings: Settings) -> dict[tuple[str, int], int]:
    """The lag by topic and partition; empty while Kafka has no group yet, or is moving it."""
    try:
        return lag.lag(client, settings)
    except CoordinatorNotAvailableError:
        return {}


def _ends(client: KafkaAdminClient, settings: Settings) -> dict[TopicPartition, tuple[int, int]]:
    """Start and end of every partition of every topic."""
    names = [settings.prefix + topic.name for topic in topics.TOPICS]
    if missing := set(names) - set(client.list_topics()):
        raise topics.TopicMismatch(f"{sorted(missing)[0]}: no such topic; `tollwire topics --ensure` makes it")
    about = client.describe_topics(names)
    if wrong := [one for one in about if len(one["partitions"]) != settings.partitions]:
        there = f"{wrong[0]['name']}: the cluster has {len(wrong[0]['partitions'])} partitions"
        raise topics.TopicMismatch(f"{there}, wanted are {settings.partitions}: set TOLLWIRE_PARTITIONS")
    parts = [TopicPartition(one["name"], part["partition_index"]) for one in about for part in one["partitions"]]
    starts = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.EARLIEST))
    ends = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.LATEST))
    return {part: (starts[part].offset, ends[part].offset) for part in parts}


def _flow(
    topic: topics.Topic,
    settings: Settings,
    before: dict[TopicPartition, tuple[int, int]],
    ends: dict[TopicPartition, tuple[int, int]],
    seconds: float,
    behind: dict[tuple[str, int], int],
) -> Flow:
    name = settings.prefix + topic.name
    mine = {part: span for part, span in ends.items() if part.topic == name}
    came = sum(end - before.get(part, (0, 0))[1] for part, (_, end) in mine.items())
    waiting = [count for (of, _), count in behind.items() if of == name]
    return Flow(
        topic=topic.name,
        records=sum(end - start for start, end in mine.values()),
        per_second=came / seconds,
        waiting=sum(waiting) if waiting else None,
        worst=max(waiting, default=None),
    )


def _recent(word: str, settings: Settings) -> list[Seen]:
    seen = tail(word, settings, RECENT, follow=False, distinct=True)
    return [one for one in seen if one.record is not None]


def _latency(alerts: list[Seen]) -> Latency | None:
    published = [(seen, dict(seen.headers).get(wire.PUBLISHED, b"")) for seen in alerts]
    delays = sorted(seen.time.timestamp() - int(at) / 1000 for seen, at in published if at.isdigit())
    if not delays:
        return None
    return Latency(statistics.median(delays), delays[min(len(delays) - 1, int(len(delays) * 0.99))], len(delays))


def picture(stats: Stats, settings: Settings) -> RenderableType:
    """A look for a terminal."""
    table = Table(title=f"Kafka at {settings.broker} · {stats.time:%H:%M:%S}Z", title_justify="left", box=None)
    for heading in ("topic", "records", "a second", "waiting", "in one partition"):
        table.add_column(heading, justify="left" if heading == "topic" else "right", header_style="dim")
    for flow in stats.flow:
        numbers = ["" if number is None else f"{number:,}" for number in (flow.waiting, flow.worst)]
        table.add_row(flow.topic, f"{flow.records:,}", f"{flow.per_second:,.1f}", *numbers)
    lines = [Text()]
    if stats.latency:
        took = stats.latency
        lines.append(
            Text(f"latency  median {_span(took.median)}, 99th {_span(took.most)}; the last {took.alerts:,} alerts")
        )
    refused = ", ".join(f"{count:,} {what}" for what, count in stats.refused.items())
    lines.append(Text(f"refused  {clean(refused)}" if refused else "refused  nothing", "red" if refused else ""))
    lines.append(Text())
    lines += [shown(alert).split("\n")[0] for alert in stats.latest]
    return Group(table, *lines)


def _span(seconds: float) -> str:
    """
    >>> _span(0.0982), _span(5.04), _span(7300)
    ('98 ms', '5.0 s', '2.0 h')
    """
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 600 else f"{seconds / 3600:.1f} h"
