"""The topics, in the order of the flow, and how they are created, shown and repaired."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streams import connection
from streams.connection import NoBroker  # noqa: F401  raised by admin
from streams.mendable import Mendable
from streams.records import Alert, Article, Event, Reading
from streams.settings import Settings

if TYPE_CHECKING:  # takes 0.15 s to import: `tollwire read` knows the topics, and asks no broker
    from kafka.admin import KafkaAdminClient

DAY_MS = 86_400_000
MEBIBYTE = 1 << 20


class TopicMismatch(Mendable, RuntimeError):
    """The cluster's topics are not what the program wants; the message names both sides."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the program wants it. `days` is how long records stay; None keeps the last of each key for ever."""

    name: str
    kind: type | None
    key: Callable[[Any], str] | None
    days: int | None
    max_bytes: int = MEBIBYTE

    def config(self) -> dict[str, str]:
        """The topic's settings that the program answers for."""
        stays = {"cleanup.policy": "compact"}
        if self.days is not None:
            stays = {"cleanup.policy": "delete", "retention.ms": str(self.days * DAY_MS)}
        return stays | {"max.message.bytes": str(self.max_bytes)}


ARTICLES = Topic("news.articles", Article, lambda article: article.uri, 30)
FIGURES = Topic("news.figures", Reading, lambda reading: reading.uri, 30)
EVENTS = Topic("news.events", Event, lambda event: event.country, 90)
ALERTS = Topic("news.alerts", Alert, lambda alert: alert.situation, 365)
DEADLETTER = Topic("news.deadletter", None, None, 90, 2 * MEBIBYTE)  # room for the original bytes and more headers
TOPICS = (ARTICLES, FIGURES, EVENTS, ALERTS, DEADLETTER)
# What the agents remember, under the names that Faust gives to the changelogs of their tables.
STATE = tuple(Topic(f"tollwire-{table}-changelog", None, None, None) for table in ("articles", "situations"))
BY_WORD = {topic.name.removeprefix("news."): topic for topic in TOPICS}


@dataclass(frozen=True, slots=True)
class Found:
    """A topic as the cluster has it; `repairable` and `wrong` have a line for each thing that differs."""

    topic: Topic
    name: str
    partitions: int
    replication: int
    records: int
    repairable: tuple[str, ...]
    wrong: tuple[str, ...]


def admin(settings: Settings) -> "KafkaAdminClient":
    """An admin client. Raises NoBroker."""
    from kafka.admin import KafkaAdminClient

    return connection.client(KafkaAdminClient, settings)


def _differs(sides: Iterable[tuple[str, object, object]]) -> tuple[str, ...]:
    return tuple(
        f"{name}: the cluster has {there}, wanted is {wanted}" for name, there, wanted in sides if there != wanted
    )


def _records(client: "KafkaAdminClient", name: str, partitions: int) -> int:
    from kafka import TopicPartition
    from kafka.admin import OffsetSpec

    parts = [TopicPartition(name, number) for number in range(partitions)]
    ends = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.LATEST))
    starts = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.EARLIEST))
    return sum(ends[part].offset - starts[part].offset for part in parts)


def show(client: "KafkaAdminClient", settings: Settings) -> list[Found]:
    """The topics that exist, as the cluster has them, each with what differs from the settings."""
    from kafka.admin import ConfigResource

    existing = set(client.list_topics())
    wanted = {
        settings.prefix + topic.name: topic for topic in TOPICS + STATE if settings.prefix + topic.name in existing
    }
    if not wanted:
        return []
    configs = client.describe_configs([ConfigResource("topic", name) for name in wanted], config_filter="all")["topic"]
    parts_of = {about["name"]: about["partitions"] for about in client.describe_topics(list(wanted))}
    found = []
    for name, topic in wanted.items():
        parts = parts_of[name]
        copies = min(len(part["replica_nodes"]) for part in parts)
        has = {key: configs[name][key]["value"] for key in topic.config()}
        found.append(
            Found(
                topic,
                name,
                len(parts),
                copies,
                _records(client, name, len(parts)),
                repairable=_differs((key, has[key], value) for key, value in topic.config().items()),
                wrong=_differs(
                    [("partitions", len(parts), settings.partitions), ("replication", copies, settings.replication)]
                ),
            )
        )
    return found


def ensure(client: "KafkaAdminClient", settings: Settings) -> list[str]:
    """Create what is missing and set what can be set; a line for each thing done.

    Raises TopicMismatch for partitions or replication that differ: the number of partitions decides
    where a key's state lives, so it is never changed behind a running system's back.
    """
    from kafka import errors
    from kafka.admin import ConfigResource, NewTopic

    existing = set(client.list_topics())
    missing = [topic for topic in TOPICS + STATE if settings.prefix + topic.name not in existing]
    done = []
    for topic in missing:
        new = NewTopic(
            settings.prefix + topic.name, settings.partitions, settings.replication, topic_configs=topic.config()
        )
        try:
            client.create_topics([new])
            done.append(f"created {new.name}: {settings.partitions} partitions, replication {settings.replication}")
        except errors.TopicAlreadyExistsError:
            pass  # another worker starting beside this one was quicker
        except errors.InvalidReplicationFactorError as bad:
            raise TopicMismatch(
                f"{new.name}: wanted replication {settings.replication}; the cluster says: {bad}"
            ) from None
    if missing:
        client.wait_for_topics([settings.prefix + topic.name for topic in missing])
    found = show(client, settings)
    wrong = [f"{there.name}: {line}" for there in found for line in there.wrong]
    if wrong:
        raise TopicMismatch(
            "\n".join(wrong) + "\nset TOLLWIRE_PARTITIONS and TOLLWIRE_REPLICATION to what the cluster has, "
            "or let a new TOLLWIRE_PREFIX make fresh topics"
        )
    for there in found:
        if there.repairable:
            client.alter_configs([ConfigResource("topic", there.name, there.topic.config())])
            done += [f"{there.name}: set {line}" for line in there.repairable]
    return done
