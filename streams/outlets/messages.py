"""The messages of a topic as Kafka has them: read beside everybody else, without a group, committing nothing."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Literal

from kafka import KafkaConsumer, TopicPartition

from streams import connection, topics
from streams.settings import Settings

GIVE_UP = 60.0  # seconds without an answer before a reading that has an end is given up

Since = Literal["earliest", "latest"] | datetime | int  # a number: the last so many messages of each partition


def messages(
    topic: topics.Topic,
    settings: Settings,
    since: Since,
    *,
    follow: bool,
    stop: Callable[[], bool] = lambda: False,
    wait: float = 0.2,
) -> Iterator[Any]:
    """The messages of all partitions; in order within each.

    Where reading begins is fixed when this returns, not when the first message is taken. Without
    `follow` it ends at what was the topic's end then; with it, only when `stop` says so, asked at
    least every `wait` seconds. Raises topics.NoBroker, and topics.TopicMismatch for a missing topic;
    NoBroker later too, where the end is not reached because Kafka has been silent for a minute.
    """
    name = settings.prefix + topic.name
    consumer = connection.client(
        KafkaConsumer,
        settings,
        enable_auto_commit=False,
        auto_offset_reset="earliest",  # where retention deletes what we were about to read
        allow_auto_create_topics=False,
    )
    try:
        parts = [TopicPartition(name, number) for number in sorted(consumer.partitions_for_topic(name) or ())]
        if not parts:
            raise topics.TopicMismatch(f"{name}: no such topic; `tollwire topics --ensure` makes it")
        consumer.assign(parts)
        ends = consumer.end_offsets(parts)
        for part, offset in _starts(consumer, parts, since, ends).items():
            consumer.seek(part, offset)
    except BaseException:
        consumer.close()
        raise
    return _read(consumer, parts, {} if follow else ends, follow, stop, wait)


def _starts(
    consumer: KafkaConsumer, parts: list[TopicPartition], since: Since, ends: dict[TopicPartition, int]
) -> dict[TopicPartition, int]:
    if since == "latest":
        return ends
    if since == "earliest":
        return consumer.beginning_offsets(parts)
    if isinstance(since, int):
        return {part: max(start, ends[part] - since) for part, start in consumer.beginning_offsets(parts).items()}
    moment = int(since.timestamp() * 1000)
    found = consumer.offsets_for_times(dict.fromkeys(parts, moment))
    return {part: found[part].offset if found.get(part) else ends[part] for part in parts}


def _read(
    consumer: KafkaConsumer,
    parts: list[TopicPartition],
    ends: dict[TopicPartition, int],
    follow: bool,
    stop: Callable[[], bool],
    wait: float,
) -> Iterator[Any]:
    answered = time.monotonic()
    try:
        while not stop() and (follow or any(consumer.position(part) < ends[part] for part in parts)):
            batches = consumer.poll(timeout_ms=int(wait * 1000))
            if batches:
                answered = time.monotonic()
            elif not follow and time.monotonic() - answered > GIVE_UP:
                raise topics.NoBroker(
                    f"{parts[0].topic}: Kafka has not answered for {GIVE_UP:.0f} s; not read to its end"
                )
            for part, batch in batches.items():
                for message in batch:
                    if follow or message.offset < ends[part]:
                        yield message
    finally:
        consumer.close()
