"""One feed, polled once: fetched, read, compared with what is remembered, and what is new published."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp
import msgspec

from streams import metrics
from streams.inlets.feeds import articles, memory
from streams.inlets.feeds.apart import Reader
from streams.inlets.feeds.config import Feed
from streams.inlets.feeds.entries import Contents, Entry, TooLong, Unreadable
from streams.inlets.feeds.fetch import Failed, fetch, session
from streams.inlets.feeds.memory import Memory, Seen
from streams.inlets.feeds.pace import Turns
from streams.records import Article
from streams.wire import BadRecord

FEED_TYPES = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9"
PAGE_TRIES = 3  # how often a page is asked for before the feed's own words have to do
MOST_SLOW = 3  # pages a poll that may take too long to read: all feeds share the reader
BATCH, BATCH_TEXT = 50, 4_000_000  # articles, and characters of them, that are sent before the next are made

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

log = logging.getLogger("tollwire.feed")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a poll works with. `deliver` returns when Kafka has the articles."""

    reader: Reader
    turns: Turns
    deliver: Callable[[Sequence[Article]], Awaitable[None]]
    clock: Callable[[], datetime]
    user_agent: str


@dataclass(slots=True)
class Polled:
    """What a poll found. `same`: the server has nothing newer, so nothing was read."""

    same: bool = False
    first: int = 0
    changed: int = 0
    refused: int = 0
    pages_failed: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What became of an entry's page: its text, None where it was not asked for or not to be had."""

    text: str | None = None
    tries: int = 0  # in vain, in a row
    slow: bool = False  # it took too long to read

    @property
    def again(self) -> bool:
        """Whether it is to be asked for again at the next poll."""
        return 0 < self.tries < PAGE_TRIES


@dataclass(slots=True)
class Batch:
    """Articles to be sent together, each with what to remember of its entry once Kafka has it."""

    articles: list[Article] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    changed: int = 0
    text: int = 0


def tell(level: int, feed: Feed, text: str) -> None:
    """A line in the log, one line whatever outsiders wrote of it."""
    log.log(level, "%s: %s", feed.name, CONTROL.sub("\ufffd", text))


async def poll(feed: Feed, known: Memory, path: Path, tools: Tools) -> Polled:
    """Poll once; `known` and its file at `path` follow. Raises Failed, and NotTaken where Kafka does not answer.

    What was made of an entry is on disk before it is sent: whatever ends the process in between, the same
    version under the same id is sent again, and nothing else. The conditional GET moves on only after that.
    """
    async with session(feed, tools.user_agent) as client:
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        headers = {"Accept": FEED_TYPES} | {name: value for name, value in conditions.items() if value}
        document = await fetch(client, feed, feed.url, headers, tools.turns.turn)
        if document.body is None:
            return Polled(same=True)
        try:
            contents = await tools.reader.contents(
                document.body, document.url, document.content_type, feed.charset, feed.max_entries
            )
        except Unreadable as bad:
            raise Failed("document", f"{document.url}: {bad}") from None
        polled = await _publish(feed, contents, known, path, client, tools)
    known.forget(len(contents.entries))
    whole = not polled.pages_failed  # else the next poll is to see all entries again
    known.etag, known.modified = (document.etag, document.modified) if whole else (None, None)
    return polled


async def _publish(
    feed: Feed, contents: Contents, known: Memory, path: Path, client: aiohttp.ClientSession, tools: Tools
) -> Polled:
    polled, batch, slow = Polled(), Batch(), 0
    for uri, entry in list(articles.unlike(feed, contents, known)):
        if slow >= MOST_SLOW:
            break
        before = known.seen.get(uri)
        page = await _page(feed, entry, before, client, tools)
        slow += page.slow
        polled.pages_failed += page.again
        looked = "" if page.again else articles.looked(feed, entry)
        if page.tries and before and before.paged:
            # The feed's own words say less, and would take back what the page said.
            known.sight(uri, msgspec.structs.replace(before, looked=looked, tries=page.tries))
            continue
        paged, now = page.text is not None, tools.clock()
        try:
            made = articles.article(feed, contents.title, uri, entry, page.text or entry.text, before, now)
        except BadRecord as bad:
            polled.refused += 1
            metrics.feed_articles.labels("refused").inc()
            tell(logging.WARNING, feed, f"{uri} refused: {bad}")
            known.sight(uri, Seen(looked=looked, version="", created=now, first=now, sent=True))
            continue
        if made is None:
            known.sight(uri, msgspec.structs.replace(before, looked=looked, paged=paged, tries=page.tries))
            continue
        batch.articles.append(made)
        batch.seen[uri] = Seen(
            looked=looked, version=made.version, created=made.versionCreated,
            first=made.firstCreated or made.versionCreated, sent=False, paged=paged, tries=page.tries,
        )  # fmt: skip
        batch.changed += before is not None and before.version not in ("", made.version)
        batch.text += len(made.body)
        if len(batch.articles) >= BATCH or batch.text >= BATCH_TEXT:
            await _send(batch, polled, known, path, tools)
            batch = Batch()
    await _send(batch, polled, known, path, tools)
    if slow >= MOST_SLOW:
        raise Failed("document", f"{slow} of its pages took too long to read; the rest is left for later")
    return polled


async def _page(feed: Feed, entry: Entry, before: Seen | None, client: aiohttp.ClientSession, tools: Tools) -> Page:
    """The page of an entry, where it is wanted; a failure is counted and told."""
    if not (feed.pages and entry.link):
        return Page()
    try:
        document = await fetch(client, feed, entry.link, {"Accept": PAGE_TYPES}, tools.turns.turn)
        text = await tools.reader.page(document.body or b"", document.content_type, None)
    except (Failed, Unreadable) as bad:
        metrics.feed_pages.labels(bad.why if isinstance(bad, Failed) else "document").inc()
        tell(logging.WARNING, feed, f"page of an entry: {bad}")
        if isinstance(bad, TooLong):
            return Page(tries=PAGE_TRIES, slow=True)
        return Page(tries=before.tries + 1 if before else 1)
    metrics.feed_pages.labels("ok").inc()
    first, _, rest = text.partition("\n")
    return Page(rest if rest and first.strip() == entry.title else text)


async def _send(batch: Batch, polled: Polled, known: Memory, path: Path, tools: Tools) -> None:
    if not batch.articles:
        return
    for uri, seen in batch.seen.items():
        known.sight(uri, seen)
    memory.save(path, known)
    await tools.deliver(batch.articles)
    for uri, seen in batch.seen.items():
        known.sight(uri, msgspec.structs.replace(seen, sent=True))
    polled.changed += batch.changed
    polled.first += len(batch.articles) - batch.changed
    metrics.feed_articles.labels("changed").inc(batch.changed)
    metrics.feed_articles.labels("first").inc(len(batch.articles) - batch.changed)
