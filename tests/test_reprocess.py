"""Reprocessing on real Kafka: the same program says the same; what another one would say is told."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from kafka import KafkaProducer
from test_cli import tollwire
from workers import running

from agents.reprocess import CannotReprocess, compare, reprocess
from streams import connection, lag, topics, wire
from streams.inlets.publish import publish
from streams.outlets.tail import tail

DRAMA = Path(__file__).parents[1] / "seeds" / "drama.jsonl"


@pytest.fixture
def settings(settings):
    """One partition: then alerts, too, depend on nothing but the articles."""
    return replace(settings, partitions=1)


@pytest.fixture
def worked_off(settings):
    """The drama, worked off by a worker that has ended since."""
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        publish([DRAMA], settings)
        with running(settings, 1):
            lag.wait_until_worked_off(client, settings, 60)
    return settings


def test_the_same_program_says_the_same(worked_off):
    again = worked_off.prefix + "again."
    events, alerts = reprocess(worked_off, again, 1, lambda line: None)
    assert events.same > 50
    assert alerts.same > 20
    assert (events.only_before, events.only_after, alerts.only_before, alerts.only_after) == (0, 0, 0, 0)
    with pytest.raises(CannotReprocess, match="there are records"):
        reprocess(worked_off, again, 1, lambda line: None)
    with pytest.raises(CannotReprocess, match="the old one"):
        reprocess(worked_off, worked_off.prefix, 1, lambda line: None)
    # as if the program of before had given another number
    (first, *_) = (seen.record for seen in tail("alerts", worked_off, "earliest", follow=False))
    with closing(KafkaProducer(**connection.kafka_python(worked_off))) as producer:
        other = replace(first, best=first.best + 1000)
        producer.send(worked_off.prefix + topics.ALERTS.name, wire.encode(other), b"k").get(10)
    different = compare("alerts", worked_off, replace(worked_off, prefix=again))
    assert (different.same, different.only_before, different.only_after) == (alerts.same, 1, 0)
    assert str(other.best) in different.before[0]


def test_the_command_refuses_the_prefix_that_there_is(settings):
    done = tollwire("reprocess", "--into", settings.prefix, settings=settings)
    assert done.returncode == 1
    assert "--into" in done.stderr
