"""Publishing to a real Kafka: everything acknowledged or refused, and the same again."""

import json
import threading
import time

import pytest
from topic_log import whole

from streams import topics, wire
from streams.broker import Cluster
from streams.inlets.publish import publish, traceparent
from streams.records import Article
from streams.settings import Settings


def line(number, **more):
    item = {"uri": f"urn:example:{number % 7}", "version": str(number), "versionCreated": "2026-05-09T17:36:00Z"}
    return json.dumps(item | {"headline": f"عنوان {number}"} | more, ensure_ascii=False) + "\n"


@pytest.fixture
def write(tmp_path):
    def write(text, name="a.jsonl"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def ids(log):
    return [dict(message.headers)["ce_id"] for message in log]


def test_every_line_is_in_kafka_or_refused(ready, write):
    told = []
    path = write(line(1) + "{}\n" + line(2) + line(3, language="klingon!!") + line(4))
    report = publish([path], ready, source="Example Wire", progress=lambda *counts: told.append(counts))
    assert (report.published, report.refused, report.complete, report.failure) == (3, 2, False, None)
    assert [str(refusal).removeprefix(f"{path}:") for refusal in report.refusals] == [
        "2: uri: missing",
        "4: language: 'klingon!!' is no language tag (BCP 47), as ar or en-GB",
    ]
    assert told == sorted(told)
    assert told[-1] == (3, 2)
    log = whole(ready, topics.ARTICLES)
    assert {wire.decode(message.value, Article).version for message in log} == {"1", "2", "4"}
    for message in log:
        article = wire.decode(message.value, Article)
        headers = dict(message.headers)
        assert message.key == article.uri.encode()
        assert headers["ce_id"] == wire.record_id(article).encode()
        assert (headers["ce_source"], headers["ce_type"]) == (b"/tollwire/publish", b"tollwire.article.v1")
        assert wire.TRACEPARENT.fullmatch(headers["traceparent"])


def test_versions_of_one_article_keep_their_order(ready, write):
    publish([write("".join(line(n) for n in range(2000)))], ready)
    seen = {}
    for message in whole(ready, topics.ARTICLES):
        article = wire.decode(message.value, Article)
        assert seen.get(article.uri, -1) < int(article.version)
        seen[article.uri] = int(article.version)
    assert len(seen) == 7


def test_publishing_twice_gives_the_same_ids(ready, write):
    path = write("".join(line(n) for n in range(20)))
    assert publish([path], ready).complete
    once = whole(ready, topics.ARTICLES)
    assert publish([path], ready).complete
    twice = whole(ready, topics.ARTICLES)
    assert len(twice) == 2 * len(once) == 40
    assert sorted(ids(twice)) == sorted(ids(once) * 2)
    assert {m.value for m in twice} == {m.value for m in once}
    traces = {dict(m.headers)["ce_id"]: dict(m.headers)["traceparent"] for m in twice}
    assert {traceparent(record_id.decode()) for record_id in traces} == set(traces.values())
    assert len(set(traces.values())) == 20


def test_strict_publishes_nothing_when_anything_is_refused(ready, write):
    good, bad = write(line(1), "good.jsonl"), write(line(2) + "{}\n", "bad.jsonl")
    report = publish([good, bad], ready, strict=True)
    assert (report.published, report.refused) == (0, 1)
    assert whole(ready, topics.ARTICLES) == []
    assert publish([good], ready, strict=True).published == 1
    with pytest.raises(ValueError, match="standard input"):
        publish(["-"], ready, strict=True)


def test_the_longest_article_that_is_taken_arrives(ready, write):
    report = publish([write(line(1, body="ق" * 449_000))], ready)
    assert report.complete
    assert len(whole(ready, topics.ARTICLES)) == 1


def test_a_file_of_nothing_but_bad_lines_gives_a_bounded_report(ready, write):
    report = publish([write("x\n" * 5000)], ready)
    assert (report.refused, len(report.refusals)) == (5000, 1000)


def test_a_rate_is_kept(ready, write):
    began = time.monotonic()
    report = publish([write("".join(line(n) for n in range(11)))], ready, rate=10)
    assert report.published == 11
    assert time.monotonic() - began >= 1.0


def test_a_missing_topic_is_not_created(settings, write):
    with pytest.raises(topics.TopicMismatch, match="tollwire topics --ensure"):
        publish([write(line(1))], settings)
    admin = topics.admin(settings)
    assert settings.prefix + "news.articles" not in admin.list_topics()
    admin.close()


def test_no_broker(write):
    with pytest.raises(topics.NoBroker, match=r"127\.0\.0\.1:1"):
        publish([write(line(1))], Settings(broker="127.0.0.1:1"))


@pytest.mark.slow
def test_a_broker_that_goes_away_midway(tmp_path, quick, write):
    """The report says how many are in Kafka and which is the first that is not; running again is safe."""
    path = write("".join(line(n) for n in range(4000)))
    cluster = Cluster(tmp_path / "kafka", properties=quick)
    cluster.start()
    try:
        settings = Settings(broker=cluster.servers, partitions=4)
        admin = topics.admin(settings)
        topics.ensure(admin, settings)
        admin.close()
        stopping = threading.Event()

        def progress(published, refused):
            if published >= 100 and not stopping.is_set():
                stopping.set()
                cluster.stop()

        report = publish([path], settings, rate=2000, give_up=6, progress=progress)
        assert stopping.is_set()
        assert report.failure
        assert 100 <= report.published < 4000
        first = int(report.undelivered.article.version)
        assert report.undelivered.line == first + 1
        cluster.start()
        settings = Settings(broker=cluster.servers, partitions=4)
        there = [int(wire.decode(m.value, Article).version) for m in whole(settings, topics.ARTICLES)]
        assert len(set(there)) >= report.published
        assert set(range(first)) <= set(there)
        again = publish([path], settings)
        assert (again.published, again.complete) == (4000, True)
        assert len(set(ids(whole(settings, topics.ARTICLES)))) == 4000
    finally:
        cluster.stop()
