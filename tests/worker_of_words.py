"""A worker around the real shell with a stage of its own, for tests: words in, words out.

The word "bug" raises inside the step; bytes that are not UTF-8 cannot be decoded. A word that was seen
before, at another offset, is silenced, so that its alert would be lost if the state were kept and the
record were not.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from agents.outcome import Outcome
from streams import topics, wire
from streams.records import Article
from streams.settings import Settings, load

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """A word, and where it was seen first."""

    key: str
    offset: int


class Words:
    """Gives an article for every new word."""

    name, reads, writes, state = "words", topics.ARTICLES, topics.ALERTS, "words"

    def __init__(self, store):
        self.store = store

    def decode(self, value):
        try:
            return (value or b"").decode()
        except UnicodeDecodeError as bad:
            raise wire.BadRecord(str(bad)) from None

    def step(self, record, offset):
        if record == "bug":
            raise KeyError("a bug in the step")
        seen = self.store.get(record.encode())
        if seen and wire.decode(seen, Seen).offset != offset:
            return Outcome(silenced=("duplicate",))
        return Outcome(
            records=(Article(uri=record, version="1", versionCreated=NOON),), remember=(Seen(record, offset),)
        )

    def remember(self, record): ...
    def forget(self, key): ...
    def recall(self): ...


def words(app, settings: Settings):
    """Add the agent to the app, as an agent.py does."""
    from dataclasses import replace

    from agents.shell import Shell, raw_table, raw_topic

    table = raw_table(app, settings, "words")
    stage = Words(table.data)
    stage.writes = replace(topics.ALERTS, key=lambda article: article.uri)
    shell = Shell(app, stage, settings, table)

    @app.agent(raw_topic(app, settings, stage.reads), name="words")
    async def work(stream):
        await shell.run(stream)

    return shell


if __name__ == "__main__":
    from agents.app import work

    work(load(), [words])
