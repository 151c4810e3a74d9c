"""`tollwire feed` against a real Kafka: a polled entry becomes an alert, a changed one corrects it, TERM ends it."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from topic_log import whole

from agents import local
from streams import lag, topics, wire
from streams.records import Alert, Article
from streams.settings import environment


@pytest.fixture
def ready(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        yield replace(settings, metrics_port=local._free_port()), client


def write(tmp_path, *tables, top="pause = 0"):
    file = tmp_path / "feeds.toml"
    text = "\n".join(
        f"[feeds.{name}]\nurl = \"{url}\"\nallow = ['127.0.0.1/32', '::1/128']\n{more}" for name, url, more in tables
    )
    file.write_text(f"{top}\n{text}")
    return file


def show(site, path, headline, body, updated):
    item = f"<item><guid>1</guid><title>{headline}</title><description>{body}</description><pubDate>{updated}</pubDate></item>"
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{item}</channel></rss>'
    site.pages[path] = (200, {"Content-Type": "text/xml; charset=utf-8"}, text.encode("windows-1256"))  # it says wrong


def command(settings, *arguments):
    return [sys.executable, "-m", "agents.cli", "feed", *map(str, arguments)], {
        key: value for key, value in os.environ.items() if not key.startswith("TOLLWIRE_")
    } | environment(settings)


def feed(settings, *arguments):
    line, environ = command(settings, *arguments)
    return subprocess.run(line, env=environ, capture_output=True, text=True, timeout=120)


def alerts(settings):
    return [wire.decode(message.value, Alert) for message in whole(settings, topics.ALERTS)]


def test_an_entry_becomes_an_alert_and_a_changed_one_changes_it(ready, site, tmp_path):
    settings, client = ready
    show(
        site,
        "/rss",
        "انفجار في البصرة",
        "قتل 14 شخصا في انفجار وقع في البصرة، بحسب الشرطة.",
        "Tue, 03 Mar 2026 10:00:00 GMT",
    )
    file = write(tmp_path, ("wire", site.url + "/rss", "source = 'Wire'"), ("gone", site.url + "/gone", ""))
    worker = local.worker(replace(settings, metrics_port=0))
    worker.start()
    try:
        worker.wait_until_ready()
        done = feed(settings, file, "--once")
        assert done.returncode == 2  # one feed is gone; the other was read
        assert "wire: 1 new" in done.stderr
        assert "gone: " in done.stderr
        assert "answers 404 (status)" in done.stderr
        lag.wait_until_worked_off(client, settings, 60)
        (first,) = alerts(settings)
        assert (first.kind, first.best) == ("first", 14)

        show(
            site,
            "/rss",
            "انفجار في البصرة",
            "قتل 17 شخصا في انفجار وقع في البصرة، بحسب الشرطة.",
            "Tue, 03 Mar 2026 12:00:00 GMT",
        )
        file = write(tmp_path, ("wire", site.url + "/rss", "source = 'Wire'"))
        assert feed(settings, file, "--once").returncode == 0
        lag.wait_until_worked_off(client, settings, 60)
        kinds = {alert.kind: (alert.best, alert.situation) for alert in alerts(settings)}
        assert set(kinds) <= {"first", "corrected", "raised"}
        assert len(kinds) == 2
        assert {situation for _, situation in kinds.values()} == {first.situation}
        assert 17 in {best for best, _ in kinds.values()}
        assert feed(settings, file, "--once").returncode == 0
        assert len(whole(settings, topics.ARTICLES)) == 2  # nothing new, nothing sent
    finally:
        worker.stop()


def test_it_polls_until_term_and_tells_its_metrics(ready, site, tmp_path):
    settings, _ = ready
    show(site, "/rss", "Blast", "12 people were killed in Basra.", "Tue, 03 Mar 2026 10:00:00 GMT")
    site.pages["/page"] = (200, {}, b"<html></html>")
    site.pages["/hangs"] = lambda handler: site.closing.wait(60)
    tables = [
        ("wire", site.url + "/rss", "every = 0.1"), ("page", site.url + "/page", "every = 0.1"),
        ("hangs", site.url.replace("127.0.0.1", "localhost") + "/hangs", "timeout = 3600"),
    ]  # fmt: skip
    line, environ = command(settings, write(tmp_path, *tables))
    running = subprocess.Popen(line, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 60
        while [path for path, _ in site.asked].count("/rss") < 3:
            assert time.monotonic() < until
            assert running.poll() is None
            time.sleep(0.05)
        told = local.Worker(settings).metrics()
        assert 'tollwire_feed_polls_total{outcome="document"}' in told
        assert "/hangs" in [path for path, _ in site.asked]
        assert 'tollwire_feed_articles_total{change="first"} 1.0' in told
        assert "tollwire_feeds_failing 1.0" in told
    finally:
        running.send_signal(signal.SIGTERM)
    assert running.wait(10) == 0
    log = running.stderr.read()
    assert "Traceback" not in log
    assert "an HTML page, not a feed (document); again in" in log
    (article,) = [wire.decode(message.value, Article) for message in whole(settings, topics.ARTICLES)]
    assert article.headline == "Blast"


def test_a_bad_file_and_a_missing_topic_are_one_line(settings, tmp_path):
    done = feed(settings, write(tmp_path, ("wire", "https://example.org/", "evry = 1")))
    assert (done.returncode, "feeds.wire: evry: no such field" in done.stderr) == (1, True)
    done = feed(settings, write(tmp_path, ("wire", "https://example.org/", "")), "--once")
    assert (done.returncode, "tollwire topics --ensure" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_kafka_that_goes_away_is_told_and_nothing_is_lost(quick, site, tmp_path):
    """Stopped before the poll: exit code 1; started again: the same article, once."""
    from streams.broker import Cluster
    from streams.inlets.feeds import config
    from streams.inlets.feeds.run import run
    from streams.settings import Settings

    show(site, "/rss", "Blast", "12 people were killed in Basra.", "Tue, 03 Mar 2026 10:00:00 GMT")
    feeds = config.load(write(tmp_path, ("wire", site.url + "/rss", "")))
    cluster = Cluster(tmp_path / "kafka", properties=quick)
    cluster.start()
    try:
        settings = Settings(broker=cluster.servers, partitions=2, data=tmp_path)
        with closing(topics.admin(settings)) as client:
            topics.ensure(client, settings)
        cluster.stop()
        assert run(feeds, settings, once=True) == 1
        cluster.start()
        settings = replace(settings, broker=cluster.servers)
        assert run(feeds, settings, once=True) == 0
        assert len(whole(settings, topics.ARTICLES)) == 1
    finally:
        cluster.stop()
    kept = json.loads((tmp_path / "feeds" / "wire.json").read_text())
    assert [seen["sent"] for seen in kept["seen"].values()] == [True]
