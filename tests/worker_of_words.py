"""A worker around the real shell with a stage of its own, for tests: words in, words out.

The word "bug" raises inside the step, "hang" never returns, "slow" takes longer than some looks of the watchdog; bytes that are not UTF-8 cannot be decoded. A word that was seen
before, at another offset, is silenced, so that its alert would be lost if the state were kept and the
record were not.
"""

import asyncio
import sys
import time
from dataclasses import dataclass, replace
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
        if not value:
            raise wire.BadRecord("no value")
        try:
            return value.decode()
        except UnicodeDecodeError as bad:
            raise wire.BadRecord(str(bad)) from None

    def step(self, record, offset):
        if record == "hang":
            time.sleep(3600)
        if record == "slow":
            time.sleep(1.5)
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
    from agents.shell import Shell, raw_table, raw_topic

    table = raw_table(app, settings, "words")
    stage = Words(table.data)
    stage.writes = replace(topics.ALERTS, key=lambda article: article.uri)
    shell = Shell(app, stage, settings, table)

    @app.agent(raw_topic(app, settings, stage.reads), name="words")
    async def work(stream):
        await shell.run(stream)

    return shell


def seek_slowly(app):
    """Make the hand-over after recovery slow, so that the consumer fetches what it can meanwhile."""
    consumer = app.transport.Consumer

    async def slowly(self):
        await consumer.perform_seek(self)
        await asyncio.sleep(0.5)

    app.transport.Consumer = type("Slow", (consumer,), {"perform_seek": slowly})


REACH = 200


def commit_never(app):
    """No commit after the start, and few records that may be read again."""
    from agents import shell

    app.conf.broker_commit_interval = 3600
    shell.REPLAYABLE = REACH


if __name__ == "__main__":
    from agents.app import build, work

    app = build(load(), [words])
    app.conf.topic_allow_declare = True  # the changelog of its own table
    if "--slow-seek" in sys.argv:
        seek_slowly(app)
    if "--no-commits" in sys.argv:
        commit_never(app)
    work(app)
