"""What the commands print: reports, figures with their number highlighted, alerts. Returns exit codes."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, datetime

import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from agents.read import Answer, Chain
from streams import topics, wire
from streams.inlets import files
from streams.outlets.shown import clean, shown
from streams.records import Alert, Article, Event
from streams.settings import Settings

REFUSED = 2  # exit code where lines were refused
DIFFERENT = 3  # exit code where two runs say different things
LEVELS = {"well": "green", "look": "bold yellow", "ill": "bold red"}
JSON_LINE = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def reading(paths: Sequence[str], language: str | None, source: str | None, *, as_json: bool, explain: bool) -> int:
    """`tollwire read`: a line of JSON for each article version, or what a person wants to see."""
    refused: list[files.Refused] = []
    chain = Chain()
    for article in _articles(paths, language, source, refused):
        answer = chain.feed(article)
        if as_json:
            line = {"uri": answer.uri, "version": answer.version, "figures": answer.figures}
            _json_line(line | {"events": answer.events, "alerts": answer.alerts})
        else:
            _show(answer, article if explain else None)
    return _tell(refused)


def publishing(settings: Settings, paths: Sequence[str], **options: object) -> int:
    """`tollwire publish`: a bar with the rate, then what was refused and why."""
    from streams.inlets.publish import publish

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("publishing", total=None)

        def progress(published: int, refused: int) -> None:
            seconds = bar.tasks[task].elapsed or 1e-9
            bar.update(
                task, description=f"{published:,} published, {refused:,} refused, {published / seconds:,.0f} a second"
            )

        report = publish(paths, settings, progress=progress, **options)
    code = _tell(report.refusals)
    if report.refused > len(report.refusals):
        err.print(f"… and {report.refused - len(report.refusals):,} more refused")
    rate = report.published / max(report.seconds, 1e-9)
    err.print(
        f"{report.published:,} published in {report.seconds:.1f} s ({rate:,.0f} a second), {report.refused:,} refused"
    )
    if report.failure:
        where = f"from {report.undelivered.file}:{report.undelivered.line} on" if report.undelivered else "at once"
        err.print(f"not delivered {where}: {report.failure}; publishing again is safe")
        return 1
    return code


def _articles(
    paths: Iterable[str], language: str | None, source: str | None, refused: list[files.Refused]
) -> Iterator[Article]:
    for path in paths:
        for item in files.items(path, language, source):
            if isinstance(item, files.Read):
                yield item.article
            else:
                refused.append(item)


def _json_line(value: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(value, option=JSON_LINE))
    sys.stdout.buffer.flush()


def _tell(refused: Sequence[files.Refused]) -> int:
    for one in refused:
        err.print(shown(one))
    return REFUSED if refused else 0


def tailing(settings: Settings, what: str, *, as_json: bool, from_start: bool, no_follow: bool) -> None:
    """`tollwire tail`: until Ctrl-C, or the topic's end with `no_follow`. Known duplicates are dropped."""
    from streams.outlets.tail import tail

    since = "earliest" if from_start else "latest"
    try:
        for seen in tail(what, settings, since, follow=not no_follow, distinct=True):
            if as_json:
                _json_line(seen.record if seen.reason is None else {"unreadable": seen.reason})
            else:
                out.print(shown(seen))
    except KeyboardInterrupt:
        pass


def watching(settings: Settings, *, once: bool, as_json: bool) -> None:
    """`tollwire stats`: a look every two seconds, until Ctrl-C, or only one. On a screen it waits for a lost Kafka."""
    from rich.live import Live

    from streams.outlets.stats import LOOK, looks, picture

    with suppress(KeyboardInterrupt), nullcontext() if as_json or once else Live(console=out, screen=True) as live:
        while True:
            try:
                for stats in looks(settings):
                    if as_json:
                        _json_line(stats)
                    elif live:
                        live.update(picture(stats, settings), refresh=True)
                    else:
                        out.print(picture(stats, settings))
                    if once:
                        return
            except topics.NoBroker as away:
                if not live:
                    raise
                live.update(Text(str(away), "red"), refresh=True)
                time.sleep(LOOK)


def exporting(settings: Settings, form: str, *, sender: str | None, since: datetime | None, country: str | None) -> int:
    """`tollwire export`: up to what is the topic's end now, each alert once; what cannot be read is told."""
    from streams.outlets.export import FORMATS, cap
    from streams.outlets.tail import Seen, tail

    unreadable: list[Seen] = []

    def chosen() -> Iterator[Alert]:
        start = since.replace(tzinfo=UTC) if since else "earliest"
        for seen in tail("alerts", settings, start, follow=False, distinct=True):
            if seen.record is None:
                unreadable.append(seen)
            elif country is None or seen.record.country == country.upper():
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
    from streams.outlets import deadletters

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


def explaining(settings: Settings, name: str) -> int:
    """`tollwire situation`: the history of a situation, or of all that an article speaks of, out of the state in Kafka."""
    from agents.alert.claims import article
    from agents.alert.history import history
    from agents.alert.situation import Situation
    from streams.outlets.messages import messages

    (state,) = (topic for topic in topics.STATE if "situations" in topic.name)
    uri, found = article(name), {}
    for message in messages(state, settings, "earliest", follow=False):
        found.pop(message.key, None)
        if message.value and (message.key == name.encode() or uri.encode() in message.value):
            found[message.key] = message.value
    situations = [wire.decode(value, Situation) for value in found.values()]
    told = [one for one in situations if one.id == name or any(claim.article == uri for claim in one.claims)]
    if not told:
        err.print(
            Text(f"no situation {name}, and none that an article of this uri speaks of: it never was, or has expired")
        )
        return 1
    for line in "\n\n".join(map(history, told)).split("\n"):
        out.print(Text("  " * line.startswith(" ") + clean(line).strip()))
    return 0


def reprocessing(settings: Settings, prefix: str, workers: int) -> int:
    """`tollwire reprocess`: what both runs say, the same and the different, with examples."""
    from agents.local import WorkerFailed
    from agents.reprocess import CannotReprocess, reprocess

    try:
        compared = reprocess(settings, prefix, workers, lambda line: err.print(Text(line)))
    except (CannotReprocess, WorkerFailed, TimeoutError) as failed:
        err.print(Text(f"tollwire: {failed}"))
        return 1
    for one in compared:
        out.print(f"{one.topic}: {one.same:,} the same, {one.only_before:,} only before, {one.only_after:,} only now")
        for sign, lines in (("-", one.before), ("+", one.after)):
            for line in lines:
                out.print(Text(f"  {sign} {clean(line)}"))
    return DIFFERENT if any(one.only_before or one.only_after for one in compared) else 0


def examining(settings: Settings) -> int:
    """`tollwire doctor`: a line for each finding, and under it what to do."""
    from agents.doctor import examine

    worst = 0
    for finding in examine(settings):
        out.print(
            Text.assemble((f"{finding.level:5}", LEVELS[finding.level]), f" {finding.about}: {clean(finding.says)}")
        )
        if finding.level != "well" and finding.do:
            out.print(Text(f"      → {finding.do}"))
        worst = max(worst, finding.level == "ill")
    return int(worst)


def _show(answer: Answer, explained: Article | None) -> None:
    """One article version as a person wants to see it; of `explained` also why each number is a figure or not."""
    out.rule(Text(answer.uri), align="left", style="dim")
    for event in answer.events:
        out.print(shown(event))
        if explained:
            out.print(Text(f"    {_why(event)}", style="dim"))
    for alert in answer.alerts:
        out.print(shown(alert))
    if answer.silenced:
        out.print(Text(f"  silent: {', '.join(answer.silenced)}", style="dim"))
    if explained:
        _tell_why(explained)


def _tell_why(article: Article) -> None:
    """Each sentence with a number, and what was made of the number."""
    from agents.extract.explain import explain

    for told in explain(article):
        if told.sentence:
            out.print(Text(f"  “{clean(told.sentence)}”"))
        for line in told.lines:
            out.print(Text(f"    {clean(line)}", style="dim"))


def _why(event: Event) -> str:
    """The rule that bound the number, and how the text's own words were understood."""
    place, when = event.place and event.place.text, event.when and event.when.text
    where = f"{event.location.name}, precision {event.location.precision}" if event.location else "unresolved"
    who = f"{event.actor.kind}{f' ({event.actor.group})' if event.actor.group else ''}"
    window = f"{event.window.start:%Y-%m-%d} to {event.window.end:%Y-%m-%d}"
    return (
        f"rule {event.rule} · {event.qualifier} · place {place!r} → {where} · when {when!r} → {window}"
        f" · victims {event.victims and event.victims.text!r} → {who}"
        f" · said by {event.attribution and event.attribution.text!r} → {event.speaker}"
    )
