"""All feeds of a file, each at its own pace until TERM, or each once. One that fails stops no other."""

import asyncio
import logging
import random
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from streams import metrics, probe
from streams.inlets.feeds import memory, pace
from streams.inlets.feeds.apart import Reader
from streams.inlets.feeds.config import Feed, Feeds
from streams.inlets.feeds.fetch import Failed
from streams.inlets.feeds.memory import Memory
from streams.inlets.feeds.poll import Polled, Tools, poll, tell
from streams.inlets.handover import Handover, NotTaken
from streams.settings import Settings

log = logging.getLogger("tollwire.feed")

SOON = 15.0  # seconds until a feed is polled again that Kafka did not take


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def run(feeds: Feeds, settings: Settings, once: bool, clock: Callable[[], datetime] = utc_now) -> int:
    """Poll until TERM or Ctrl-C, or `once`; the exit code.

    0: all went well; 1: Kafka did not take something; 2: a feed failed, or an entry was refused.
    """
    return asyncio.run(_run(feeds, settings, once, clock))


async def _run(feeds: Feeds, settings: Settings, once: bool, clock: Callable[[], datetime]) -> int:
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    answering = None if once else await probe.serve(settings.metrics_host, settings.metrics_port, lambda: None)
    reader, handover = Reader(), Handover(settings)
    tools = Tools(reader, pace.Turns(feeds.at_once, feeds.pause), handover.send, clock, feeds.user_agent)
    failing: set[str] = set()
    watched = [Watched(feed, settings, tools, failing) for feed in feeds.feeds.values()]
    tasks = [asyncio.create_task(each.once() if once else each.keep_polling()) for each in watched]
    polling = asyncio.gather(*tasks, return_exceptions=True)
    ended = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({ended, polling}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (ended, *tasks):
            task.cancel()
        reader.close()
        codes = await polling
        await handover.close()
        if answering:
            await answering.cleanup()
    if not once:
        return 0
    told = {code if isinstance(code, int) else 1 for code in codes}  # cut short: not everything was polled
    return next((code for code in (1, 2) if code in told), 0)


class Watched:
    """A feed under way: what is remembered of it, and when it is polled next."""

    def __init__(self, feed: Feed, settings: Settings, tools: Tools, failing: set[str]) -> None:
        self.feed, self.tools, self.failing = feed, tools, failing
        self.path = settings.data / "feeds" / f"{settings.prefix}{feed.name}.json"
        self.known: Memory = memory.load(self.path, feed.url)

    async def keep_polling(self) -> None:
        """Poll whenever it is due, for ever; what was put off before a restart stays put off."""
        while True:
            if self.known.due:
                await asyncio.sleep(min((self.known.due - self.tools.clock()).total_seconds(), pace.LONGEST))
            await self.once()

    async def once(self) -> int:
        """Poll now, tell how it went, and set when it is due again; 0, 1 or 2 as of the command."""
        wait: float | None = None
        try:
            polled = await poll(self.feed, self.known, self.path, self.tools)
        except Failed as bad:
            code, outcome, wait = 2, bad.why, pace.asked(bad.retry_after, self.tools.clock())
            self.known.failures += 1
            said = str(bad)
        except NotTaken as bad:
            code, outcome, said = 1, "kafka", f"Kafka did not take it, it will be sent again: {bad}"
        except Exception as bad:  # a bug, or a full disk: it must not stop the other feeds
            code, outcome, wait = 2, "bug", 0.0
            self.known.failures += 1
            said = f"{type(bad).__name__}: {bad}"
            log.error("%s: not foreseen", self.feed.name, exc_info=not isinstance(bad, OSError))
        else:
            code, outcome, wait = 2 if polled.refused else 0, "same" if polled.same else "ok", 0.0
            self.known.failures = 0
            said = _summary(polled)
        seconds = (
            min(SOON, self.feed.every)
            if wait is None
            else pace.wait(self.feed.every, self.known.failures, wait, random.random())
        )
        self._note(outcome, said, seconds)
        return code

    def _note(self, outcome: str, said: str, seconds: float) -> None:
        metrics.feed_polls.labels(outcome).inc()
        if well := outcome in ("ok", "same"):
            self.failing.discard(self.feed.name)
        else:
            self.failing.add(self.feed.name)
        metrics.feeds_failing.set(len(self.failing))
        level = logging.INFO if well else logging.WARNING
        again = "" if well else f" ({outcome}); again in {seconds:.0f} s"
        if said:
            tell(level, self.feed, said + again)
        self.known.due = self.tools.clock() + timedelta(seconds=seconds)
        try:
            memory.save(self.path, self.known)
        except OSError as bad:
            tell(logging.ERROR, self.feed, f"{self.path} cannot be written: {bad}")


def _summary(polled: Polled) -> str:
    counts = {
        "new": polled.first,
        "changed": polled.changed,
        "refused": polled.refused,
        "without page": polled.pages_failed,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
