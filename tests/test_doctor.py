"""The doctor against real Kafka: each illness is made, and found."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from example_alerts import FIRST
from kafka import KafkaProducer
from test_cli import tollwire

from agents import doctor, local
from streams import connection, topics, wire
from streams.outlets.deadletters import letter
from streams.settings import Settings


def findings(settings):
    return [(found.level, found.about, found.says) for found in doctor.examine(settings)]


def ill(settings):
    return {about for level, about, _ in findings(settings) if level == "ill"}


def put(settings, topic, value, headers=()):
    with closing(KafkaProducer(**connection.kafka_python(settings))) as producer:
        producer.send(settings.prefix + topic.name, value, b"k", headers=list(headers)).get(10)


def test_no_kafka_is_told_and_nothing_else_is_tried():
    found = findings(Settings(broker="127.0.0.1:1"))
    assert [(level, about) for level, about, _ in found if level == "ill"] == [("ill", "Kafka")]
    assert found[-1][1] == "Kafka"


def test_missing_topics(settings):
    assert ill(settings) == {settings.prefix + topic.name for topic in topics.TOPICS + topics.STATE}


def test_no_worker_then_a_worker(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    assert ill(settings) == {"workers"}
    worker = local.worker(settings)
    worker.start()
    try:
        worker.wait_until_ready()
        assert ill(settings) == set()
        done = tollwire("doctor", settings=settings)
    finally:
        worker.stop()
    assert done.returncode == 0, done.stdout
    assert "1 at work; 0 records wait" in done.stdout


def test_partitions_that_differ(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    assert settings.prefix + topics.ALERTS.name in ill(replace(settings, partitions=settings.partitions + 1))


def test_records_that_cannot_be_read_and_dead_letters(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    put(settings, topics.EVENTS, b"{}")
    put(settings, topics.DEADLETTER, b"x", letter("news.articles", 0, 0, [], "extract", ValueError("bad")))
    assert topics.EVENTS.name in ill(settings)
    assert ("look", "dead letters", "1 in the last hour") in findings(settings)


def test_clocks_that_differ(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    with closing(KafkaProducer(**connection.kafka_python(settings))) as producer:
        ahead = int(datetime.now(UTC).timestamp() * 1000) + 10 * 60_000
        producer.send(settings.prefix + topics.ALERTS.name, wire.encode(FIRST), b"k", timestamp_ms=ahead).get(10)
    assert ("look", topics.ALERTS.name, "records from the future") in findings(settings)
