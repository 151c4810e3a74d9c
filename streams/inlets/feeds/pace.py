"""When to ask again: at the feed's own pace, later after failures, and one request to a host at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Host:
    """A host while somebody asks it, and a pause longer."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = 0.0  # when it was asked last, on the monotonic clock
    waiting: int = 0  # requests that wait for it, or are under way


class Turns:
    """Requests wait for their turn: one at a time to each host, a pause between them, so many in all."""

    def __init__(self, at_once: int, pause: float) -> None:
        self.all = asyncio.Semaphore(at_once)
        self.pause = pause
        self.hosts: dict[str, Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Hold the host of this name for one request. Who waits for a host holds nobody else up."""
        host = self.hosts.setdefault(name, Host())
        host.waiting += 1
        try:
            async with host.lock:
                await asyncio.sleep(max(0.0, host.last + self.pause - time.monotonic()))
                try:
                    async with self.all:
                        yield
                finally:
                    host.last = time.monotonic()
        finally:
            host.waiting -= 1
            self._forget()

    def _forget(self) -> None:
        long_ago = time.monotonic() - self.pause
        for name in [name for name, host in self.hosts.items() if not host.waiting and host.last < long_ago]:
            del self.hosts[name]
