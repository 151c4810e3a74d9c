"""A topic as it grows: each message decoded, or with the reason why it cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from streams import topics, wire
from streams.inlets import ninjs
from streams.outlets.letter import opened
from streams.outlets.messages import Since, messages
from streams.outlets.shown import clean, shown
from streams.settings import Settings

REMEMBERED = 100_000  # ids by which duplicates are known, 10 MB at most


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it was read: `record` is of its topic's kind (a Letter for the dead letters), or None with `reason`."""

    topic: str
    partition: int
    offset: int
    time: datetime
    key: bytes | None
    value: bytes | None
    headers: wire.Headers
    record: Any
    reason: str | None


@shown.register
def _(seen: Seen) -> Text:
    if seen.record is not None:
        return shown(seen.record)
    where = f"{seen.topic}-{seen.partition}@{seen.offset}"
    return Text.assemble((where, "bold"), " cannot be read: ", (clean(seen.reason or ""), "red"))


def tail(
    word: str,
    settings: Settings,
    since: Since = "latest",
    *,
    follow: bool = True,
    distinct: bool = False,
    stop: Callable[[], bool] = lambda: False,
    wait: float = 0.2,
) -> Iterator[Seen]:
    """Watch articles, figures, events, alerts or deadletter; touches no group and commits nothing.

    Where it begins is fixed when this returns. `distinct` drops messages whose `ce_id` is among the
    last 100,000 seen: workers send again after a crash, with the same id. For `follow`, `stop`,
    `wait` and errors see messages(). Raises KeyError for a word that is no topic.
    """
    topic = topics.BY_WORD[word]
    found = messages(topic, settings, since, follow=follow, stop=stop, wait=wait)
    seen = (_seen(topic, message) for message in found)
    return _distinct(seen) if distinct else seen


def _seen(topic: topics.Topic, message: Any) -> Seen:
    record, reason = None, None
    try:
        if topic is topics.DEADLETTER:
            record = opened(message)
        elif topic is topics.ARTICLES:
            record = ninjs.article(wire.load(message.value))
        else:
            record = wire.decode(message.value, topic.kind)
    except wire.BadRecord as bad:
        reason = str(bad)
    return Seen(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        time=datetime.fromtimestamp(message.timestamp / 1000, UTC),
        key=message.key,
        value=message.value,
        headers=[(name, value or b"") for name, value in message.headers or ()],
        record=record,
        reason=reason,
    )


def _distinct(found: Iterator[Seen]) -> Iterator[Seen]:
    known: dict[bytes, None] = {}  # in the order they came
    for seen in found:
        given = next((value for name, value in seen.headers if name == "ce_id"), None)
        if given is not None and seen.record is not None:
            if given in known:
                continue
            known[given] = None
            if len(known) > REMEMBERED:
                del known[next(iter(known))]
        yield seen
