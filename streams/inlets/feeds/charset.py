"""The characters of a document, whatever it says of itself.

Declarations are often wrong: servers and templates say UTF-8 or ISO-8859-1 of documents in windows-1256.
"""

import codecs
import re

from charset_normalizer import from_bytes

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = (
    re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})"""),
    re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE),
)
HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
HEAD = 2048  # bytes in which a document declares itself
LATIN = frozenset(("iso8859-1", "cp1252", "ascii"))
HIGH = re.compile(rb"[\x80-\xff]+")
LEGACY = [
    "cp1256",
    "iso8859_6",
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
]  # told apart by their letters
SAMPLE = 200_000  # bytes that are looked at to tell them


def decode(body: bytes, content_type: str = "", given: str | None = None) -> str:
    """The text of a document. `given` is what feeds.toml says of it, and the last word. Raises nothing.

    >>> decode("<p>قتل 14 شخصا على الأقل".encode("windows-1256"), "text/html; charset=utf-8")
    '<p>قتل 14 شخصا على الأقل'
    """
    if given:
        return body.decode(given, "replace")
    for mark, name in BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode()  # no text of another charset, of more than a few letters, happens to be valid UTF-8
    except UnicodeDecodeError:
        pass
    broken = body.decode("utf-8", "replace")
    if broken.count("\ufffd") * 20 < sum(character > "\x7f" for character in broken):
        return broken  # UTF-8 with letters cut in half
    for name in _declared(body, content_type):
        if name in LATIN and _letters_in_runs(body):
            continue  # no language in Latin letters has word after word of accents
        if name != "utf-8":
            try:
                return body.decode("cp1252" if name in LATIN else name)
            except UnicodeDecodeError:
                continue
    found = from_bytes(body[:SAMPLE], cp_isolation=LEGACY).best()
    return body.decode(found.encoding if found else "cp1252", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    """The charsets that the document and the server name, by Python's names."""
    said = [found[1].decode("ascii") for pattern in DECLARED if (found := pattern.search(body[:HEAD]))]
    said += HEADER.findall(content_type)
    names = []
    for each in said:
        try:
            info = codecs.lookup(each)
        except LookupError:
            continue
        if info._is_text_encoding:
            names.append(info.name)
    return names


def _letters_in_runs(body: bytes) -> bool:
    runs = HIGH.findall(body[:SAMPLE])
    return sum(len(run) for run in runs if len(run) > 2) * 2 > sum(map(len, runs))
