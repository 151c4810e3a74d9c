"""The subscriber's guide: its code blocks are run as they stand, against real Kafka."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import absent
from example_alerts import FIRST, FLED
from kafka import KafkaProducer

from streams import connection, outlets, topics, wire

GUIDE = (Path(outlets.__file__).parent / "SUBSCRIBING.md").read_text("utf-8")


def block(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)
    return found


@pytest.fixture
def there(ready):
    """The environment for the blocks: a topic with two alerts, the first of them twice."""
    producer = KafkaProducer(**connection.kafka_python(ready))
    topic = ready.prefix + topics.ALERTS.name
    for alert in (FIRST, FIRST, FLED):
        producer.send(topic, wire.encode(alert), b"s1", headers=wire.headers(alert, "alert"), partition=0)
    producer.close()
    return os.environ | {"BROKER": ready.broker, "TOPIC": topic}


def test_the_consumer_in_python(there):
    reading = subprocess.Popen([sys.executable, "-c", block("python")], env=there, stdout=subprocess.PIPE, text=True)
    try:
        assert reading.stdout.readline().split()[:3] == ["first", "killed", "9"]
        assert reading.stdout.readline().split()[:3] == ["first", "displaced", "300"]
    finally:
        reading.kill()
        reading.wait()


def test_kcat(there):
    if not shutil.which("kcat"):
        absent("kcat is not installed (Debian: apt install kcat)")
    done = subprocess.run(["sh", "-c", block("sh")], env=there, capture_output=True, text=True, timeout=60)
    keys = [line.split()[0] for line in done.stdout.splitlines()]
    assert keys == ["s1"] * 3, done.stderr


def test_the_consumer_is_short():
    assert len([line for line in block("python").splitlines() if line]) <= 15
