"""When to ask again: at the feed's own pace, later after failures, and one request to a host at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0  # seconds; no failure and no server puts a feed off for longer


def wait(every: float, failures: int, asked: float, chance: float) -> float:
    """Seconds to the next poll after so many failures in a row, at least the `asked` ones.

    Doubled with each failure. `chance`, from 0 to 1, spreads it by a tenth up and down, so that feeds that failed
    together do not come back together.

    >>> [wait(300, failures, 0, 0.5) for failures in (0, 1, 2, 60)]
    [300.0, 600.0, 1200.0, 86400.0]
    >>> wait(300, 1, 7200, 1.0)
    7200
    """
    doubled = min(every * 2.0 ** min(failures, 32), LONGEST)
    return max(min(doubled * (0.9 + 0.2 * chance), LONGEST), min(asked, LONGEST))


def asked(retry_after: str | None, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0 where it says neither.

    >>> asked("120", datetime(2026, 3, 3, tzinfo=UTC)), asked("soon", datetime(2026, 3, 3, tzinfo=UTC))
    (120.0, 0.0)
    >>> asked("Tue, 03 Mar 2026 00:01:00 GMT", datetime(2026, 3, 3, tzinfo=UTC))
    60.0
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds())


class Turns:
    """Requests wait for their turn: one at a time to each host, a pause between them, so many in all."""

    def __init__(self, at_once: int, pause: float) -> None:
        self.all = asyncio.Semaphore(at_once)
        self.pause = pause
        self.hosts: dict[str, asyncio.Lock] = {}
        self.last: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold the host for one request. Who waits for a host holds nobody else up."""
        async with self.hosts.setdefault(host, asyncio.Lock()):
            await asyncio.sleep(max(0.0, self.last.get(host, 0.0) + self.pause - time.monotonic()))
            try:
                async with self.all:
                    yield
            finally:
                self.last[host] = time.monotonic()
                self._tidy()

    def _tidy(self) -> None:
        long_ago = time.monotonic() - self.pause
        for host in [host for host, last in self.last.items() if last < long_ago and not self.hosts[host].locked()]:
            del self.last[host], self.hosts[host]
