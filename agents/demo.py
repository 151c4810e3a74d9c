"""`tollwire demo`: the seeds as a small drama on an own Kafka, alerts as they come, and a closing table."""

import re
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from kafka import KafkaProducer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents import local
from streams import connection, lag, topics, wire
from streams.broker import Cluster
from streams.inlets.files import Refused
from streams.inlets.publish import publish
from streams.outlets.deadletters import Letter, letters
from streams.outlets.shown import shown
from streams.outlets.tail import Seen, tail
from streams.settings import Settings, load

SEEDS = Path(__file__).parents[1] / "seeds"
DRAMA = (SEEDS / "drama.jsonl", SEEDS / "mosul.jsonl", SEEDS / "poison.jsonl")
RATE = 8.0  # articles a second: quick, but a person can follow
POISON = SEEDS / "poison.bin"  # what a program that does not use `tollwire publish` might write into the topic

out = Console(highlight=False, soft_wrap=True)


def run(data: Path | None, keep_open: bool) -> int:
    """Tell the drama; 0 when every record was accounted for."""
    with ExitStack() as ending:
        folder = data or Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="tollwire-")))
        settings = load(data=folder, metrics_port=0, partitions=4, replication=1, broker="127.0.0.1:1")
        began = time.monotonic()
        with _told("starting Apache Kafka"):
            cluster = ending.enter_context(Cluster(folder, say=lambda line: out.print(Text(f"  {line}", style="dim"))))
        settings = replace(settings, broker=cluster.servers)
        client = topics.admin(settings)
        ending.callback(client.close)
        topics.ensure(client, settings)
        worker = local.worker(settings)
        with _told("starting a worker"):
            ending.callback(lambda: worker.running and worker.stop())
            worker.start()
            worker.wait_until_ready()
        out.print(Text(f"Kafka at {settings.broker}, ready after {time.monotonic() - began:.1f} s. The news:\n"))
        alerts = ending.enter_context(_alerts(settings))
        report = publish(DRAMA, settings, rate=RATE)
        _write_raw(settings)
        lag.wait_until_worked_off(client, settings, 60)
        given = sum(found.records for found in topics.show(client, settings) if found.topic is topics.ALERTS)
        while len(alerts) < given:
            time.sleep(0.05)
        refused = list(letters(settings))
        out.print(_closing(client, settings, report.refusals, alerts, refused, worker.metrics()))
        if keep_open:
            _stay(settings)
        return 0 if report.failure is None else 1


@contextmanager
def _told(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    out.print(Text(f"{what}: {time.monotonic() - began:.1f} s", style="dim"))


@contextmanager
def _alerts(settings: Settings) -> Iterator[list[Seen]]:
    """The alerts, printed as they come."""
    seen: list[Seen] = []
    ended = threading.Event()
    found = tail("alerts", settings, "earliest", stop=ended.is_set)

    def watch() -> None:
        for one in found:
            out.print(shown(one), "\n")
            seen.append(one)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join(5)


def _write_raw(settings: Settings) -> None:
    producer = KafkaProducer(**connection.kafka_python(settings), acks="all")
    producer.send(settings.prefix + topics.ARTICLES.name, POISON.read_bytes(), key=b"poison")
    producer.flush()
    producer.close()


def _closing(
    client: object,
    settings: Settings,
    refusals: tuple[Refused, ...],
    alerts: list[Seen],
    refused: list[Letter],
    metrics: str,
) -> Table:
    """What was read, alerted, silenced and why, refused and why; how long it took."""
    records = {found.topic: found.records for found in topics.show(client, settings)}
    delays = sorted(one.time.timestamp() - int(dict(one.headers)[wire.PUBLISHED]) / 1000 for one in alerts)
    kinds = Counter(one.record.kind for one in alerts)
    silenced = _samples(metrics, "tollwire_silenced_total")
    table = Table(title="What happened", title_justify="left", show_header=False)
    table.add_row("read", f"{records[topics.ARTICLES]} records of {topics.ARTICLES.name}")
    table.add_row(
        "", f"{sum(_samples(metrics, 'tollwire_figures_total').values())} figures, {records[topics.EVENTS]} events"
    )
    table.add_row("alerted", f"{len(alerts)}: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    table.add_row("silenced", ", ".join(f"{count} {reason}" for reason, count in silenced.most_common()) or "nothing")
    table.add_section()
    table.add_row("refused", f"{len(refusals)} lines, before anything was sent:")
    for one in refusals:
        table.add_row("", shown(replace(one, file=Path(one.file).name)))
    table.add_row("dead letters", f"{len(refused)}, with their origin and reason:")
    for letter in refused:
        table.add_row("", shown(letter))
    table.add_section()
    if delays:
        last = delays[min(len(delays) - 1, int(len(delays) * 0.99))]
        table.add_row(
            "latency",
            f"article in Kafka to alert in Kafka: median {1000 * statistics.median(delays):.0f} ms, 99th {1000 * last:.0f} ms",
        )
    return table


def _samples(metrics: str, name: str) -> Counter[str]:
    """A counter's samples by the last of its labels, out of a /metrics page."""
    found: Counter[str] = Counter()
    for label, value in re.findall(rf'^{name}{{[^}}]*?="([^"]*)"}} (\S+)$', metrics, re.MULTILINE):
        found[label] += int(float(value))
    return found


def _stay(settings: Settings) -> None:
    from agents.up import until_ctrl_c

    out.print(
        Text(f"Kafka stays at {settings.broker} until Ctrl-C: tollwire tail --from-start --broker {settings.broker}")
    )
    with until_ctrl_c() as ended:
        ended.wait()
