"""Is every record accounted for? For each stage: the ids it wrote against what its plain step gives
over its input topic's log, partition by partition, in order of offset."""

from collections import Counter
from dataclasses import dataclass

from topic_log import whole

from agents.flow import Alert, Enrich, Extract
from agents.read import apply
from streams import topics, wire
from streams.settings import Settings


@dataclass(frozen=True)
class Account:
    """What a stage did with its input. `missing` and `extra` are ids; empty where the account is right."""

    stage: str
    read: int
    wrote: int
    missing: set[str]
    extra: set[str]
    duplicates: int  # written more often under the same id than the step gives it
    refused: int  # dead letters of this stage
    missing_letters: set[tuple[str, int, int]]  # origin of what must be a dead letter and is not
    silenced: Counter

    def __str__(self) -> str:
        return (
            f"{self.stage:8} read {self.read:7}  wrote {self.wrote:7}  missing {len(self.missing):3}  extra {len(self.extra):3}"
            f"  duplicates {self.duplicates:5}  dead letters {self.refused} (missing {len(self.missing_letters)})"
            f"  silenced {dict(self.silenced)}"
        )

    @property
    def right(self) -> bool:
        return not (self.missing or self.extra or self.missing_letters)


def accounts(settings: Settings) -> list[Account]:
    """An account of each stage, in the order of the flow."""
    letters = {_origin(message) for message in whole(settings, topics.DEADLETTER)}
    return [_account(stage, settings, letters) for stage in (Extract(), Enrich({}), Alert({}))]


def _account(stage, settings: Settings, letters: set[tuple[str, int, int]]) -> Account:
    wanted, refused, silenced, read = Counter(), set(), Counter(), 0
    for message in whole(settings, stage.reads):
        read += 1
        try:
            outcome = stage.step(stage.decode(message.value), message.offset)
        except Exception:  # what the shell makes a dead letter
            refused.add((message.topic, message.partition, message.offset))
            continue
        apply(stage, outcome)
        silenced.update(outcome.silenced)
        wanted.update(wire.record_id(record) for record in outcome.records)
    wrote = Counter(dict(message.headers)["ce_id"].decode() for message in whole(settings, stage.writes))
    mine = {letter for letter in letters if letter[0] == settings.prefix + stage.reads.name}
    return Account(
        stage.name, read, wrote.total(), set(wanted) - set(wrote), set(wrote) - set(wanted), (wrote - wanted).total(),
        len(mine), refused - mine, silenced,
    )  # fmt: skip


def _origin(message) -> tuple[str, int, int]:
    said = {name.removeprefix("__connect.errors."): value.decode() for name, value in message.headers}
    return said["topic"], int(said["partition"]), int(said["offset"])
