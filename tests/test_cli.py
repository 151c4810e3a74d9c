"""The command line as a person meets it: exit codes, errors that say what to do, JSON that programs read."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from streams import lag, topics
from streams.settings import Settings, environment

ARTICLE = {
    "uri": "urn:test:1", "version": "1", "versionCreated": "2026-03-03T10:00:00Z", "language": "en", "pubStatus": "usable",
    "headlines": [{"role": "main", "value": "Blast in Mosul"}],
    "bodies": [{"role": "main", "value": "At least 12 people were killed on Monday in a blast in Mosul, police said."}],
}  # fmt: skip


def tollwire(*arguments, settings=None, **environ):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TOLLWIRE_")}
    more = environment(settings) if settings else {}
    return subprocess.run(
        [sys.executable, "-m", "agents.cli", *arguments], env=kept | more | environ, capture_output=True, text=True
    )


@pytest.fixture
def file(tmp_path):
    """Three lines: a good one, one that is not JSON, one without uri."""
    path = tmp_path / "articles.jsonl"
    bad = {key: value for key, value in ARTICLE.items() if key != "uri"}
    path.write_text("\n".join([json.dumps(ARTICLE), "{oops", json.dumps(bad)]) + "\n")
    return str(path)


def test_read_gives_a_line_of_json_for_each_article_and_tells_what_it_refused(file):
    done = tollwire("read", "--json", file)
    assert done.returncode == 2
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert set(answer) == {"uri", "version", "figures", "events", "alerts"}
    (figure,) = answer["figures"]
    assert (figure["measure"], figure["low"], figure["high"], figure["qualifier"]) == ("killed", 12, None, "at_least")
    assert [event["country"] for event in answer["events"]] == ["IQ"]
    assert [(alert["kind"], alert["best"]) for alert in answer["alerts"]] == [("first", 12)]
    assert f"{file}:2: " in done.stderr
    assert f"{file}:3: " in done.stderr
    assert "uri" in done.stderr


def test_read_for_people_shows_the_number_and_why(file):
    done = tollwire("read", "--explain", file)
    assert "FIRST  killed at least 12" in done.stdout
    assert "rule " in done.stdout
    assert "killed by 'killed' (rule: " in done.stdout


def test_publish_and_tail_and_topics(settings, file):
    missing = tollwire("publish", file, settings=settings)
    assert missing.returncode == 1
    assert "tollwire topics --ensure" in missing.stderr

    shown = tollwire("topics", settings=settings)
    assert shown.returncode == 1
    assert f"{settings.prefix}news.alerts: missing" in shown.stderr
    assert tollwire("topics", "--ensure", settings=settings).returncode == 0
    assert tollwire("topics", settings=settings).returncode == 0

    published = tollwire("publish", file, settings=settings)
    assert published.returncode == 2
    assert "1 published" in published.stderr
    assert f"{file}:2: " in published.stderr
    client = topics.admin(settings)
    assert [found.records for found in topics.show(client, settings)] == [1, 0, 0, 0, 0, 0, 0]
    client.close()

    strict = tollwire("publish", "--strict", file, settings=settings)
    assert strict.returncode == 2
    assert "0 published" in strict.stderr
    assert tollwire("tail", "alerts", "--from-start", "--no-follow", "--json", settings=settings).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "environ", "says"),
    [
        (("tail", "--broker", "127.0.0.1:1"), {}, "no Kafka answers at 127.0.0.1:1"),
        (("topics",), {"TOLLWIRE_PARTITIONS": "none"}, "TOLLWIRE_PARTITIONS='none': wanted a whole number"),
        (("export", "--country", "IRQ"), {}, "'IRQ' is not two letters of ISO 3166, as IQ"),
        (("topics",), {"TOLLWIRE_PARTITON": "3"}, "TOLLWIRE_PARTITON: no such setting"),
    ],
)
def test_an_error_is_a_line_that_says_what_to_do(arguments, environ, says):
    done = tollwire(*arguments, **environ)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_up_starts_everything_and_ctrl_c_ends_it_with_the_data_kept(tmp_path):
    """Kafka, topics and a worker; the second time the alert is still there."""
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps(ARTICLE) + "\n")
    for first in (True, False):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        up = subprocess.Popen(
            [sys.executable, "-m", "agents.cli", "up", "--data", tmp_path / "data", "--port", port],
            env=os.environ | {"TOLLWIRE_METRICS_PORT": "0", "TOLLWIRE_BOARD_PORT": "0", "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert any("Ctrl-C ends everything" in line for line in up.stdout)
        broker = f"127.0.0.1:{port}"
        if first:
            assert tollwire("publish", str(news), "--broker", broker).returncode == 0
            settings = Settings(broker=broker)
            with closing(topics.admin(settings)) as client:
                lag.wait_until_worked_off(client, settings, 60)
        alerts = tollwire("tail", "--from-start", "--no-follow", "--json", "--broker", broker)
        assert [json.loads(line)["best"] for line in alerts.stdout.splitlines()] == [12]
        (situation,) = [json.loads(line)["situation"] for line in alerts.stdout.splitlines()]
        told = tollwire("situation", situation, "--broker", broker)
        assert "“At least 12 people were killed”" in told.stdout
        assert tollwire("situation", ARTICLE["uri"], "--broker", broker).stdout == told.stdout
        assert tollwire("situation", "none", "--broker", broker).returncode == 1
        up.send_signal(signal.SIGINT)
        assert up.wait(60) == 0
