"""One dead letter: how it is written, as Kafka Connect writes it, and how it is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from streams.wire import Headers

TOPIC = "__connect.errors.topic"
PARTITION = "__connect.errors.partition"
OFFSET = "__connect.errors.offset"
STAGE = "__connect.errors.stage"
CLASS = "__connect.errors.exception.class.name"
MESSAGE = "__connect.errors.exception.message"
OURS = frozenset((TOPIC, PARTITION, OFFSET, STAGE, CLASS, MESSAGE))
REPLAYED = "tollwire.replayed"

MOST_MESSAGE = 500
SECRET = re.compile(
    r"(?i)(://[^/\s:@]{1,100}:|\b(?:password|passwd|secret|token|api_?key)['\"]?\s?[=:]\s?)[^\s@,;&]{1,300}"
)


def reason(error: BaseException) -> str:
    """An exception's message on one line, at most 500 characters, passwords masked."""
    try:
        said = str(error)[: 4 * MOST_MESSAGE]
    except Exception:  # an exception that cannot even be printed must not stop the dead letter
        said = "(no message)"
    said = SECRET.sub(r"\1***", " ".join(said.split()))
    return said if len(said) <= MOST_MESSAGE else said[: MOST_MESSAGE - 1] + "…"


def letter(
    topic: str,
    partition: int,
    offset: int,
    headers: Iterable[tuple[str, bytes | None]] | None,
    stage: str,
    error: BaseException,
) -> Headers:
    """The headers of a dead letter; its key and value are the original bytes, untouched.

    The message's own headers stay, with where it came from and why it failed added. A message that
    was sent again and failed again says only its last failure, but keeps `tollwire.replayed`.
    """
    kept = [(name, value or b"") for name, value in headers or () if name not in OURS]
    added = {
        TOPIC: topic,
        PARTITION: str(partition),
        OFFSET: str(offset),
        STAGE: stage,
        CLASS: f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."),
        MESSAGE: reason(error),
    }
    return kept + [(name, text.encode("utf-8", "backslashreplace")) for name, text in added.items()]


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter: where it lies, where it came from, why it failed, and its bytes.

    What an origin's header does not say, or says wrongly, is None.
    """

    partition: int
    offset: int
    time: datetime
    key: bytes | None
    value: bytes | None
    headers: Headers
    topic: str | None
    origin_partition: int | None
    origin_offset: int | None
    stage: str | None
    error: str | None
    reason: str | None
    replayed: int  # how often it had been sent again before it failed this time

    @property
    def origin(self) -> str:
        """The message that failed, as topic-partition@offset."""
        unknown = "?"
        partition = unknown if self.origin_partition is None else self.origin_partition
        return f"{self.topic or unknown}-{partition}@{unknown if self.origin_offset is None else self.origin_offset}"

    @property
    def size(self) -> int:
        """Bytes of the original value."""
        return len(self.value or b"")

    def preview(self, characters: int = 80) -> str:
        """The beginning of the value; bytes that are no UTF-8 as \\x escapes."""
        start = (self.value or b"")[: 4 * characters]
        text = start.decode("utf-8", "backslashreplace")
        return text[:characters] + ("…" if len(text) > characters or len(start) < self.size else "")


def opened(message: Any) -> Letter:
    """A message of the dead-letter topic as a Letter, whoever wrote it."""
    headers = [(name, value or b"") for name, value in message.headers or ()]
    said = {name: value.decode("utf-8", "replace") for name, value in headers}

    def number(name: str) -> int | None:
        text = said.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None

    return Letter(
        partition=message.partition,
        offset=message.offset,
        time=datetime.fromtimestamp(message.timestamp / 1000, UTC),
        key=message.key,
        value=message.value,
        headers=headers,
        topic=said.get(TOPIC),
        origin_partition=number(PARTITION),
        origin_offset=number(OFFSET),
        stage=said.get(STAGE),
        error=said.get(CLASS),
        reason=said.get(MESSAGE),
        replayed=number(REPLAYED) or 0,
    )
