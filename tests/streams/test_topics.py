"""Topics on a real Kafka: created, shown, repaired; a mismatch names both sides."""

from dataclasses import replace

import pytest
from kafka.admin import ConfigResource

from streams import topics


@pytest.fixture
def client(settings):
    admin = topics.admin(settings)
    yield admin
    admin.close()


def test_creates_what_is_missing_and_then_has_nothing_to_do(client, settings):
    done = topics.ensure(client, settings)
    assert [line.split(":")[0] for line in done] == [
        f"created {settings.prefix}{topic.name}" for topic in topics.TOPICS + topics.STATE
    ]
    assert topics.ensure(client, settings) == []
    found = topics.show(client, settings)
    assert [there.topic for there in found] == list(topics.TOPICS + topics.STATE)
    assert {(there.partitions, there.replication, there.records) for there in found} == {(4, 1, 0)}
    assert not any(there.wrong or there.repairable for there in found)


def test_sets_a_retention_that_somebody_changed(client, settings):
    topics.ensure(client, settings)
    name = settings.prefix + "news.alerts"
    client.alter_configs([ConfigResource("topic", name, {"retention.ms": "1000"})])
    (found,) = [there for there in topics.show(client, settings) if there.repairable]
    assert found.repairable == (f"retention.ms: the cluster has 1000, wanted is {365 * 86_400_000}",)
    assert topics.ensure(client, settings) == [f"{name}: set {found.repairable[0]}"]
    assert not any(there.repairable for there in topics.show(client, settings))


def test_other_partitions_are_an_error_that_names_both_sides(client, settings):
    topics.ensure(client, settings)
    with pytest.raises(topics.TopicMismatch, match=r"news\.events: partitions: the cluster has 4, wanted is 8"):
        topics.ensure(client, replace(settings, partitions=8))


def test_more_copies_than_brokers_is_an_error_that_says_so(client, settings):
    with pytest.raises(topics.TopicMismatch, match="wanted replication 3; the cluster says"):
        topics.ensure(client, replace(settings, replication=3))


def test_no_broker_says_where_it_was_sought_and_what_to_do():
    with pytest.raises(topics.NoBroker, match=r"no Kafka answers at 127\.0\.0\.1:1 .*tollwire broker"):
        topics.admin(topics.Settings(broker="127.0.0.1:1"))
