"""One document over HTTP, within bounds: addresses, redirects, seconds, and bytes after decompression."""

import asyncio
import errno
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Literal, get_args

import aiohttp
from yarl import URL

from streams.inlets.feeds.addresses import sockets
from streams.inlets.feeds.config import Feed

Why = Literal["address", "redirect", "timeout", "size", "status", "busy", "connection", "encoding", "document"]
REASONS: tuple[str, ...] = get_args(Why)
CHUNK = 64 << 10
MOVED = frozenset((301, 302, 303, 307, 308))
BUSY = frozenset((429, 503))  # the server asks to come back later
WINDOW = 47  # zlib: gzip or zlib by its header, the largest window


class Failed(Exception):
    """A document that could not be had or read. `retry_after` is what the server asks for."""

    def __init__(self, why: Why, message: str, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.why, self.retry_after = why, retry_after


@dataclass(frozen=True, slots=True)
class Document:
    """What came: the address it came from in the end, its bytes, and what the server said of them.

    `body` is None where the server has nothing newer (304).
    """

    url: str
    body: bytes | None
    content_type: str
    etag: str | None
    modified: str | None


@asynccontextmanager
async def session(feed: Feed, user_agent: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client for one poll of one feed: what this feed is allowed holds for none of the others.

    It takes no proxy, no cookie and no password from its surroundings.
    """
    connector = aiohttp.TCPConnector(limit_per_host=1, socket_factory=sockets(feed.allow))
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
        auto_decompress=False,  # it would inflate a bomb before it is looked at
        trust_env=False,
        max_headers=64,
    ) as client:
        yield client


async def fetch(
    client: aiohttp.ClientSession,
    feed: Feed,
    url: str,
    headers: dict[str, str],
    turn: Callable[[str], AbstractAsyncContextManager[None]],
) -> Document:
    """GET this address. Each request holds the `turn` of its host. Raises Failed."""
    for _ in range(feed.redirects + 1):
        place = _place(url)
        try:
            async with (
                turn(place.host or ""),
                asyncio.timeout(feed.timeout),
                client.get(place, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status not in MOVED:
                    return await _document(answer, feed.max_bytes)
                target = answer.headers.get("Location", "")
                url = _next(place, target, answer.status)
        except TimeoutError:
            raise Failed("timeout", f"{place}: not there within {feed.timeout:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as bad:
            inwards = isinstance(bad, OSError) and bad.errno == errno.EACCES  # as addresses.sockets raises it
            raise Failed("address" if inwards else "connection", f"{place}: {bad}") from None
    how = f"more than {feed.redirects} times" if feed.redirects else "and `redirects` in feeds.toml allows none"
    raise Failed("redirect", f"{place}: redirects to {url[:200]} {how}")


def _place(url: str) -> URL:
    try:
        place = URL(url)
    except ValueError:
        raise Failed("address", f"{url[:200]!r} is no address") from None
    if place.scheme not in ("http", "https") or not place.host:
        raise Failed("address", f"{url[:200]!r} is no http or https address")
    if place.user is not None or place.password is not None:
        raise Failed("address", f"{place.host}: the address holds a user or a password")
    return place.with_fragment(None)


def _next(place: URL, target: str, status: int) -> str:
    try:
        there = place.join(URL(target))
    except ValueError:
        raise Failed("redirect", f"{place}: redirects to {target[:200]!r}, which is no address") from None
    if not target:
        raise Failed("redirect", f"{place}: answers {status} without saying where to go")
    if place.scheme == "https" and there.scheme != "https":
        raise Failed("redirect", f"{place}: redirects to {there}, which is not protected by TLS")
    return str(there)


async def _document(answer: aiohttp.ClientResponse, most: int) -> Document:
    said = answer.headers
    if answer.status == 304:
        body = None
    elif answer.status == 200:
        body = await _body(answer, most)
    else:
        why: Why = "busy" if answer.status in BUSY else "status"
        raise Failed(why, f"{answer.url}: answers {answer.status}", said.get("Retry-After"))
    return Document(str(answer.url), body, said.get("Content-Type", ""), said.get("ETag"), said.get("Last-Modified"))


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, decompressed as it comes, never a byte more than `most`."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise Failed("encoding", f"{answer.url}: compressed as {coding[:40]!r}, which was not asked for")
    inflate = zlib.decompressobj(WINDOW) if coding not in ("identity", "") else None
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        if inflate:
            try:
                chunk = inflate.decompress(chunk, most + 1 - len(body))
            except zlib.error as bad:
                raise Failed("encoding", f"{answer.url}: not {coding}: {bad}") from None
        body += chunk
        if len(body) > most:
            raise Failed("size", f"{answer.url}: longer than {most:,} bytes")
    if inflate and not inflate.eof:
        raise Failed("encoding", f"{answer.url}: the compressed document is cut off")
    return bytes(body)
