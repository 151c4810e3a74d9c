"""The whole way on a real Kafka: every record accounted for, whatever happens to the workers."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from accounting import accounts
from topic_log import whole, write

from agents import local
from agents.read import answers
from streams import lag, topics, wire
from streams.inlets.files import Read, items
from streams.inlets.publish import publish

SEEDS = Path(__file__).parents[1] / "seeds"
NEWS = [SEEDS / "drama.jsonl", SEEDS / "mosul.jsonl"]


@pytest.fixture
def client(settings):
    admin = topics.admin(settings)
    yield admin
    admin.close()


@pytest.fixture
def workers(settings):
    """Workers of the real program; all are ended with the test."""
    started = []

    def start(settings=settings):
        worker = local.worker(settings, len(started) + 1)
        worker.start()
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.stop()


def ids(messages):
    return [dict(message.headers)["ce_id"].decode() for message in messages]


def test_one_partition_gives_the_very_alerts_that_read_gives(settings, client, workers):
    settings = replace(settings, partitions=1)
    topics.ensure(client, settings)
    workers(settings).wait_until_ready()
    assert publish(NEWS, settings).complete
    lag.wait_until_worked_off(client, settings, 60)
    articles = [item.article for path in NEWS for item in items(path) if isinstance(item, Read)]
    wanted = [alert for answer in answers(iter(articles)) for alert in answer.alerts]
    assert wanted
    assert [wire.decode(message.value, topics.ALERTS.kind) for message in whole(settings, topics.ALERTS)] == wanted


def test_publishing_twice_changes_nothing_downstream(settings, client, workers):
    topics.ensure(client, settings)
    workers().wait_until_ready()
    publish(NEWS, settings)
    lag.wait_until_worked_off(client, settings, 60)
    before = ids(whole(settings, topics.EVENTS)), ids(whole(settings, topics.ALERTS))
    publish(NEWS, settings)
    lag.wait_until_worked_off(client, settings, 60)
    assert (ids(whole(settings, topics.EVENTS)), ids(whole(settings, topics.ALERTS))) == before
    assert all(account.right for account in accounts(settings))


def test_every_record_is_accounted_for_when_workers_join_and_die(settings, client, workers, tmp_path):
    """Eight hundred articles, poison among them; a second worker joins, the first is killed, and comes back."""
    topics.ensure(client, settings)
    write(settings, topics.ARTICLES, [(f"poison-{number}".encode(), b"\xff\xfe") for number in range(50)])
    told = publish([copies(tmp_path, 25)], settings).published

    first = workers()
    first.wait_until_ready()
    dice = random.Random(11)
    for fallen in (first, workers(), first):
        until = _written(client, settings) + dice.randint(100, 500)
        while _written(client, settings) < min(until, told):
            pass
        fallen.process.kill()
        fallen.process.wait()
        fallen.start()
    lag.wait_until_worked_off(client, settings, 180)
    for account in accounts(settings):
        assert account.right, account
        assert account.stage != "extract" or account.refused == 50


def test_workers_that_join_and_end_in_peace_make_no_duplicates(settings, client, workers, tmp_path):
    topics.ensure(client, settings)
    first = workers()
    first.wait_until_ready()
    with ThreadPoolExecutor(1) as beside:
        publishing = beside.submit(publish, [copies(tmp_path, 60)], settings, rate=150)
        second = workers()
        second.wait_until_ready()
        assert first.stop() == 0
        workers().wait_until_ready()
        publishing.result()
    lag.wait_until_worked_off(client, settings, 180)
    for account in accounts(settings):
        assert account.right, account
        assert not account.duplicates, account


def copies(folder, times):
    """A file with the seeds so many times, under other names each time."""
    lines = [json.loads(line) for path in NEWS for line in path.read_text("utf-8").splitlines()]
    path = folder / "copies.jsonl"
    told = ({**line, "uri": f"{line['uri']}:{number}"} for number in range(times) for line in lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    return path


def _written(client, settings):
    return sum(found.records for found in topics.show(client, settings) if found.topic is topics.FIGURES)
