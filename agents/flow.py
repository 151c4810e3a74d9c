"""The three stages in the order of the flow, apart from Faust: the shell and `tollwire read` run the same ones.

A stage decodes the bytes of the topic it reads and steps from a record to an Outcome. Its state are
bytes by key in `store`; whoever runs the stage writes them, then tells it with `remember` and `forget`.
"""

from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from agents.alert.again import Answer, Answers, Part, again, decoded, is_situation, kept
from agents.alert.situations.live import Situations
from agents.alert.situations.situation import Situation
from agents.alert.step import SITUATION_DAYS
from agents.alert.step import step as alert_step
from agents.enrich.articles import ARTICLE_DAYS, Articles
from agents.enrich.revisions import Applied, ArticleRecord, earlier, is_article
from agents.enrich.step import step as enrich_step
from agents.extract.step import read
from agents.outcome import Outcome
from streams import topics, wire
from streams.inlets import ninjs
from streams.records import Article, Event, Reading

Store = MutableMapping[bytes, bytes]
Kept = TypeVar("Kept")


class Stage(Protocol):
    """What the shell asks of a stage. `state` names the table that keeps its state, if it has any."""

    name: str
    reads: topics.Topic
    writes: topics.Topic
    state: str | None
    store: Store

    def decode(self, value: bytes | None) -> Any: ...
    def step(self, record: Any, offset: int) -> Outcome: ...
    def remember(self, record: Any) -> None: ...
    def forget(self, key: str) -> None: ...
    def recall(self) -> None: ...


class Extract:
    """Article to figures: every version gives one reading, an empty one too."""

    name, reads, writes, state = "extract", topics.ARTICLES, topics.FIGURES, None

    def __init__(self) -> None:
        self.store: Store = {}  # stays empty: a step without memory

    def decode(self, value: bytes | None) -> Article:
        return ninjs.article(wire.load(value))

    def step(self, record: Article, offset: int) -> Outcome:
        return Outcome(records=(read(record),))

    def remember(self, record: Any) -> None: ...
    def forget(self, key: str) -> None: ...
    def recall(self) -> None: ...


class Enrich:
    """Figures to events: places the figures in the world and compares an article with its last version."""

    name, reads, writes, state = "enrich", topics.FIGURES, topics.EVENTS, "articles"

    def __init__(self, store: Store, days: int = ARTICLE_DAYS) -> None:
        """`days` is how long an article is remembered after its last version."""
        self.store, self.days = store, days
        self.articles = Articles()

    def decode(self, value: bytes | None) -> Reading:
        return wire.decode(value, Reading)

    def step(self, record: Reading, offset: int) -> Outcome:
        known = self._kept(record.uri, ArticleRecord)
        before = self._kept(earlier(record.uri, offset), Applied)
        outcome = enrich_step(record, offset, known, before, self.days)
        self.articles.heard(record.uri)
        expired = self.articles.expired(record.versionCreated, self.days)
        aside = (earlier(uri, one) for uri in expired for one in self._kept(uri, ArticleRecord).earlier)
        return replace(outcome, forget=(*outcome.forget, *expired, *aside)) if expired else outcome

    def remember(self, record: ArticleRecord | Applied) -> None:
        if isinstance(record, ArticleRecord):
            self.articles.put(record.uri, record.versionCreated)

    def forget(self, key: str) -> None:
        self.articles.drop(key)

    def recall(self) -> None:
        """Know again which articles the store has, after partitions came or went."""
        values = (value for key, value in self.store.items() if is_article(key.decode()))
        records = (wire.decode(value, ArticleRecord) for value in values)
        self.articles = Articles((record.uri, record.versionCreated) for record in records)

    def _kept(self, key: str, kind: type[Kept]) -> Kept | None:
        found = self.store.get(key.encode())
        return wire.decode(found, kind) if found else None


class Alert:
    """Events to alerts: matches a country's events to situations, kept decoded in memory."""

    name, reads, writes, state = "alert", topics.EVENTS, topics.ALERTS, "situations"

    def __init__(self, store: Store, days: int = SITUATION_DAYS) -> None:
        """`days` is how long a situation lives after its last event."""
        self.store, self.days = store, days
        self.situations, self.answers = Situations(), Answers()

    def decode(self, value: bytes | None) -> Event:
        return wire.decode(value, Event)

    def step(self, record: Event, offset: int) -> Outcome:
        known = again(record, offset, self.situations.reached(record.country), self.store)
        if known is not None:
            return known
        return kept(alert_step(record, offset, self.situations, self.days), record, offset, self.answers)

    def remember(self, record: Situation | Answer | Part) -> None:
        if isinstance(record, Situation):
            self.situations.put(record)
        elif isinstance(record, Answer):
            self.answers.put(record)

    def forget(self, key: str) -> None:
        (self.situations if is_situation(key) else self.answers).drop(key)

    def recall(self) -> None:
        """Rebuild the memory from the store, after partitions came or went."""
        self.situations, self.answers = Situations(), Answers()
        records = (decoded(key.decode(), value) for key, value in self.store.items())
        for record in sorted(records, key=lambda one: one.offset):
            self.remember(record)
