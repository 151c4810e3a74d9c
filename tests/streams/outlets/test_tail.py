"""Watching topics of a real Kafka."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest
from kafka import KafkaProducer

from streams import connection, topics, wire
from streams.broker import Cluster
from streams.outlets import messages as reading
from streams.outlets import tail as tailing
from streams.outlets.deadletters import letter
from streams.outlets.tail import tail
from streams.records import Article

ARTICLE = Article(uri="urn:example:1", version="1", versionCreated=datetime(2026, 5, 9, tzinfo=UTC), headline="قتيلان")


@pytest.fixture
def put(ready):
    producer = KafkaProducer(**connection.kafka_python(ready))

    def put(value, topic=topics.ARTICLES, headers=(), **more):
        sent = producer.send(ready.prefix + topic.name, value, key=b"k", headers=list(headers), **more)
        sent.get(10)

    yield put
    producer.close()


def article(number):
    return replace(ARTICLE, version=str(number))


def send(put, *articles):
    for each in articles:
        put(wire.encode(each), headers=wire.headers(each, "publish"))


def test_from_the_start_to_the_end(ready, put):
    send(put, article(1), article(2))
    seen = list(tail("articles", ready, "earliest", follow=False))
    assert [each.record for each in seen] == [article(1), article(2)]
    assert (seen[0].key, seen[0].offset, seen[1].offset) == (b"k", 0, 1)
    assert dict(seen[0].headers)["ce_id"] == wire.record_id(article(1)).encode()


def test_from_now_on_begins_when_it_is_called(ready, put):
    send(put, article(1))
    seen = tail("articles", ready)
    send(put, article(2))
    assert [each.record.version for each in islice(seen, 1)] == ["2"]
    seen.close()


def test_from_a_moment_on(ready, put):
    put(wire.encode(article(1)), timestamp_ms=1_000_000)
    put(wire.encode(article(2)), timestamp_ms=2_000_000)
    since = datetime.fromtimestamp(1500, UTC)
    assert [each.record.version for each in tail("articles", ready, since, follow=False)] == ["2"]


def test_ends_when_told(ready, put):
    send(put, article(1))
    asked = []
    assert list(tail("articles", ready, stop=lambda: asked.append(1) or len(asked) > 2, wait=0.05)) == []


def test_an_empty_topic_is_no_error(ready):
    assert list(tail("alerts", ready, "earliest", follow=False)) == []


def test_what_cannot_be_read_is_seen_with_its_reason(ready, put):
    put(b"\xff")
    put(b'{"headline": "an outsider"}')
    put(None)
    put(b'{"uri": "urn:x", "versioncreated": "2026-05-09T00:00:00Z", "headline": "ninjs 2"}')
    seen = list(tail("articles", ready, "earliest", follow=False))
    assert [each.record is None for each in seen] == [True, True, True, False]
    assert [each.reason and each.reason.split(":")[0] for each in seen] == ["not JSON", "uri", "no value", None]
    put(b"{}", topics.ALERTS)
    (bad,) = tail("alerts", ready, "earliest", follow=False)
    assert bad.record is None
    assert "alert_id" in bad.reason


def test_dead_letters_are_opened(ready, put):
    put(b"\xff", topics.DEADLETTER, letter("news.articles", 1, 2, [], "extract", ValueError("bad")))
    (seen,) = tail("deadletter", ready, "earliest", follow=False)
    assert (seen.record.origin, seen.record.reason) == ("news.articles-1@2", "bad")


def test_known_duplicates_are_dropped_on_request(ready, put, monkeypatch):
    send(put, article(1), article(2), article(1), article(3), article(1))
    put(b"{", headers=wire.headers(article(1), "publish"))

    def versions(**more):
        seen = tail("articles", ready, "earliest", follow=False, **more)
        return [each.record.version if each.record else None for each in seen]

    assert versions() == ["1", "2", "1", "3", "1", None]
    assert versions(distinct=True) == ["1", "2", "3", None]
    monkeypatch.setattr(tailing, "REMEMBERED", 2)
    assert versions(distinct=True) == ["1", "2", "3", "1", None]


def test_missing_topic_and_missing_broker(settings):
    with pytest.raises(topics.TopicMismatch, match="tollwire topics --ensure"):
        tail("articles", settings)
    admin = topics.admin(settings)
    assert settings.prefix + "news.articles" not in admin.list_topics()
    admin.close()
    with pytest.raises(topics.NoBroker):
        tail("articles", topics.Settings(broker="127.0.0.1:1"))
    with pytest.raises(KeyError):
        tail("nonsense", settings)


@pytest.mark.slow
def test_a_broker_that_goes_away_ends_a_reading_that_has_an_end(tmp_path, quick, monkeypatch):
    monkeypatch.setattr(reading, "GIVE_UP", 2.0)
    cluster = Cluster(tmp_path / "kafka", properties=quick)
    cluster.start()
    try:
        settings = topics.Settings(broker=cluster.servers, partitions=4)
        admin = topics.admin(settings)
        topics.ensure(admin, settings)
        admin.close()
        producer = KafkaProducer(**connection.kafka_python(settings))
        producer.send("news.articles", wire.encode(ARTICLE), key=b"k").get(10)
        producer.close()
        seen = tail("articles", settings, "earliest", follow=False)
    finally:
        cluster.stop()
    with pytest.raises(topics.NoBroker, match="not read to its end"):
        list(seen)
