"""Keeps newer state from older: what a worker writes that has lost its partitions and does not know it yet.

A paused virtual machine, whose own clock stood still with it (`pulse.py` sees the others): it goes on with what it
had fetched, while another has worked the same records and later ones off. What it sends on is the same again, with
the same ids; but its state comes last in the changelog, and would pass for the newest with the next who reads it.
So every change of state carries the offset of the record that caused it, and whoever reads a changelog
takes no key back. (Kafka may have cleaned the newer one away by then: it does so where a file of the log is full,
by default after a week.)
"""

from collections.abc import Iterable
from typing import Any

import faust
from faust.types import TP

from agents.outcome import REPLAYABLE

OFFSET = "tollwire.offset"  # header of a changelog's record


def stamp(offset: int) -> list[tuple[str, bytes]]:
    """The headers of a change of state that the record at this offset caused."""
    return [(OFFSET, b"%d" % offset)]


class FencedTable(faust.Table):
    """A table that takes from its changelog, of every key, the change that the latest record caused."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._reached: dict[bytes, int] = {}  # during a recovery: by key, the offset of the change that was taken

    def apply_changelog_batch(self, batch: Iterable[Any]) -> None:
        super().apply_changelog_batch([event for event in batch if self._newest(event.message)])

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        self._reached.clear()
        await super().on_recovery_completed(active_tps, standby_tps)

    def _newest(self, message: Any) -> bool:
        offset = int(dict(message.headers or ()).get(OFFSET, -1))
        behind = self._reached.get(message.key, -1) - offset
        if offset >= 0 and 0 < behind <= REPLAYABLE:  # further back, the topic was made anew
            return False
        self._reached[message.key] = offset
        return True
