"""What an RSS or Atom document says: its title and its entries, as plain text."""

import calendar
import io
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser
import msgspec

from streams.inlets import markup
from streams.inlets.feeds.charset import decode

HTML = ("text/html", "application/xhtml+xml")


class Unreadable(ValueError):
    """A document that is not what it should be; the message says what it looks like."""


class TooLong(Unreadable):
    """A document that was not read in its time: reading it again would cost as much."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed. `guid` is its own identity, `link` the web page; each None where it has none."""

    guid: str | None
    link: str | None
    title: str
    text: str
    published: datetime | None
    updated: datetime | None


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """A feed document: its title, and at most so many entries as were asked for, in its order."""

    title: str | None
    entries: list[Entry]


def read(body: bytes, url: str, content_type: str, charset: str | None, most: int) -> Contents:
    """The document at this address. Raises Unreadable.

    Nothing outside of the document is ever read: no file, no address, no entity.
    """
    text = decode(body, content_type, charset).lstrip()
    if "<!entity" in text.lower():
        raise Unreadable("declares XML entities, which no feed needs")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]  # it is UTF-8 now, whatever it was
    # As a stream, for feedparser takes a string for an address or a file's name.
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.entries and not parsed.get("version"):
        html = "<html" in text[:2000].lower()
        raise Unreadable("an HTML page, not a feed" if html else "neither RSS nor Atom")
    title = _text(parsed.feed, "title")
    return Contents(title=title or None, entries=[_entry(each, url) for each in parsed.entries[:most]])


def _entry(found: Any, url: str) -> Entry:
    texts = [_plain(part) for part in (found.get("summary_detail"), *found.get("content", ())) if part]
    guid = found.get("id", "").strip()
    link = found.get("link", "").strip()
    return Entry(
        guid=guid or None,
        link=_joined(url, link) if link else None,
        title=" ".join(_text(found, "title").split()),
        text=max(texts, key=len, default=""),
        published=_time(found, "published_parsed"),
        updated=_time(found, "updated_parsed"),
    )


def _joined(url: str, link: str) -> str | None:
    try:
        return urljoin(url, link)
    except ValueError:
        return None


def _text(found: Any, name: str) -> str:
    detail = found.get(f"{name}_detail")
    return _plain(detail) if detail else ""


def _plain(detail: Any) -> str:
    value = detail.get("value") or ""
    return markup.text(value) if detail.get("type") in HTML else value.strip()


def _time(found: Any, name: str) -> datetime | None:
    time = dict.get(found, name)  # its own look-up gives `published` for a missing `updated`
    if not isinstance(time, struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(time), UTC)
    except (ValueError, OverflowError, OSError):
        return None
