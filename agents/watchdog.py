"""Looks at a worker from a thread of its own: tells the lag, and ends a worker that stands still while records wait.

A step that never returns, or a consumer that lost its way after a rebalance, cannot be mended from inside: the
process ends with EXIT, nothing past the last acknowledged record is committed, and the supervisor starts it again.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from kafka.errors import KafkaError

from streams import lag, metrics, topics
from streams.connection import NoBroker
from streams.settings import Settings

log = logging.getLogger("tollwire")

EXIT = 75  # sysexits.h: a failure that may be gone at the next try
LOOKS = 6  # in a row without progress; counted rather than timed, for a process may itself have been asleep

Partition = tuple[str, int]  # topic's name, number


@dataclass(frozen=True, slots=True)
class Look:
    """What a look saw: records waiting in the worker's own partitions, and how far it has come."""

    waiting: int
    progress: int  # steps ended and records acknowledged since the start


def idle(looks: int, last: Look | None, now: Look) -> int:
    """How many looks in a row have seen records wait and no progress, this one included.

    >>> idle(3, Look(10, 500), Look(12, 500)), idle(3, Look(10, 500), Look(90, 501)), idle(3, Look(0, 500), Look(0, 500))
    (4, 0, 0)
    """
    stands = last is not None and now.waiting > 0 and now.progress == last.progress
    return looks + 1 if stands else 0


def start(settings: Settings, mine: Callable[[], set[Partition] | None], progress: Callable[[], int]) -> None:
    """Start to look. `mine` are the worker's partitions, None while it must not be judged: it recovers, or brakes."""
    threading.Thread(target=_watch, args=(settings, mine, progress), name="watchdog", daemon=True).start()


def _watch(settings: Settings, mine: Callable[[], set[Partition] | None], progress: Callable[[], int]) -> None:
    client, looks, last = None, 0, None
    while True:
        try:
            client = client or topics.admin(settings)
            behind = lag.lag(client, settings)
        except (KafkaError, NoBroker, OSError) as bad:
            log.warning("the lag is not known: %s", bad)
            client, last = None, None  # Kafka is away: no fault of the worker's
        else:
            for (topic, number), records in behind.items():
                metrics.lag.labels(topic.removeprefix(settings.prefix), number).set(records)
            metrics.lag_read.set(time.time())
            own = mine()
            now = Look(sum(behind.get(part, 0) for part in own or ()), progress())
            looks, last = (0, None) if own is None else (idle(looks, last, now), now)
            if looks >= LOOKS:
                log.critical(
                    "%d records wait and nothing has moved for %d s; ending, so that the supervisor starts the worker again",
                    now.waiting, settings.patience,
                )  # fmt: skip
                logging.shutdown()
                os._exit(EXIT)
        time.sleep(settings.patience / LOOKS)
