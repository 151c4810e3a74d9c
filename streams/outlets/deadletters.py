"""What could not be processed: how a dead letter is written, listed, and sent again."""

import re
from collections.abc import Iterable

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
