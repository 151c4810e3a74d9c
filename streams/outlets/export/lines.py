"""JSON Lines: the records of the topic, word for word."""

from collections.abc import Iterable, Iterator

from streams import wire
from streams.records import Alert


def json_lines(alerts: Iterable[Alert]) -> Iterator[str]:
    """A line an alert, as streams/schemas/alert.v1.json describes it."""
    for alert in alerts:
        yield wire.encode(alert).decode() + "\n"
