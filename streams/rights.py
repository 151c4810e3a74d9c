"""Who may do what on Kafka: the least that each role needs, as access control lists.

A role's user has the role's name. Whatever is not given here, an authorizer refuses; the right to describe a topic or a
group comes with the right to read or write it, and that to write without duplicates with the right to write.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from streams import lag
from streams.settings import Settings
from streams.topics import ALERTS, ARTICLES, DEADLETTER, EVENTS, FIGURES, STATE, TOPICS, Topic

Operation = Literal["Read", "Write", "Create", "Describe", "DescribeConfigs", "AlterConfigs"]


@dataclass(frozen=True, slots=True)
class Right:
    """A user may do these operations on a topic or group; where `prefixed`, on all whose names begin so."""

    role: str
    kind: Literal["topic", "group"]
    name: str
    operations: tuple[Operation, ...]
    prefixed: bool = False


# In the order of the flow. A worker looks at the settings of the topics when it starts, so that it does not run on wrong ones.
ROLES: dict[str, dict[tuple[Topic, ...], tuple[Operation, ...]]] = {
    "publisher": {(ARTICLES,): ("Write",)},
    "worker": {
        (ARTICLES,): ("Read", "DescribeConfigs"),
        (FIGURES, EVENTS, *STATE): ("Read", "Write", "DescribeConfigs"),
        (ALERTS, DEADLETTER): ("Write", "DescribeConfigs"),
    },
    "subscriber": {(ALERTS,): ("Read",)},
    "board": {(ALERTS,): ("Read",)},
    # makes and repairs the topics, looks into everything, sends dead letters again
    "operator": {(*TOPICS, *STATE): ("Read", "Write", "Create", "Describe", "DescribeConfigs", "AlterConfigs")},
    "autoscaler": {(ARTICLES,): ("Describe",)},  # KEDA asks how far behind the workers are
}


def rights(settings: Settings) -> Iterator[Right]:
    """All rights of all roles, with the names that the settings give to topics and groups."""
    workers = lag.group(settings)
    for role, on in ROLES.items():
        for topics, operations in on.items():
            for topic in topics:
                yield Right(role, "topic", settings.prefix + topic.name, operations)
    yield Right("worker", "group", workers, ("Read",))
    yield Right("operator", "group", workers, ("Describe",))
    yield Right("autoscaler", "group", workers, ("Describe",))
    yield Right("subscriber", "group", "subscriber", ("Read",), prefixed=True)  # groups of its own, any number


def command(right: Right) -> str:
    """The right as arguments of Kafka's own `kafka-acls.sh`.

    >>> command(Right("board", "topic", "news.alerts", ("Read",)))
    '--add --allow-principal User:board --operation Read --topic news.alerts'
    """
    operations = " ".join(f"--operation {operation}" for operation in right.operations)
    pattern = " --resource-pattern-type prefixed" if right.prefixed else ""
    return f"--add --allow-principal User:{right.role} {operations} --{right.kind} {right.name}{pattern}"
