"""Killed in a backlog and read again from far back: as if nothing had happened, for thousands of real-looking events."""

import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest

from agents.flow import Alert, Enrich, Extract
from agents.read import apply
from streams import wire
from streams.records import Event

sys.path.insert(0, str(Path(__file__).parents[1]))
from torture.news import articles

FAR = 3_000  # events that the workers may be ahead of what is committed


@cache
def log() -> tuple[Event, ...]:
    """The events of made-up news, somewhat out of order as a backlog gives them, some of them twice."""
    extract, enrich, dice = Extract(), Enrich({}), Random(5)
    events = []
    for offset, article in enumerate(articles(1, 1_800)):
        (reading,) = extract.step(article, offset).records
        outcome = enrich.step(reading, offset)
        apply(enrich, outcome)
        events += outcome.records
    order = sorted(range(len(events)), key=lambda at: at + dice.uniform(0, 80))
    events = [events[at] for at in order]
    for _ in range(20):
        events.insert(dice.randrange(len(events)), dice.choice(events))
    return tuple(events)


class Worker:
    """Steps events and keeps the changelog, write by write, as Kafka has it."""

    def __init__(self, changelog: list[tuple[str, bytes | None]]) -> None:
        self.changelog = changelog
        self.stage = Alert({})
        for key, value in changelog:
            if value is None:
                self.stage.store.pop(key.encode(), None)
            else:
                self.stage.store[key.encode()] = value
        self.stage.recall()

    def take(self, event: Event, offset: int) -> tuple[str, ...]:
        """The ids that the event gives."""
        outcome = self.stage.step(event, offset)
        apply(self.stage, outcome)
        self.changelog += [(record.key, wire.encode(record)) for record in outcome.remember]
        self.changelog += [(key, None) for key in outcome.forget]
        return tuple(alert.alert_id for alert in outcome.records)


@cache
def undisturbed() -> tuple[tuple[tuple[str, ...], ...], dict[bytes, bytes]]:
    worker = Worker([])
    return tuple(worker.take(event, offset) for offset, event in enumerate(log())), worker.stage.store


@pytest.mark.parametrize("seed", range(4))
def test_killed_in_a_backlog_every_event_gives_what_it_would_have_given(seed):
    dice, events = Random(seed), log()
    gave, store = undisturbed()
    crashes = sorted(dice.sample(range(1, len(events)), 6))
    changelog, committed = [], 0
    for crash in crashes:
        worker, written = Worker(changelog), []
        for offset in range(committed, crash):
            written.append(len(changelog))
            assert worker.take(events[offset], offset) == gave[offset], f"event {offset}, read from {committed}"
        cut = dice.randint(written[-1], len(changelog)) if written else len(changelog)
        del changelog[cut:]  # in the middle of what the last event changed
        committed = dice.randint(max(committed, crash - FAR), crash - 1)  # not further: its change may be cut
    worker = Worker(changelog)
    for offset in range(committed, len(events)):
        assert worker.take(events[offset], offset) == gave[offset]
    assert worker.stage.store == store
