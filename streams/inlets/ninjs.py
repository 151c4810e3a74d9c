"""One news item as plain JSON becomes an Article: IPTC ninjs 3, 2 and 1, or our own record.

ninjs 3 (https://iptc.org/std/ninjs/): `versionCreated`, `headlines`, `bodies`, `infoSources`;
2.x writes the names in lower case; 1.x has `headline`, `body_text`, `body_xhtml`.
"""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from streams.inlets import markup
from streams.records import Article, PubStatus, Time
from streams.wire import BadRecord, encode

MAX_TEXT = 900_000  # bytes of UTF-8 in one headline or body
MAX_BYTES = 1_000_000  # of the encoded record: with key and headers it stays under Kafka's 1 MiB
LONGEST = {"uri": 2000, "version": 100, "language": 35, "headline": 5000, "source": 500, "link": 2000}  # characters
YEARS = (1900, 2100)  # news; and later sums of times cannot overflow

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
PUBLISHERS = frozenset(("publisher", "source", "provider", "originator"))


def article(item: Any) -> Article:
    """A JSON object as an Article. Raises BadRecord, which names the field that is wrong."""
    if not isinstance(item, dict):
        raise BadRecord(f"not a news item: a JSON object is wanted, this is {_kind(item)}")
    made = Article(
        uri=_uri(item),
        version=_version(item),
        versionCreated=_required_time(item),
        firstCreated=_time(item, "firstCreated", "firstcreated"),
        language=_language(item),
        pubStatus=_status(item),
        headline=_headline(item),
        body=_body(item),
        source=_source(item),
        link=_link(item),
    )
    if made.pubStatus == "usable" and not made.headline and not made.body.strip():
        raise BadRecord("bodies: a usable item needs a headline or a body")
    if len(encode(made)) > MAX_BYTES:
        raise BadRecord(f"the record is longer than {MAX_BYTES:,} bytes")
    return made


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _find(item: dict[str, Any], *names: str) -> tuple[str, Any]:
    """The first of these fields that says something, with its name."""
    for name in names:
        if item.get(name) not in (None, "", []):
            return name, item[name]
    return names[0], None


def _text(name: str, value: Any, longest: int | None = None) -> str:
    if not isinstance(value, str):
        raise BadRecord(f"{name}: a text is wanted, this is {_kind(value)}")
    if longest is not None and len(value) > longest:
        raise BadRecord(f"{name}: longer than {longest:,} characters")
    if "\x00" in value:
        raise BadRecord(f"{name}: holds a NUL byte")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise BadRecord(f"{name}: holds half a character (a lone surrogate)") from None
    if size > MAX_TEXT:
        raise BadRecord(f"{name}: longer than {MAX_TEXT:,} bytes")
    return value


def _uri(item: dict[str, Any]) -> str:
    name, value = _find(item, "uri")
    if value is None:
        raise BadRecord("uri: missing")
    uri = _text(name, value, LONGEST["uri"]).strip()
    if not uri or CONTROL.search(uri):
        raise BadRecord("uri: blank, or holds control characters")
    return uri


def _version(item: dict[str, Any]) -> str:
    name, value = _find(item, "version")
    if value is None:
        return "1"
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.15g}" if isinstance(value, float) else str(value)
    version = _text(name, value, LONGEST["version"]).strip()
    if CONTROL.search(version):
        raise BadRecord("version: holds control characters")
    return version or "1"


def _time(item: dict[str, Any], *names: str) -> datetime | None:
    name, value = _find(item, *names)
    if value is None:
        return None
    try:
        time = msgspec.convert(_text(name, value, 40).strip(), Time).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        raise BadRecord(
            f"{name}: {_quoted(value)} is no date with time and zone (RFC 3339), as 2026-05-09T17:36:00Z"
        ) from None
    if not YEARS[0] <= time.year < YEARS[1]:
        raise BadRecord(f"{name}: {_quoted(value)} lies outside the years {YEARS[0]} to {YEARS[1]}")
    return time


def _required_time(item: dict[str, Any]) -> datetime:
    time = _time(item, "versionCreated", "versioncreated")
    if time is None:
        raise BadRecord("versionCreated: missing; without it nobody can tell newer from older")
    return time


def _quoted(value: str) -> str:
    return repr(value[:40])


def _language(item: dict[str, Any]) -> str | None:
    name, value = _find(item, "language")
    if value is None:
        return None
    language = _text(name, value, LONGEST["language"]).strip().replace("_", "-")
    if not LANGUAGE.fullmatch(language):
        raise BadRecord(f"language: {_quoted(value)} is no language tag (BCP 47), as ar or en-GB")
    return None if language.lower() == "und" else language


def _status(item: dict[str, Any]) -> PubStatus:
    name, value = _find(item, "pubStatus", "pubstatus")
    if value is None:
        return "usable"
    try:
        return msgspec.convert(value, PubStatus)
    except msgspec.ValidationError:
        raise BadRecord(f"{name}: usable, withheld or canceled is wanted") from None


def _entries(name: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise BadRecord(f"{name}: a list of objects is wanted")
    return value


def _readable(name: str, entry: dict[str, Any]) -> str | None:
    """The text of a headline or body; None for kinds that are not for reading (XML of an agency)."""
    _, kind = _find(entry, "contentType", "contenttype")
    kind = _text(f"{name}.contentType", kind).lower() if kind is not None else ""
    if "html" in kind:
        return markup.text(_text(f"{name}.value", entry.get("value")))
    if kind and not kind.startswith("text/"):
        return None
    return _text(f"{name}.value", entry.get("value"))


def _main(name: str, value: Any) -> str | None:
    """The entry whose role is "main", else the first that can be read."""
    entries = list(enumerate(_entries(name, value)))
    entries.sort(key=lambda numbered: numbered[1].get("role") != "main")
    texts = (_readable(f"{name}[{number}]", entry) for number, entry in entries)
    return next((text for text in texts if text is not None), None)


def _headline(item: dict[str, Any]) -> str | None:
    name, value = _find(item, "headlines", "headline")
    if value is None:
        return None
    headline = _main(name, value) if name == "headlines" else _text(name, value)
    if headline is None or not headline.strip():
        return None
    return _text(name, headline, LONGEST["headline"])


def _body(item: dict[str, Any]) -> str:
    name, value = _find(item, "bodies", "body", "body_text", "body_xhtml", "body_html")
    if value is None:
        return ""
    if name == "bodies":
        return _main(name, value) or ""
    body = _text(name, value)
    return markup.text(body) if name.endswith("html") else body


def _source(item: dict[str, Any]) -> str | None:
    """The publisher: named so by its role, else the first information source, else who holds the rights."""
    name, value = _find(item, "infoSources", "infosources", "infosource")
    if value is not None:
        named = [entry for entry in _entries(name, value) if entry.get("name")]
        named.sort(key=lambda entry: re.split(r"[/:#]", str(entry.get("role", "")).lower())[-1] not in PUBLISHERS)
        if named:
            return _text(f"{name}.name", named[0]["name"], LONGEST["source"])
    name, value = _find(item, "source", "copyrightHolder", "copyrightholder")
    return None if value is None else _text(name, value, LONGEST["source"])


def _link(item: dict[str, Any]) -> str | None:
    """Where a reader finds the item on the web; only http and https, for people will follow it.

    ninjs has no field for it: a rendition of HTML has it, or the uri is one. Publishers use `links`
    and `webUrl` too.
    """
    found = [item.get("link"), item.get("webUrl"), item.get("weburl")]
    for name in ("links", "renditions"):
        for entry in item[name] if isinstance(item.get(name), list) else ():
            if isinstance(entry, dict):
                kind = entry.get("contentType") or entry.get("contenttype") or entry.get("mimetype")
                found.append(entry.get("href") if name == "links" or kind == "text/html" else None)
    found.append(item.get("uri"))
    return next(
        (each for each in found if isinstance(each, str) and len(each) <= LONGEST["link"] and WEB.fullmatch(each)), None
    )
