"""The shell on a real Kafka: nothing is lost, nothing stops the stream, what is refused says why."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kafka.record import MemoryRecords
from topic_log import whole, write
from worker_of_words import REACH, Seen

from agents import fence, local, watchdog
from streams import lag, topics
from streams.records import Article
from streams.settings import environment
from streams.wire import decode, encode

PROGRAM = Path(__file__).with_name("worker_of_words.py")


@pytest.fixture
def client(settings):
    admin = topics.admin(settings)
    topics.ensure(admin, settings)
    yield admin
    admin.close()


@pytest.fixture
def start(settings):
    """Start a worker of words; all are ended with the test."""
    started = []

    def one(*arguments, ready=True, **changed):
        worker = local.worker(settings)
        worker.log.parent.mkdir(parents=True, exist_ok=True)
        with worker.log.open("ab") as log:
            worker.process = subprocess.Popen(
                [sys.executable, PROGRAM, *arguments],
                env={**os.environ, **environment(worker.settings), **changed}, stdout=log, stderr=log,
            )  # fmt: skip
        started.append(worker)
        if ready:
            worker.wait_until_ready()
        return worker

    yield one
    for worker in started:
        worker.stop()


def words_of(messages):
    return [decode(message.value, Article).uri for message in messages]


def test_a_bug_and_bad_bytes_are_dead_letters_and_lose_no_neighbour(settings, client, start):
    given = [b"one", b"bug", b"two", b"\xff\xfe", b"three", None, b"four"]
    write(settings, topics.ARTICLES, [(b"same key", word) for word in given])
    start()
    lag.wait_until_worked_off(client, settings, 60)

    letters = whole(settings, topics.DEADLETTER)
    assert [letter.value for letter in letters] == [b"bug", b"\xff\xfe", None]
    said = [{name.rpartition(".errors.")[2]: value.decode() for name, value in letter.headers} for letter in letters]
    assert [line["offset"] for line in said] == ["1", "3", "5"]
    assert {line["topic"] for line in said} == {settings.prefix + "news.articles"}
    assert {line["stage"] for line in said} == {"words"}
    assert [line["exception.class.name"] for line in said] == [
        "KeyError",
        "streams.wire.BadRecord",
        "streams.wire.BadRecord",
    ]
    assert "a bug in the step" in said[0]["exception.message"]
    assert [letter.key for letter in letters] == [b"same key"] * 3
    assert set(words_of(whole(settings, topics.ALERTS))) == {"one", "two", "three", "four"}


def test_what_a_worker_sends_again_kafka_keeps_once(settings, client, start, cluster):
    """A broker that dies before it says so has it all the same: batches are numbered, so that it knows them again."""
    write(settings, topics.ARTICLES, [(b"same key", b"one"), (b"same key", b"bug")])
    start()
    lag.wait_until_worked_off(client, settings, 60)
    for topic in ("news.alerts", "news.deadletter", "tollwire-words-changelog"):
        logs = [log.read_bytes() for log in cluster.folder.rglob(f"{settings.prefix}{topic}-*/*.log")]
        batches = [batch for log in logs if (kept := MemoryRecords(log)) for batch in iter(kept.next_batch, None)]
        assert {batch.has_producer_id() for batch in batches} == {True}, topic


def test_the_brake_keeps_the_rest_in_the_topic(settings, client, start):
    """When everything fails the deployment is broken: not all of it may run into the dead letters."""
    write(settings, topics.ARTICLES, [(b"same key", b"bug")] * 100)
    worker = start(ready=False, TOLLWIRE_BRAKE="10")
    worker.wait_for(lambda: 'tollwire_braked{agent="words"} 1.0' in worker.metrics())
    assert not worker.ready()
    assert len(whole(settings, topics.DEADLETTER)) == 10
    assert sum(lag.lag(client, settings).values()) >= 90
    assert worker.stop() == 0  # and a worker that brakes can still be ended


def test_a_record_that_succeeds_between_releases_no_brake(settings, client, start):
    write(settings, topics.ARTICLES, [(b"same key", b"bug"), (b"same key", b"fine")] * 30)
    start(TOLLWIRE_BRAKE="2")
    lag.wait_until_worked_off(client, settings, 60)
    assert len(whole(settings, topics.DEADLETTER)) == 30


def test_no_word_is_lost_when_workers_are_killed_under_load(settings, client, start):
    """Each word gives one record and is silent ever after: a record lost with its state kept would not come again."""
    given = [f"word-{number}" for number in range(30_000)]
    write(settings, topics.ARTICLES, [(word.encode(), word.encode()) for word in given])
    dice = random.Random(4)
    for _ in range(4):
        worker = start()
        written = len(whole(settings, topics.ALERTS))
        until = written + dice.randint(100, 4000)
        while written < min(until, len(given)):
            written = sum(found.records for found in topics.show(client, settings) if found.topic is topics.ALERTS)
        worker.process.send_signal(signal.SIGKILL)
        worker.process.wait()
    start()
    lag.wait_until_worked_off(client, settings, 120)
    assert set(words_of(whole(settings, topics.ALERTS))) == set(given)
    assert not whole(settings, topics.DEADLETTER)


def test_no_more_is_worked_off_past_the_last_commit_than_may_be_read_again(settings, client, start):
    write(settings, topics.ARTICLES, [(b"same key", b"before")])
    first = start()
    lag.wait_until_worked_off(client, settings, 60)
    first.stop()
    write(settings, topics.ARTICLES, [(b"same key", b"word-%d" % number) for number in range(20 * REACH)])
    worker = start("--no-commits")
    worker.wait_for(lambda: len(whole(settings, topics.ALERTS)) >= REACH)
    worker.process.send_signal(signal.SIGKILL)
    worker.process.wait()
    assert len(whole(settings, topics.ALERTS)) <= 1 + REACH


def test_what_arrives_while_tables_hand_over_is_not_thrown_away(settings, client, start):
    """Forces the order of events that agents/recovery.py is for: much is fetched while the seek is awaited.

    Without SeekingConsumer whole partitions wait for ever: those that were never committed are not sought back.
    """
    write(settings, topics.ARTICLES, [(b"before", b"before")])
    first = start()
    lag.wait_until_worked_off(client, settings, 60)
    first.stop()
    given = [f"word-{number}" for number in range(20_000)]
    write(settings, topics.ARTICLES, [(word.encode(), word.encode()) for word in given])
    start("--slow-seek")
    lag.wait_until_worked_off(client, settings, 60)
    assert set(words_of(whole(settings, topics.ALERTS))) == {*given, "before"}


def test_a_worker_that_stands_still_ends_and_one_that_is_slow_goes_on(settings, client, start):
    write(settings, topics.ARTICLES, [(b"same key", b"slow")] * 8)
    worker = start(TOLLWIRE_PATIENCE="6")
    lag.wait_until_worked_off(client, settings, 60)  # for longer than its patience
    assert worker.running
    write(settings, topics.ARTICLES, [(b"same key", b"hang")])
    assert worker.process.wait(60) == watchdog.EXIT
    assert "1 records wait and nothing has moved for 6 s" in local.tail(worker.log, 40)
    assert sum(lag.lag(client, settings).values()) == 1  # it comes back


def test_a_worker_that_slept_through_its_session_writes_nothing_more(settings, client, start):
    """Another has its partitions by then, and newer state."""
    write(settings, topics.ARTICLES, [(b"same key", b"before")])
    worker = start()
    lag.wait_until_worked_off(client, settings, 60)
    worker.process.send_signal(signal.SIGSTOP)
    try:
        write(settings, topics.ARTICLES, [(b"same key", b"meanwhile")])
        group = lag.group(settings)
        worker.wait_for(lambda: not client.describe_groups([group])[group]["members"])
    finally:
        worker.process.send_signal(signal.SIGCONT)
    assert worker.process.wait(20) == watchdog.EXIT
    assert "has lost its partitions" in local.tail(worker.log, 40)
    assert words_of(whole(settings, topics.ALERTS)) == ["before"]
    start()
    lag.wait_until_worked_off(client, settings, 60)
    assert sorted(words_of(whole(settings, topics.ALERTS))) == ["before", "meanwhile"]


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_state_written_late_takes_no_place_of_newer_state(settings, client, start, store):
    """The words are new, but for what a worker says that was paused: it wrote what had been long overtaken."""
    start(TOLLWIRE_STORE=store).stop()  # makes the changelog
    two, three = (encode(Seen(word, 0)) for word in ("two", "three"))
    changes = [(b"two", encode(Seen("two", 1)), 1), (b"two", two, 0), (b"three", None, 5), (b"three", three, 4)]
    write(
        settings, topics.Topic("tollwire-words-changelog", None, None, None),
        [(key, value, fence.stamp(offset)) for key, value, offset in changes],
    )  # fmt: skip
    write(settings, topics.ARTICLES, [(b"two", b"one"), (b"two", b"two"), (b"three", b"four"), (b"three", b"three")])
    start(TOLLWIRE_STORE=store)
    lag.wait_until_worked_off(client, settings, 60)
    assert sorted(words_of(whole(settings, topics.ALERTS))) == ["four", "one", "three", "two"]
