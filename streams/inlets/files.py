"""Article updates out of files: JSON Lines, one JSON document, or plain text; each plain or .gz.

Whatever a file holds, memory stays bounded: lines are streamed, and what is too long is passed over
without being kept.
"""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from streams.inlets import ninjs
from streams.records import Article
from streams.wire import BadRecord, load

MAX_LINE = 4 << 20  # bytes; an item may hold its text several times, in renderings we do not read
MAX_DOCUMENT = 16 << 20  # bytes of a JSON document that is not in lines
MAX_WASTE = 64 << 20  # bytes passed over in a row before the rest is refused: a compressed file may never end

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Read:
    """An article version, and the line of the file it stands in."""

    file: str
    line: int
    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be taken, and why; line 0 is the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


Item = Read | Refused


def items(path: str | Path, language: str | None = None, source: str | None = None) -> Iterator[Item]:
    """The items of a file in its order; "-" is the standard input. Raises nothing.

    A name that ends in .txt (or .txt.gz) is one article in plain text, everything else is JSON: an
    object a line, or one document, an object or a list of them. `language` and `source` fill in
    where an item has none.
    """
    name = str(path)
    line = 0
    try:
        with _opened(name) as raw:
            stream = gzip.GzipFile(fileobj=raw) if raw.peek(2)[:2] == b"\x1f\x8b" else raw
            if name.lower().endswith((".txt", ".txt.gz")):
                found = _plain(Path(name), stream, language, source)
            else:
                found = _json(name, stream, language, source)
            for item in found:
                line = item.line
                yield item
    except (EOFError, zlib.error, gzip.BadGzipFile) as bad:
        yield Refused(name, line + 1, f"the compressed file is broken from here on, the rest is lost: {bad}")
    except IsADirectoryError:
        yield Refused(name, 0, f"is a folder: name its files, as {Path(name) / '*.jsonl'}")
    except OSError as bad:
        yield Refused(name, 0, f"cannot be read: {bad.strerror or bad}")


def _opened(name: str) -> AbstractContextManager[io.BufferedReader]:
    if name != "-":
        return open(name, "rb")
    stream = sys.stdin.buffer
    return nullcontext(stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream))


def _item(name: str, line: int, plain: Any, language: str | None, source: str | None) -> Item:
    if language and isinstance(plain, dict) and not plain.get("language"):
        plain = plain | {"language": language}
    try:
        made = ninjs.article(plain)
    except BadRecord as bad:
        return Refused(name, line, str(bad))
    return Read(name, line, replace(made, source=source) if source and not made.source else made)


def _not_utf8(value: bytes) -> str | None:
    try:
        value.decode()
    except UnicodeDecodeError as bad:
        return f"not UTF-8: byte {bad.start + 1} is 0x{value[bad.start]:02x}"
    return None


def _plain(path: Path, stream: IO[bytes], language: str | None, source: str | None) -> Iterator[Item]:
    """One article: its first line is the headline if a blank line follows; uri and version from the file."""
    value = stream.read(ninjs.MAX_BYTES + 1).removeprefix(BOM)
    if not value.strip():
        yield Refused(str(path), 0, "empty file")
    elif len(value) > ninjs.MAX_BYTES:
        yield Refused(str(path), 1, f"longer than {ninjs.MAX_BYTES:,} bytes")
    elif bad := _not_utf8(value):
        yield Refused(str(path), 1, bad)
    else:
        text = value.decode().replace("\r\n", "\n").strip("\n")
        headline, blank, body = text.partition("\n\n")
        if not blank or "\n" in headline:
            headline, body = "", text
        microseconds = path.stat().st_mtime_ns // 1000
        plain = {
            "uri": path.resolve().as_uri(),
            "version": str(microseconds // 1_000_000),
            "versionCreated": datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(),
            "headline": headline,
            "body": body.lstrip("\n"),
        }
        yield _item(str(path), 1, plain, language, source)


def _json(name: str, stream: IO[bytes], language: str | None, source: str | None) -> Iterator[Item]:
    """JSON Lines, unless the first line shows a document: a list, or an object that goes on."""
    first = stream.readline(MAX_LINE + 1)
    if first[:2] in UTF16:
        yield Refused(name, 0, "not UTF-8: this is UTF-16")
        return
    ahead = first.removeprefix(BOM)
    if _goes_on(ahead):
        ahead += stream.read(MAX_DOCUMENT + 1 - len(ahead))
        plain, reason = _document(ahead)
        if reason is None:
            yield from _members(name, plain, language, source)
            return
        if not any(_is_object(line) for line in ahead.split(b"\n")[1:]):
            yield Refused(name, 1, reason)
            return
        # the first line is broken, others are whole: lines after all
    number = 0
    for number, line in _lines(stream, ahead):
        if isinstance(line, str):
            yield Refused(name, number, line)
        elif bad := _not_utf8(line):
            yield Refused(name, number, bad)
        else:
            try:
                plain = load(line)
            except BadRecord as error:
                yield Refused(name, number, str(error))
            else:
                yield _item(name, number, plain, language, source)
    if not number:
        yield Refused(name, 0, "empty file")


def _goes_on(line: bytes) -> bool:
    start = line.lstrip()[:1]
    return start == b"[" or (start == b"{" and len(line) <= MAX_LINE and not _is_object(line))


def _is_object(line: bytes) -> bool:
    try:
        return line.lstrip()[:1] == b"{" and isinstance(load(line), dict)
    except BadRecord:
        return False


def _document(value: bytes) -> tuple[Any, str | None]:
    """What the document holds, or why it cannot be taken."""
    if len(value) > MAX_DOCUMENT:
        return None, f"a JSON document longer than {MAX_DOCUMENT >> 20} MiB; as JSON Lines it can have any length"
    try:
        return load(value), _not_utf8(value)
    except BadRecord as bad:
        return None, _not_utf8(value) or str(bad)


def _members(name: str, plain: Any, language: str | None, source: str | None) -> Iterator[Item]:
    if not isinstance(plain, list):
        yield _item(name, 1, plain, language, source)
        return
    if not plain:
        yield Refused(name, 1, "an empty list")
    for number, each in enumerate(plain, 1):
        item = _item(name, 1, each, language, source)
        yield replace(item, reason=f"item {number}: {item.reason}") if isinstance(item, Refused) else item


def _lines(stream: IO[bytes], ahead: bytes) -> Iterator[tuple[int, bytes | str]]:
    """Numbered lines that are not blank; in place of one that is too long, why it is refused.

    `ahead` is what has been read of the stream before.
    """
    before = io.BytesIO(ahead)

    def readline(most: int) -> bytes:
        line = before.readline(most)
        return line if line.endswith(b"\n") or len(line) == most else line + stream.readline(most - len(line))

    number, blank = 0, 0
    while line := readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            yield number, f"longer than {MAX_LINE >> 20} MiB"
            passed = 0
            while line and not line.endswith(b"\n") and passed <= MAX_WASTE:
                line = readline(1 << 16)
                passed += len(line)
            blank = passed if passed > MAX_WASTE else 0
        elif line.isspace():
            blank += max(len(line), 1 << 10)  # short lines cost time, not space
        else:
            blank = 0
            yield number, line
        if blank > MAX_WASTE:
            yield number, f"nothing to read for {MAX_WASTE >> 20} MiB; the rest of the file is passed over"
            return
