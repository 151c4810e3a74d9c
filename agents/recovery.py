"""A correction of Faust 0.15.3: what arrives while tables finish recovering must not be thrown away.

After recovery Faust resumes the partitions, awaits the seek to the committed offsets, then clears the
queues: what was fetched in between is dropped unprocessed, and comes back only at the next restart
(seen in 7 of 30 worker starts). With the flow held from before the first of these steps, nothing is
fetched in between. Remove this file when Faust holds the flow itself.
"""

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery


class HoldingRecovery(Recovery):
    """Recovery that holds the flow while it hands over to the streams."""

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        self.app.flow_control.suspend()
        self.app.consumer.stop_flow()
        await super().on_recovery_completed(generation_id)


class HoldingTables(TableManager):
    """The table manager with the correction above."""

    @property
    def recovery(self) -> Recovery:
        if self._recovery is None:
            self._recovery = HoldingRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery
