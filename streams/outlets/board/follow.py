"""Reads the alerts topic into the board's memory, as any subscriber does, and comes back when Kafka does."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import KafkaError

from streams import topics
from streams.connection import NoBroker
from streams.outlets.board.card import card
from streams.outlets.board.latest import MOST, Latest
from streams.outlets.tail import tail
from streams.settings import Settings

log = logging.getLogger("tollwire")

LOOK = 2.0  # seconds between looks at Kafka, and between tries
AWAY = (KafkaError, NoBroker, topics.TopicMismatch)  # no fault of the board's


@dataclass
class Follower:
    """Two threads: one reads, one asks how far there is to read. `changed` is called after every change, by either."""

    settings: Settings
    changed: Callable[[], None]
    latest: Latest = field(default_factory=Latest)
    away: str | None = "not read yet"  # why Kafka does not answer
    behind: int = 0  # alerts in Kafka and not yet read
    read: dict[int, int] = field(default_factory=dict)  # by partition, the next offset to read
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for work in (self._follow, self._look):
            self._threads.append(threading.Thread(target=work, name=f"board{work.__name__}", daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(5)

    @property
    def unready(self) -> str | None:
        """Why the board does not show all that there is; None where it does."""
        return self.away or (f"{self.behind} alerts to read" if self.behind else None)

    def _follow(self) -> None:
        """Read from the last MOST of each partition on; what was read already is passed over after a new start."""
        while not self._ended.is_set():
            try:
                for seen in tail("alerts", self.settings, MOST, stop=self._ended.is_set):
                    if seen.offset < self.read.get(seen.partition, 0):
                        continue
                    self.read[seen.partition] = seen.offset + 1
                    if seen.record is not None and self.latest.put(card(seen.record, seen.time)):
                        self.changed()
            except Exception as bad:  # a record that cannot be shown, too: it is passed over at the next start
                log.warning("the board reads nothing: %s", bad, exc_info=not isinstance(bad, AWAY))
                self._ended.wait(LOOK)

    def _look(self) -> None:
        client = None
        while not self._ended.is_set():
            before = self.away, self.behind
            try:
                client = client or topics.admin(self.settings)
                self.behind = self._to_read(client)
                self.away = None
            except Exception as bad:  # whatever it is, a page must not say that all is well
                self.away = str(bad) or type(bad).__name__
                with suppress(Exception):
                    client.close()
                client = None
            if (self.away, self.behind) != before:
                self.changed()
            self._ended.wait(LOOK if self.away or not self.behind else 0.2)
        if client:
            client.close()

    def _to_read(self, client: KafkaAdminClient) -> int:
        name = self.settings.prefix + topics.ALERTS.name
        (about,) = client.describe_topics([name])
        parts = [TopicPartition(name, part["partition_index"]) for part in about["partitions"]]
        starts = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.EARLIEST))
        ends = client.list_partition_offsets(dict.fromkeys(parts, OffsetSpec.LATEST))
        left = 0
        for part in parts:
            end = ends[part].offset
            left += end - max(self.read.get(part.partition, 0), starts[part].offset, end - MOST)
        return left
