"""What comes out: records as they come, alerts as files, dead letters."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.text import Text

from agents.screen.terminal import REFUSED, err, json_line, out
from streams.outlets import deadletters
from streams.outlets.export import FORMATS, cap
from streams.outlets.shown import shown
from streams.outlets.tail import Seen, tail
from streams.records import Alert
from streams.settings import Settings


def tailing(settings: Settings, what: str, *, as_json: bool, from_start: bool, no_follow: bool) -> None:
    """`tollwire tail`: until Ctrl-C, or the topic's end with `no_follow`. Known duplicates are dropped."""
    since = "earliest" if from_start else "latest"
    try:
        for seen in tail(what, settings, since, follow=not no_follow, distinct=True):
            if as_json:
                json_line(seen.record if seen.reason is None else {"unreadable": seen.reason})
            else:
                out.print(shown(seen))
    except KeyboardInterrupt:
        pass


def exporting(settings: Settings, form: str, *, sender: str | None, since: datetime | None, country: str | None) -> int:
    """`tollwire export`: up to what is the topic's end now, each alert once; what cannot be read is told."""
    unreadable: list[Seen] = []

    def chosen() -> Iterator[Alert]:
        start = since.replace(tzinfo=UTC) if since else "earliest"
        for seen in tail("alerts", settings, start, follow=False, distinct=True):
            if seen.record is None:
                unreadable.append(seen)
            elif country is None or seen.record.country == country:
                yield seen.record

    pieces = cap.feed(chosen(), sender) if form == "cap" and sender else FORMATS[form](chosen())
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()
    for seen in unreadable:
        err.print(shown(seen))
    return REFUSED if unreadable else 0


def letters(settings: Settings, *, replay: bool, stage: str | None, reason: str | None) -> None:
    """`tollwire deadletters`: list the letters, or send them again."""
    choice = deadletters.Choice(stage=stage, reason=reason)
    if replay:
        done = deadletters.replay(settings, choice)
        for line in done.passed_over:
            err.print(Text(f"passed over: {line}"))
        out.print(f"{done.sent:,} sent again" + (f"; then Kafka failed: {done.failure}" if done.failure else ""))
        return
    count = 0
    for count, found in enumerate(deadletters.letters(settings, choice), 1):  # noqa: B007
        out.print(shown(found))
    out.print(f"{count:,} dead letters")
