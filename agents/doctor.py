"""`tollwire doctor`: looks at a deployment from outside and says what is wrong and what to do about it."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from kafka.admin import KafkaAdminClient
from kafka.errors import CoordinatorNotAvailableError

from streams import lag, topics, wire
from streams.outlets.messages import messages
from streams.settings import Settings

LOOK = 1.0  # seconds between two looks at the lag
LETTERS = timedelta(hours=1)
READ = 200  # of each topic's last hour, records to try
FREE = 0.1  # share of a disk that ought to be free


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do where it is not well."""

    level: Literal["well", "look", "ill"]
    about: str
    says: str
    do: str = ""


def examine(settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Finding]:
    """All findings, in the order of what depends on what; ends early where Kafka does not answer."""
    yield from _disk(settings)
    began = time.monotonic()
    try:
        client = topics.admin(settings)
    except topics.NoBroker as away:
        yield Finding("ill", "Kafka", str(away), "nothing else can be looked at before it answers")
        return
    with closing(client):
        yield Finding("well", "Kafka", f"answers at {settings.broker} after {time.monotonic() - began:.1f} s")
        ready = True
        for finding in _topics(client, settings):
            ready = ready and finding.level != "ill"
            yield finding
        if ready:
            yield from _copies(client, settings)
            yield from _workers(client, settings)
            yield from _letters(settings, now())
            yield from _records(settings, now())


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(folder for folder in (settings.data, *settings.data.absolute().parents) if folder.exists())
    usage = shutil.disk_usage(folder)
    level = "well" if usage.free > FREE * usage.total else "look"
    yield Finding(
        level, "disk", f"{usage.free / 2**30:.1f} GiB free for {settings.data}", "free some, or move TOLLWIRE_DATA"
    )


def _topics(client: KafkaAdminClient, settings: Settings) -> Iterator[Finding]:
    found = topics.show(client, settings)
    missing = [t.name for t in topics.TOPICS + topics.STATE if t not in {there.topic for there in found}]
    for name in missing:
        yield Finding("ill", settings.prefix + name, "no such topic", "tollwire topics --ensure")
    for there in found:
        for line in there.wrong:
            do = "set TOLLWIRE_PARTITIONS and TOLLWIRE_REPLICATION to what the cluster has"
            yield Finding("ill", there.name, line, do)
        for line in there.repairable:
            yield Finding("look", there.name, line, "tollwire topics --ensure")
    if not missing and not any(there.wrong or there.repairable for there in found):
        total = sum(there.records for there in found)
        yield Finding("well", "topics", f"{len(found)} as wanted, {total:,} records")


def _copies(client: KafkaAdminClient, settings: Settings) -> Iterator[Finding]:
    names = [settings.prefix + topic.name for topic in topics.TOPICS + topics.STATE]
    behind = [
        f"{about['name']}-{part['partition_index']}"
        for about in client.describe_topics(names)
        for part in about["partitions"]
        if len(part["isr_nodes"]) < len(part["replica_nodes"])
    ]
    if behind:
        yield Finding("ill", "copies", f"not all in sync: {', '.join(behind[:5])}", "is a node of Kafka down?")
    else:
        yield Finding("well", "copies", f"all in sync, {settings.replication} of each partition")
    if settings.replication == 1:
        yield Finding(
            "look",
            "copies",
            "one of each partition: a lost disk is lost news",
            "TOLLWIRE_REPLICATION=3 on a new cluster",
        )


def _workers(client: KafkaAdminClient, settings: Settings) -> Iterator[Finding]:
    name = lag.group(settings)
    start = "start one: tollwire run"
    try:
        members = client.describe_groups([name])[name]["members"]
    except CoordinatorNotAvailableError:  # this Kafka has never had a group
        yield Finding("ill", "workers", "none, ever", start)
        return
    before = sum(lag.lag(client, settings).values())
    time.sleep(LOOK)
    after = sum(lag.lag(client, settings).values())
    waiting = f"{after:,} records wait"
    if not members:
        yield Finding("ill", "workers", f"none; {waiting}", start)
        return
    level = "look" if after and after >= before else "well"
    said = f"{len(members)} at work; {waiting}" + (f", {before:,} a second ago" if after or before else "")
    yield Finding(level, "workers", said, "deploy/runbook.md: TollwireFallingBehind, TollwireStandingStill")
    if len(members) > settings.partitions:
        yield Finding(
            "look",
            "workers",
            f"more than the {settings.partitions} partitions: some have nothing to do",
            "fewer workers",
        )


def _letters(settings: Settings, now: datetime) -> Iterator[Finding]:
    count = sum(1 for _ in messages(topics.DEADLETTER, settings, now - LETTERS, follow=False))
    if count:
        yield Finding("look", "dead letters", f"{count:,} in the last hour", "tollwire deadletters")
    else:
        yield Finding("well", "dead letters", "none in the last hour")


def _records(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Can this program read what others write, and is the clock of Kafka ours?"""
    for topic in (topics.FIGURES, topics.EVENTS, topics.ALERTS):
        bad, latest, read = None, None, 0
        for message in messages(topic, settings, now - LETTERS, follow=False):
            latest = max(latest or message.timestamp, message.timestamp)
            try:
                wire.decode(message.value, topic.kind)
            except wire.BadRecord as reason:
                bad = bad or f"{message.topic}-{message.partition}@{message.offset}: {reason}"
            read += 1
            if read == READ:
                break
        if bad:
            yield Finding("ill", topic.name, f"this program cannot read it: {bad}", "do workers of two versions run?")
        elif latest and latest / 1000 > now.timestamp() + 60:
            yield Finding("look", topic.name, "records from the future", "set the clocks of Kafka and of this machine")
        else:
            yield Finding(
                "well", topic.name, f"{read} records of the last hour read" if read else "nothing in the last hour"
            )
