"""What tests share: one Kafka a test run, fresh names a test.

A test that needs what this machine lacks is skipped with the reason; under CI (CI=true) it fails, so
that nothing is passed over in silence there.
"""

import os
import uuid
from contextlib import closing

import pytest

from streams import topics
from streams.broker import Cluster, Missing
from streams.settings import Settings


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes a minute; leave it out with: pytest -m 'not slow'")


def absent(reason: str) -> None:
    """Skip the test for want of something; fail it under CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing under CI: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def quick():
    """Kafka's properties for tests: a killed worker is noticed after 1 s, not 6, a killed node after 2, not 9."""
    return {
        "group.min.session.timeout.ms": 1000,
        "broker.session.timeout.ms": 2000,
        "broker.heartbeat.interval.ms": 250,
    }


@pytest.fixture(scope="session")
def cluster(tmp_path_factory, quick):
    """One node of Apache Kafka for the whole run. Do not kill it: others use it."""
    running = Cluster(tmp_path_factory.mktemp("cluster"), properties=quick)
    try:
        running.start()
    except Missing as lacking:
        absent(str(lacking))
    yield running
    running.stop()


@pytest.fixture
def servers(cluster):
    """The bootstrap servers of the run's Kafka."""
    return cluster.servers


@pytest.fixture
def prefix():
    """Fresh names: put before every topic's and group's name of one test."""
    return f"t{uuid.uuid4().hex[:10]}."


@pytest.fixture
def settings(servers, prefix, tmp_path):
    """Settings for a worker of one test, on the run's Kafka."""
    return Settings(broker=servers, prefix=prefix, data=tmp_path, metrics_port=0, partitions=4)


@pytest.fixture
def ready(settings):
    """The same settings, once the topics are there."""
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    return settings
