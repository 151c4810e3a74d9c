"""The stream's health as Kafka tells it."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from example_alerts import numbered
from kafka import KafkaProducer
from rich.console import Console
from test_cli import tollwire

from streams import connection, topics, wire
from streams.outlets.deadletters import letter
from streams.outlets.stats import looks, picture
from streams.records import Article

ARTICLE = Article(uri="urn:example:1", version="1", versionCreated=datetime(2026, 5, 9, tzinfo=UTC), body="x")


@pytest.fixture
def put(ready):
    producer = KafkaProducer(**connection.kafka_python(ready))

    def put(topic, value, headers=(), **more):
        producer.send(ready.prefix + topic.name, value, headers=list(headers), **more).get(10)

    yield put
    producer.close()


def test_a_look_at_a_stream_that_nobody_works_off(settings, put):
    now = time.time()
    for _ in range(3):
        put(topics.ARTICLES, wire.encode(ARTICLE), partition=1)
    for number, took in enumerate((0.1, 0.2, 30)):
        published = [(wire.PUBLISHED, str(int(1000 * (now - took))).encode())]
        put(topics.ALERTS, wire.encode(numbered(number)), published, timestamp_ms=int(1000 * now) + number)
    put(topics.DEADLETTER, b"{", letter("news.articles", 1, 2, [], "extract", ValueError("bad")))
    stats = next(look for look in looks(settings, every=0.1) if look.flow[0].waiting is not None)
    flow = {one.topic: one for one in stats.flow}
    assert (flow["news.articles"].records, flow["news.articles"].waiting, flow["news.articles"].worst) == (3, 3, 3)
    assert (flow["news.figures"].waiting, flow["news.alerts"].waiting) == (0, None)
    assert (stats.latency.median, stats.latency.most) == pytest.approx((0.2, 30), abs=0.01)
    assert stats.refused == {"extract ValueError": 1}
    assert [alert.alert_id for alert in stats.latest] == ["alert-2", "alert-1", "alert-0"]


def test_the_rate_is_that_since_the_look_before(settings, put):
    seen = looks(settings, every=0.5)
    next(seen)
    for _ in range(5):
        put(topics.ARTICLES, wire.encode(ARTICLE))
    rates = {one.topic: one.per_second for one in next(seen).flow}
    assert 0 < rates["news.articles"] <= 10
    assert rates["news.alerts"] == 0
    assert {one.topic: one.per_second for one in next(seen).flow}["news.articles"] == 0


def test_a_terminal_shows_it_and_obeys_nothing_in_it(settings, put):
    put(topics.ALERTS, wire.encode(numbered(0, source="\x1b[2Jx", where={"en": "Basra\x1b[2J"})))
    console = Console(width=120, force_terminal=True, color_system=None, record=True)
    console.print(picture(next(looks(settings, every=0.1)), settings))
    shown = console.export_text()
    assert "news.articles" in shown
    assert "FIRST  killed at least 12  Basra" in shown
    assert "\x1b[2J" not in shown


def test_the_command(settings, put):
    put(topics.ARTICLES, wire.encode(ARTICLE))
    next(look for look in looks(settings, every=0.1) if look.flow[0].waiting is not None)
    done = tollwire("stats", "--once", "--json", settings=settings)
    (look,) = map(json.loads, done.stdout.splitlines())
    assert look["flow"][0] | {"per_second": 0} == {
        "topic": "news.articles", "records": 1, "per_second": 0, "waiting": 1, "worst": 1,
    }  # fmt: skip
    assert datetime.now(UTC) - datetime.fromisoformat(look["time"]) < timedelta(minutes=1)
    assert "news.articles" in tollwire("stats", "--once", settings=settings).stdout
    wrong = tollwire("stats", "--once", settings=replace(settings, partitions=7))
    assert (wrong.returncode, "set TOLLWIRE_PARTITIONS" in wrong.stderr) == (1, True)
    missing = tollwire("stats", "--once", settings=replace(settings, prefix="none."))
    assert "tollwire topics --ensure" in missing.stderr
