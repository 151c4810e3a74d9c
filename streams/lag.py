"""How far the workers are behind: end offsets less committed offsets, by topic and partition."""

import time
from collections.abc import Callable

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import KafkaError

from streams import topics
from streams.settings import Settings

WORKED_OFF = (topics.ARTICLES, topics.FIGURES, topics.EVENTS)


def group(settings: Settings) -> str:
    """The consumer group of the workers."""
    return f"{settings.prefix}tollwire"


def lag(client: KafkaAdminClient, settings: Settings) -> dict[tuple[str, int], int]:
    """Records not yet acknowledged, by (topic, partition); 0 where all is worked off."""
    parts = [
        TopicPartition(settings.prefix + topic.name, number)
        for topic in WORKED_OFF
        for number in range(settings.partitions)
    ]
    # Committed offsets first: what was sent on before a commit is then within the ends read afterwards.
    committed = client.list_group_offsets([group(settings)])[group(settings)]
    starts = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.EARLIEST))
    ends = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.LATEST))
    behind = {}
    for part in parts:
        done = committed[part].offset if part in committed and committed[part].offset >= 0 else starts[part].offset
        behind[part.topic, part.partition] = max(0, ends[part].offset - done)
    return behind


def wait_until_worked_off(
    client: KafkaAdminClient, settings: Settings, seconds: float, alive: Callable[[], None] = lambda: None
) -> None:
    """Return once nothing is left to do, in the order of the flow.

    `alive` is called between looks and may raise. Kafka may be away meanwhile. Raises TimeoutError with what is left.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            left = lag(client, settings)
            rest = {f"{topic}-{number}": count for (topic, number), count in left.items() if count}
            if not rest:
                return
        except KafkaError as away:
            rest = away
        alive()
        if time.monotonic() > until:
            raise TimeoutError(f"not worked off after {seconds:.0f} s: {rest}")
        time.sleep(0.1)
