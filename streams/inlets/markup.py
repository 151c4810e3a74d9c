"""HTML as plain text, in time linear in its length, whatever it holds.

The parsers at hand build a tree or go back over what they have read; a body that an outsider wrote
needs neither.
"""

import html
import re

BLOCKS = re.compile(
    "/?(address|article|aside|blockquote|br|caption|d[dlt]|div|fig(caption|ure)|footer|form|h[1-6r]|header|li|main|nav"
    "|[ou]l|p|pre|section|table|t[dhr]|title)"
)
UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "svg"))
NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9]*")
BLANK = re.compile(r"[ \t\r\n\f]+")
ABSURD = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")  # beyond Unicode; thousands of digits raise in `int`


def text(markup: str) -> str:
    """The text of an HTML fragment: a line for each block, entities as the characters they stand for.

    >>> text("<p>At least <b>12</b>&nbsp;people</p><p>fled &amp; hid<br>in 5 < 6 huts")
    'At least 12\\xa0people\\nfled & hid\\nin 5 < 6 huts'
    """
    first, *parts = markup.split("<")
    seen = [first]
    waits = ""  # what ends a stretch that nobody reads: a comment's end, or a closing tag
    for part in parts:
        if waits:
            if waits == "-->" and "-->" in part:
                waits = ""
                seen.append(part.partition("-->")[2])
            elif waits != "-->" and part[: len(waits)].lower() == waits:
                waits = ""
                seen.append(part.partition(">")[2])
            continue
        if part.startswith("!--"):
            inside, closed, after = part[1:].partition("-->")
            waits = "" if closed else "-->"
            seen.append(after)
            continue
        if part.startswith(("!", "?")):
            seen.append(part.partition(">")[2])
            continue
        tag = NAME.match(part)
        if not tag:
            seen.append("<" + part)
            continue
        name = tag[0].lower()
        inside, _, after = part.partition(">")
        if name in UNSEEN and not inside.endswith("/"):
            waits = "/" + name
            continue
        if BLOCKS.fullmatch(name):
            seen.append("\0")  # stands for a line's end: blanks are not yet joined, and no article holds a NUL
        seen.append(after)
    joined = BLANK.sub(" ", html.unescape(ABSURD.sub("\ufffd", "".join(seen))))
    lines = (line.strip(" ") for line in joined.split("\0"))
    return "\n".join(line for line in lines if line)
