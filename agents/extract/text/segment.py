"""Where sentences begin and end: lines first, then stops that end a sentence."""

import re
from collections.abc import Container

from agents.extract.text.folding import FILLER

STOP = re.compile("[.!?؟…\n\r\u2028\u2029]+")
LINE_ENDS = frozenset("\n\r\u2028\u2029")
CLOSING = frozenset("\"'”»)]")  # may follow a stop and belong to its sentence
GLUED = re.compile(r"[^\W\d_]{3,}\s")  # a word right after a stop: a space was forgotten
LAST_WORD = re.compile(r"(?<![^\W_])([^\W_]{1,12})\.$")
LONGEST = 1200  # characters; a longer stretch without a stop is cut, so that work stays bounded


def sentences(folded: str, abbreviations: Container[str]) -> list[tuple[int, int]]:
    """Start and end of each sentence of a folded text, blank ones left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in STOP.finditer(folded):
        end, sign = stop.end(), stop[0]
        if LINE_ENDS.isdisjoint(sign):
            if folded[end : end + 1] != " ":
                end = _closed(folded, end)
                if end < len(folded) and not (folded[end].isspace() or folded[end] == FILLER):
                    end = stop.end()
                    if sign not in (".", "؟") or not GLUED.match(folded, end):
                        continue
            if sign == ".":
                last = LAST_WORD.search(folded, max(start, stop.start() - 12), stop.start() + 1)
                if last and (last[1] in abbreviations or (len(last[1]) == 1 and last[1].isalpha())):
                    continue
        _add(found, folded, start, end)
        start = end
    _add(found, folded, start, len(folded))
    return found


def _closed(folded: str, end: int) -> int:
    """The position behind up to two closing signs."""
    for _ in range(2):
        if end < len(folded) and folded[end] in CLOSING:
            end += 1
    return end


def _add(found: list[tuple[int, int]], folded: str, start: int, end: int) -> None:
    """One sentence more, in pieces where it is too long, without the blanks around it."""
    while end - start > LONGEST:
        at = folded.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = start + LONGEST if at < 0 else at
        _add(found, folded, start, at)
        start = at
    part = folded[start:end]
    left = len(part) - len(part.lstrip(" \t\n\r\u2028\u2029-•*"))
    right = len(part.rstrip())
    if right > left:
        found.append((start + left, start + right))
