"""What feeds.toml says: which feeds to poll, how often, and what they may do.

Raises BadFeeds, naming the file, the feed and the field; nothing is passed over in silence.
"""

import re
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec

from streams.mendable import Mendable

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"

Seconds = Annotated[float, msgspec.Meta(ge=0.05, le=86_400)]


class BadFeeds(Mendable, ValueError):
    """A feeds.toml that cannot be used."""


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One feed. Sizes are bytes after decompression, times are seconds."""

    name: str = ""  # the table's name; part of the uris of entries whose guid is no address of the feed's own host
    url: str
    every: Seconds = 300.0
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None  # else the feed's own title
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE)] | None = (
        None  # else detected: many feeds say en-US whatever they hold
    )
    charset: str | None = None  # of the document, whatever it declares
    pages: bool = False  # fetch the page of each new or changed entry, and take its text
    redirects: Annotated[int, msgspec.Meta(ge=0, le=10)] = 0  # hops to follow, at most
    allow: tuple[str, ...] = ()  # networks that are not public and may be connected to, as "10.1.0.0/16"
    timeout: Seconds = 20.0  # for one document, from the first packet to the last
    max_bytes: Annotated[int, msgspec.Meta(ge=1_000, le=64 << 20)] = 4 << 20  # of one document
    max_entries: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 500  # of one poll; the first ones of the document


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    feeds: dict[str, Any]
    at_once: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8  # requests at the same time, to all hosts together
    pause: Annotated[float, msgspec.Meta(ge=0, le=600)] = 1.0  # between two requests to one host
    user_agent: Annotated[str, msgspec.Meta(pattern=r"^[\x20-\x7e]{1,200}$")] = "tollwire"


def load(path: Path) -> Feeds:
    """The file, each of its feeds a Feed under its name. Raises BadFeeds."""
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except OSError as bad:
        raise BadFeeds(f"{path}: cannot be read: {bad.strerror or bad}") from None
    except ValueError as bad:
        raise BadFeeds(f"{path}: not TOML: {bad}") from None
    whole = _converted(str(path), plain, Feeds)
    if not whole.feeds:
        raise BadFeeds(f"{path}: feeds: none is named; a feed is a table, as [feeds.example-wire]")
    feeds = {name: _feed(f"{path}: feeds.{name}", name, table) for name, table in whole.feeds.items()}
    addresses: dict[str, str] = {}
    for name, feed in feeds.items():
        if feed.url in addresses:
            raise BadFeeds(f"{path}: feeds.{name}: url: the same as of feeds.{addresses[feed.url]}")
        addresses[feed.url] = name
    return msgspec.structs.replace(whole, feeds=feeds)


def _feed(where: str, name: str, table: Any) -> Feed:
    if not NAME.fullmatch(name):
        raise BadFeeds(f"{where}: the name is up to 64 letters, digits, . _ -")
    if isinstance(table, dict) and "name" in table:
        raise BadFeeds(f"{where}: name: the table's own name is the feed's name")
    feed = _converted(where, table, Feed)
    if problem := _problem(feed):
        raise BadFeeds(f"{where}: {problem}")
    return msgspec.structs.replace(feed, name=name)


def _problem(feed: Feed) -> str | None:
    try:
        parts = urlsplit(feed.url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or re.search(r"[\s\x00-\x1f]", feed.url):
        return f"url: {feed.url[:80]!r} is no http or https address"
    if parts.username is not None or parts.password is not None:
        return "url: holds a user or a password, which would be seen in logs"
    if feed.charset is not None:
        try:
            "x".encode(feed.charset)
        except (LookupError, ValueError):
            return f"charset: {feed.charset!r} is none that Python knows, as utf-8 or windows-1256"
    for network in feed.allow:
        try:
            ip_network(network)
        except ValueError as bad:
            return f"allow: {bad}"
    return None


def _converted(where: str, plain: Any, kind: Any) -> Any:
    """Plain values as this kind; msgspec says `… - at `$.every``, a person wants the field first."""
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as bad:
        problem, _, path = str(bad).partition(" - at `$")
        field = path.rstrip("`").lstrip(".")
        for pattern in (r"unknown field `(.+?)`", r"missing required field `(.+?)`"):
            if named := re.search(pattern, problem):
                field, problem = named[1], "missing"
                if "unknown" in pattern:
                    problem = f"no such field; there are {', '.join(kind.__struct_fields__)}"
        raise BadFeeds(f"{where}: {field}: {problem}" if field else f"{where}: {problem}") from None
