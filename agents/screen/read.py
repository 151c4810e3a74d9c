"""`tollwire read`: what articles say, what comes of it, and with `--explain` why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from agents.extract.explain import explain as explained
from agents.read import Answer, Chain
from agents.screen.terminal import json_line, out, refusals
from streams.inlets import files
from streams.outlets.shown import clean, shown
from streams.records import Article, Event


def reading(paths: Sequence[str], language: str | None, source: str | None, *, as_json: bool, explain: bool) -> int:
    """A line of JSON for each article version, or what a person wants to see."""
    refused: list[files.Refused] = []
    chain = Chain()
    for article in _articles(paths, language, source, refused):
        answer = chain.feed(article)
        if as_json:
            line = {"uri": answer.uri, "version": answer.version, "figures": answer.figures}
            json_line(line | {"events": answer.events, "alerts": answer.alerts})
        else:
            _show(answer, article if explain else None)
    return refusals(refused)


def _articles(
    paths: Iterable[str], language: str | None, source: str | None, refused: list[files.Refused]
) -> Iterator[Article]:
    for path in paths:
        for item in files.items(path, language, source):
            if isinstance(item, files.Read):
                yield item.article
            else:
                refused.append(item)


def _show(answer: Answer, article: Article | None) -> None:
    """One article version as a person wants to see it; of `article` also why each number is a figure or not."""
    out.rule(Text(answer.uri), align="left", style="dim")
    for event in answer.events:
        out.print(shown(event))
        if article:
            out.print(Text(f"    {_why(event)}", style="dim"))
    for alert in answer.alerts:
        out.print(shown(alert))
    if answer.silenced:
        told = (f"{count} {why}" for why, count in Counter(answer.silenced).most_common())
        out.print(Text(f"  silent: {', '.join(told)}", style="dim"))
    if article:
        _tell_why(article)


def _tell_why(article: Article) -> None:
    """Each sentence with a number, and what was made of the number."""
    for told in explained(article):
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
