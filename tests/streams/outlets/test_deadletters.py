"""Dead letters: written as Kafka Connect does, listed, and sent again without end."""

import pytest
from kafka import KafkaProducer
from topic_log import whole

from streams import connection, topics, wire
from streams.outlets import deadletters
from streams.outlets.deadletters import Choice, letter, letters, replay

BYTES = b"\xff\x00 not a record"


class Silent(Exception):
    def __str__(self):
        raise RuntimeError("cannot even be printed")


def test_the_headers_name_origin_and_reason():
    made = letter("news.articles", 3, 17, [("ce_id", b"x"), ("empty", None)], "extract", wire.BadRecord("uri: missing"))
    assert made == [
        ("ce_id", b"x"),
        ("empty", b""),
        ("__connect.errors.topic", b"news.articles"),
        ("__connect.errors.partition", b"3"),
        ("__connect.errors.offset", b"17"),
        ("__connect.errors.stage", b"extract"),
        ("__connect.errors.exception.class.name", b"streams.wire.BadRecord"),
        ("__connect.errors.exception.message", b"uri: missing"),
    ]


def test_a_second_failure_replaces_the_first_but_keeps_the_count():
    once = letter("news.articles", 3, 17, [("tollwire.replayed", b"1")], "extract", ValueError("old"))
    twice = letter("news.articles", 3, 99, once, "extract", KeyError("new"))
    assert len(twice) == len(once)
    assert ("tollwire.replayed", b"1") in twice
    assert dict(twice)["__connect.errors.offset"] == b"99"
    assert dict(twice)["__connect.errors.exception.class.name"] == b"KeyError"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("x" * 10_000), "x" * 499 + "…"),
        (ValueError("two\nlines\tand more"), "two lines and more"),
        (ValueError("half \ud800"), r"half \ud800"),
        (Silent(), "(no message)"),
        (ValueError("SASL failed: password=hunter2, user=me"), "SASL failed: password=***, user=me"),
        (ValueError("https://me:hunter2@host/x"), "https://me:***@host/x"),
        (ValueError("{'token': 'hunter2'}"), "{'token': ***"),
    ],
)
def test_the_reason_is_short_on_one_line_and_keeps_secrets(error, said):
    headers = dict(letter("t", 0, 0, None, "extract", error))
    assert headers["__connect.errors.exception.message"].decode() == said


def put(settings, topic, *sent):
    """Send (key, value, headers) as the shell sends dead letters."""
    producer = KafkaProducer(**connection.kafka_python(settings))
    for key, value, headers in sent:
        producer.send(settings.prefix + topic.name, value, key=key, headers=headers)
    producer.flush()
    producer.close()


def dead(settings, *sent):
    put(settings, topics.DEADLETTER, *sent)


def failed(settings, stage="extract", topic="news.articles", partition=2, offset=5, error=None, headers=()):
    return letter(settings.prefix + topic, partition, offset, headers, stage, error or ValueError("bad"))


def test_listed_with_origin_reason_and_a_preview(ready):
    value = "{" + "ق" * 200
    dead(ready, (b"k", value.encode(), failed(ready, headers=[("ce_id", b"1")])), (None, BYTES, []))
    ours, theirs = sorted(letters(ready), key=lambda found: found.stage or "")[::-1]
    assert ours.origin == f"{ready.prefix}news.articles-2@5"
    assert (ours.stage, ours.error, ours.reason, ours.replayed) == ("extract", "ValueError", "bad", 0)
    assert (ours.key, ours.size, ours.time.tzinfo is not None) == (b"k", 401, True)
    assert ours.preview(10) == "{" + "ق" * 9 + "…"
    assert (theirs.origin, theirs.stage, theirs.preview()) == ("?-?@?", None, "\\xff\x00 not a record")


def test_chosen_by_stage_origin_and_reason(ready):
    dead(
        ready,
        (b"a", b"1", failed(ready, stage="extract", error=KeyError("lost"))),
        (b"b", b"2", failed(ready, stage="enrich", topic="news.figures")),
    )
    assert [found.key for found in letters(ready, Choice(stage="enrich"))] == [b"b"]
    assert [found.key for found in letters(ready, Choice(origin="news.articles"))] == [b"a"]
    assert [found.key for found in letters(ready, Choice(reason="keyerror"))] == [b"a"]
    assert {found.key for found in letters(ready)} == {b"a", b"b"}


def test_replay_gives_back_the_bytes_where_they_came_from(ready):
    original = [("ce_id", b"1"), ("traceparent", b"x")]
    dead(ready, (b"k", BYTES, failed(ready, partition=2, headers=original)))
    done = replay(ready)
    assert (done.sent, done.passed_over, done.failure) == (1, (), None)
    (message,) = whole(ready, topics.ARTICLES)
    assert (message.partition, message.key, message.value) == (2, b"k", BYTES)
    assert message.headers == [*original, ("tollwire.replayed", b"1")]


def test_what_fails_again_and_again_is_sent_once_a_replay(ready):
    """The letters stay where they are; without care every replay would double what is sent."""
    dead(ready, (b"k", BYTES, failed(ready)))
    for times in range(1, 4):
        assert replay(ready).sent == 1
        message = whole(ready, topics.ARTICLES)[-1]
        assert dict(message.headers)["tollwire.replayed"] == str(times).encode()
        dead(ready, (b"k", BYTES, failed(ready, offset=message.offset, headers=message.headers)))
    assert [found.replayed for found in sorted(letters(ready), key=lambda found: found.replayed)] == [0, 1, 2, 3]


def test_a_letter_is_never_sent_to_a_topic_that_is_not_ours(ready):
    dead(
        ready,
        (b"a", b"1", failed(ready, topic="somebody.elses")),
        (b"b", b"2", failed(ready, topic="news.deadletter")),
        (b"c", b"3", []),
        (b"d", b"4", failed(ready, partition=999)),
    )
    done = replay(ready)
    assert (done.sent, len(done.passed_over), done.failure) == (1, 3, None)
    assert [message.key for message in whole(ready, topics.ARTICLES)] == [b"d"]
    assert len(whole(ready, topics.DEADLETTER)) == 4


def test_only_the_chosen_are_sent(ready):
    dead(ready, (b"a", b"1", failed(ready, stage="extract")), (b"b", b"2", failed(ready, stage="enrich")))
    assert replay(ready, Choice(stage="enrich")).sent == 1
    assert [message.key for message in whole(ready, topics.ARTICLES)] == [b"b"]
    assert replay(ready, Choice(stage="alert")) == deadletters.Replay(0, (), None)


def test_missing_topic_and_missing_broker(settings):
    with pytest.raises(topics.TopicMismatch, match="tollwire topics --ensure"):
        letters(settings)
    with pytest.raises(topics.NoBroker):
        replay(topics.Settings(broker="127.0.0.1:1"))
