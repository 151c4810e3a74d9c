"""Corrections of Faust 0.15.3: nothing may be lost while tables hand over to the streams, or be sent twice.

After recovery Faust resumes the partitions, awaits the seek to the committed offsets, then clears the
queues: what was fetched in between is dropped, and comes back only at the next restart, if at all.
Hence the flow is held from before the first of these steps. That alone is not enough: a partition
without a committed offset (a first start) is not sought back at all, so what was fetched of it and
dropped never comes again: hence such partitions are sought to their beginning.

tests/test_shell.py forces that order of events.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.transport.drivers.aiokafka import Consumer, Producer
from faust.types import TP


class HoldingRecovery(Recovery):
    """Recovery that holds the flow while it hands over to the streams; Faust resumes it at the end."""

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        self.app.flow_control.suspend()
        self.app.consumer.stop_flow()
        await super().on_recovery_completed(generation_id)


class HoldingTables(TableManager):
    """The table manager with the recovery above."""

    @property
    def recovery(self) -> Recovery:
        if self._recovery is None:
            self._recovery = HoldingRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery


class SeekingConsumer(Consumer):
    """A consumer that seeks what was never committed, too. Tables' changelogs are sought by the recovery.

    When partitions are revoked, Faust forgets what was acknowledged since the last commit, and only then waits
    for what is under way and commits: whoever gets the partition would do it again. Hence that is done before.
    """

    def committed(self, tp: TP) -> int | None:
        """The offset up to which a partition is committed; None before the first commit."""
        return self._committed_offset[tp]

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        if revoked and not self.app.should_stop:
            self.stop_flow()
            self.app.flow_control.suspend()
            self.app.flow_control.clear()
            await self.wait_empty()
            await self.force_commit()  # `commit` leaves it to one that is under way, which may not know the last
        await super().on_partitions_revoked(revoked)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        committed = await super().seek_to_committed()
        new = [tp for tp, offset in committed.items() if not offset and not self._is_changelog_tp(tp)]
        if new:
            await self._thread.seek_to_beginning(*new)
        return committed

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Faust's look for stalled partitions; one that is being sought has no position yet, which ended the worker."""
        with suppress(AssertionError):
            super().verify_event_path(now, tp)


class NumberingProducer(Producer):
    """A producer that numbers its batches: one that is sent again, as a broker died over it, is kept once."""

    def _settings_default(self) -> Mapping[str, Any]:
        return {**super()._settings_default(), "enable_idempotence": True}
