"""`tollwire read`: the same steps as the workers take, over files, in order, without a broker."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agents.extract.text.pack import codes, pack
from agents.flow import Alert, Enrich, Extract, Stage
from agents.outcome import Outcome
from streams import wire
from streams.records import Alert as AlertRecord
from streams.records import Article, Event, Figure, Reading

WARM = 40  # examples of each pack


@dataclass(frozen=True, slots=True)
class Answer:
    """What one article version led to."""

    uri: str
    version: str
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]
    alerts: tuple[AlertRecord, ...]
    silenced: tuple[str, ...]


class Chain:
    """The three stages one after the other, with one state for all that is fed to it."""

    def __init__(self) -> None:
        self.stages = (Extract(), Enrich({}), Alert({}))
        self.offsets = dict.fromkeys((stage.name for stage in self.stages), 0)

    def feed(self, article: Article) -> Answer:
        """Take one article version all the way."""
        extract, enrich, alert = self.stages
        silenced: list[str] = []
        readings: list[Reading] = self._step(extract, article, silenced)
        events = [event for reading in readings for event in self._step(enrich, reading, silenced)]
        alerts = [given for event in events for given in self._step(alert, event, silenced)]
        figures = tuple(figure for reading in readings for figure in reading.figures)
        return Answer(article.uri, article.version, figures, tuple(events), tuple(alerts), tuple(silenced))

    def _step(self, stage: Stage, record: Any, silenced: list[str]) -> list[Any]:
        outcome = stage.step(record, self.offsets[stage.name])
        self.offsets[stage.name] += 1
        apply(stage, outcome)
        silenced += outcome.silenced
        return list(outcome.records)


def apply(stage: Stage, outcome: Outcome) -> None:
    """Write what a step wants remembered, as the shell does, without a changelog."""
    for record in outcome.remember:
        stage.store[record.key.encode()] = wire.encode(record)
        stage.remember(record)
    for key in outcome.forget:
        stage.store.pop(key.encode(), None)
        stage.forget(key)


def answers(articles: Iterator[Article]) -> Iterator[Answer]:
    """An answer for each article version, in order."""
    chain = Chain()
    return map(chain.feed, articles)


def warm(now: datetime) -> None:
    """Take an article of each language all the way, so that the first real one need not wait for words and names."""
    for code in codes():
        told = "\n".join(example["text"] for example in pack(code).examples[:WARM])
        Chain().feed(Article(uri="urn:warm", version="1", versionCreated=now, language=code, body=told))
