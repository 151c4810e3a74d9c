"""Rules and dashboards on a real Prometheus that scrapes a real worker."""

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import yaml
from prometheus_client import Counter, Gauge, Histogram

from agents import local
from agents.extract.text.pack import codes
from streams import lag, metrics, topics
from streams.inlets.publish import publish
from streams.records import KINDS, MEASURES

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = yaml.safe_load((PROMETHEUS / "rules.yml").read_text("utf-8"))["groups"]
ALERTS = [rule for group in RULES for rule in group["rules"] if "alert" in rule]


def program(name):
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"no {name} here (Debian: apt install prometheus)")
    return path


def panels():
    for path in sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json")):
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{path.stem}: {panel['title']}", target["expr"]


def test_each_alert_fires_on_its_fault_and_only_then():
    done = subprocess.run(
        [program("promtool"), "test", "rules", "rules_test.yml"], cwd=PROMETHEUS, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tested = (PROMETHEUS / "rules_test.yml").read_text("utf-8")
    for rule in ALERTS:
        assert f"alertname: {rule['alert']}\n        exp_alerts:" in tested, "no test in which it fires"


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_each_alert_has_its_page_in_the_runbook(rule):
    assert re.fullmatch(r"Tollwire([A-Z][a-z]+)+", rule["alert"])
    path, _, heading = rule["annotations"]["runbook_url"].partition("#")
    headings = re.findall(r"^## (\w+)$", (ROOT / path).read_text("utf-8"), re.M)
    assert rule["alert"] in headings
    assert heading == rule["alert"].lower()


@pytest.fixture
def prometheus(tmp_path):
    """Start Prometheus on the project's rules, scraping a worker each second; returns how to ask it."""
    running = []

    def start(worker):
        binary, port = program("prometheus"), _free_port()
        config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text("utf-8"))
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        config["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{worker.settings.metrics_port}"]}]
        rules = (PROMETHEUS / "rules.yml").read_text("utf-8").replace("interval: 15s", "interval: 1s")
        (tmp_path / "rules.yml").write_text(rules, "utf-8")
        (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config), "utf-8")
        with (tmp_path / "prometheus.log").open("wb") as log:
            command = [binary, "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb"]
            running.append(
                subprocess.Popen(
                    [*command, f"--web.listen-address=127.0.0.1:{port}"], cwd=tmp_path, stdout=log, stderr=log
                )
            )

        def ask(path, **parameters):
            address = f"http://127.0.0.1:{port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return json.load(answer)["data"]

        return ask

    yield start
    for process in running:
        process.terminate()
        process.wait(20)


def test_every_panel_and_every_rule_has_an_answer_of_a_real_worker(settings, prometheus):
    worker = local.worker(settings)
    client = topics.admin(settings)
    topics.ensure(client, settings)
    worker.start()
    try:
        worker.wait_until_ready()
        ask = prometheus(worker)
        _await(lambda: ask("query", query="sum(tollwire_items_in_total)")["result"], "the first scrape")
        # so slowly that Prometheus sees counters rise: one that it first meets at its end has not risen
        publish([ROOT / "seeds" / "drama.jsonl", ROOT / "seeds" / "poison.jsonl"], settings, rate=3)
        lag.wait_until_worked_off(client, settings, 60)
        _await(lambda: float(ask("query", query="sum(tollwire_alerts_total)")["result"][0]["value"][1]) > 5, "alerts")
        silent = {title: expr for title, expr in panels() if not _answers(ask, expr)}
        _await(lambda: not {title for title, expr in silent.items() if not _answers(ask, expr)}, f"{silent}")
        _await(
            lambda: float(ask("query", query="max(tollwire_lag_read_timestamp_seconds)")["result"][0]["value"][1]),
            "lag",
        )
        found = {rule["name"]: rule for group in ask("rules")["groups"] for rule in group["rules"]}
        for group in RULES:
            for rule in group["rules"]:
                assert found[rule.get("alert") or rule["record"]]["health"] == "ok"
        assert not [name for name, rule in found.items() if rule.get("state") == "firing"]  # all is well
        _in_the_closed_list(worker.metrics(), settings)
    finally:
        worker.stop()
        client.close()


def _in_the_closed_list(page, settings):
    """What a worker says has no name and no label's value beyond the list in streams/metrics.py."""
    bounds = {
        "agent": {"extract", "enrich", "alert"}, "measure": set(MEASURES), "kind": set(KINDS), "direction": {"up", "down"},
        "language": {*codes(), "other"}, "topic": {topic.name for topic in topics.TOPICS},
        "partition": set(map(str, range(settings.partitions))), "outcome": set(metrics.FEED_OUTCOMES),
        "change": {"first", "changed", "refused"}, "status": set(metrics.SERVE_STATUSES),
    }  # fmt: skip
    listed = [one for one in vars(metrics).values() if isinstance(one, (Counter, Gauge, Histogram))]
    known = {family.name for one in listed for family in one.describe()}
    for name, labels in re.findall(r"^(tollwire_\w+?)(?:_bucket|_sum|_count|_created|_total)?(?:{(.*)})? ", page, re.M):
        assert name in known
        for label, value in re.findall(r'(\w+)="([^"]*)"', labels):
            if label in bounds:
                assert value in bounds[label], name
            elif label == "country":
                assert re.fullmatch("[A-Z]{2}", value)
            elif label == "reason":  # a step's own word, or an exception's class
                assert re.fullmatch(r"[a-z_ ]{3,30}", value) or value in metrics.DEADLETTER_REASONS
            else:
                assert label == "le"


def _answers(ask, expr):
    return any(sample["value"][1] != "NaN" for sample in ask("query", query=expr)["result"])


def _await(condition, what, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except (OSError, IndexError):
            pass  # it does not listen yet, or has not scraped
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
