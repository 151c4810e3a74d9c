"""Records as a person reads them in a terminal.

Everything comes from outside: control characters (a terminal obeys them) and marks that turn the
direction of a line are shown as nothing; what is written from right to left stands in an isolate, so
that the line around it keeps its order.
"""

import re
import unicodedata
from functools import singledispatch
from typing import Any

from rich.text import Text

from streams.inlets.files import Refused
from streams.outlets.letter import Letter
from streams.records import Alert, Article, Event, Figure, Quote, Reading, Span, Values

DANGEROUS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BLANKS = re.compile(r"[\s\u2028\u2029]+")
RIGHT_TO_LEFT, END = "\u2067", "\u2069"

COLOURS = {
    "first": "bold cyan", "raised": "bold red", "lowered": "bold green", "corrected": "bold yellow",
    "disputed": "bold magenta", "withdrawn": "bold blue",
}  # fmt: skip
HEDGES = {
    "approx": "about ", "at_least": "at least ", "more_than": "more than ", "at_most": "up to ",
    "less_than": "fewer than ",
}  # fmt: skip


def clean(text: str) -> str:
    """Text on one line that no terminal takes for an order.

    >>> clean("12\\x1b[2J dead\\r\\nin \\u202eTikrit")
    '12[2J dead in Tikrit'
    """
    return DANGEROUS.sub("", BLANKS.sub(" ", text))


def right_to_left(text: str) -> bool:
    """Whether most of the letters run from right to left, whichever comes first: quotes begin with foreign names."""
    sides = [unicodedata.bidirectional(character) for character in text[:400]]
    return sum(side in ("R", "AL") for side in sides) > sum(side == "L" for side in sides)


def isolated(text: str) -> str:
    """Clean text; in a right-to-left isolate where it runs that way."""
    text = clean(text)
    return f"{RIGHT_TO_LEFT}{text}{END}" if right_to_left(text) else text


@singledispatch
def shown(record: Any) -> Text:
    """A record, a dead letter or a refusal as one to four lines; a message of a topic too (tail.Seen)."""
    return Text(clean(str(record)))


@shown.register
def _(alert: Alert) -> Text:
    head = Text.assemble(
        (alert.kind.upper(), COLOURS[alert.kind]),
        f"  {_measure(alert)} ",
        f"{_amount(alert.previous, 'exact')} → " if alert.previous else "",
        (_amount(alert, alert.qualifier), "bold"),
        f" {alert.delta:+,}" if alert.delta else "",
        "  ",
        isolated(_place(alert)),
    )
    for word in (alert.severity, "provisional" if alert.provisional else ""):
        head.append(f" · {word}" if word else "", "dim")
    what = _in_words(alert.what)
    who, when = _in_words(alert.who), _in_words(alert.when)
    words = " · ".join(isolated(word) for word in (what, who, when) if word)
    lines = [head, *([Text(f"  {words}")] if words else []), _indented(_quote(alert.evidence))]
    foot = [isolated(", ".join(alert.sources) or alert.source or "source unknown"), _moment(alert)]
    lines.append(Text("  " + " · ".join([*foot, clean(alert.link or alert.uri)]), "dim"))
    return Text("\n").join(lines)


@shown.register
def _(event: Event) -> Text:
    style = "strike" if event.action == "withdrawn" else "bold"
    place = event.location.name if event.location else event.place.text if event.place else ""
    head = Text.assemble(
        (f"{event.action:9}", "dim"),
        f" {_measure(event)} ",
        (_stated(event), style),
        f"  {isolated(place)} {event.country} · {event.scope} · ",
        isolated(event.source or event.uri),
    )
    return Text("\n").join([head, _indented(_quote(event))])


@shown.register
def _(reading: Reading) -> Text:
    said = ", ".join(f"{_measure(figure)} {_stated(figure)}" for figure in reading.figures)
    return Text.assemble(
        (f"{_moment(reading)} ", "dim"), (said or "no figures", "bold" if said else "dim"), "  ", _titled(reading)
    )


@shown.register
def _(article: Article) -> Text:
    status = "" if article.pubStatus == "usable" else f"{article.pubStatus} "
    return Text.assemble((f"{_moment(article)} ", "dim"), (status, "bold red"), _titled(article))


@shown.register
def _(letter: Letter) -> Text:
    head = Text.assemble(
        (clean(letter.origin), "bold"),
        f"  {clean(letter.stage or '?')}  ",
        (clean(letter.error or "?"), "red"),
        f": {isolated(letter.reason or '')}",
    )
    foot = f"  {letter.time:%Y-%m-%d %H:%M:%S}Z · {letter.size:,} bytes"
    foot += f" · sent again before: {letter.replayed}" if letter.replayed else ""
    return Text.assemble(head, "\n", (f"{foot} · {isolated(letter.preview())}", "dim"))


@shown.register
def _(refused: Refused) -> Text:
    where = f"{refused.file}:{refused.line}" if refused.line else refused.file
    return Text.assemble((clean(where), "bold"), ": ", (isolated(refused.reason), "red"))


def _measure(record: Alert | Figure) -> str:
    words = record.measure.replace("_", " ")
    return f"{words} (households)" if record.unit == "household" else words


def _amount(values: Values | Alert, qualifier: str) -> str:
    """The best figure with its hedge; least and most beside it where they differ."""
    if values.best is None:
        bounds = [f"{bound:,}" for bound in (values.low, values.high) if bound is not None]
        return (values.magnitude or "–".join(bounds) or "no figure").replace("_", " ")
    best = f"{HEDGES.get(qualifier, '')}{values.best:,}"
    low = values.best if values.low is None else values.low
    high = values.best if values.high is None else values.high
    return best if low == high == values.best else f"{best} ({low:,}–{high:,})"


def _stated(figure: Figure) -> str:
    numbers = [number for number in (figure.low, figure.high) if number is not None]
    said = "–".join(f"{number:,}" for number in dict.fromkeys(numbers))
    return HEDGES.get(figure.qualifier, "") + (said or (figure.magnitude or "unknown").replace("_", " "))


def _place(alert: Alert) -> str:
    name = _in_words(alert.where) or (alert.location.name if alert.location else "")
    return ", ".join(part for part in (name, alert.country) if part not in ("", "ZZ")) or "place unknown"


def _in_words(words: dict[str, str]) -> str:
    """English, or what there is."""
    return words.get("en") or next(iter(words.values()), "")


def _moment(record: Any) -> str:
    return f"{record.versionCreated:%Y-%m-%d %H:%M}Z"


def _titled(record: Reading | Article) -> str:
    headline = isolated((record.headline or "")[:200])
    return f"{headline or '(no headline)'} · {isolated(record.source or record.uri)} · {clean(record.version)}"


def _quote(proof: Quote | Figure) -> Text:
    """The sentence that proves it: its number reversed, the evidence underlined."""
    sentence = proof.sentence
    styles = [""] * len(sentence.text)
    for span, style in ((proof.evidence, "underline"), (proof.number, "bold reverse")):
        for position in range(*_within(sentence, span)):
            styles[position] = style
    made, start = Text(), 0
    for end in range(1, len(styles) + 1):
        if end == len(styles) or styles[end] != styles[start]:
            made.append(clean(sentence.text[start:end]), styles[start])
            start = end
    if isolated(sentence.text).startswith(RIGHT_TO_LEFT):
        return Text.assemble(RIGHT_TO_LEFT, made, END)
    return made


def _within(sentence: Span, span: Span | None) -> tuple[int, int]:
    if span is None:
        return 0, 0
    start, end = span.start - sentence.start, span.end - sentence.start
    return max(0, start), max(0, min(end, len(sentence.text)))


def _indented(text: Text) -> Text:
    return Text.assemble("  ", text)
