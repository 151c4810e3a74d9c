"""The whole way on Apache Kafka: how much, how fast, what it costs, and how that grows.

    python tests/bench_pipeline.py [--articles 6000] [--seconds 20]

The feed mixes the replay files beside the checkout in a random order with a fixed seed (without them: the
seeds, under new names each time). Kafka, the publisher and the workers share this machine's cores, so the
rates are a lower bound; CPU seconds are the workers' own.
"""

import argparse
import json
import random
import statistics
import tempfile
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from through_kafka import cpu_and_memory, steps
from workers import running

from streams import lag, topics, wire
from streams.broker import Cluster
from streams.inlets import files
from streams.inlets.publish import publish
from streams.outlets.messages import messages
from streams.settings import Settings

ROOT = Path(__file__).parents[1]
REPLAY = ROOT.parent / "shared" / "replay"
SHARES = (0.1, 0.5, 0.9)  # of the greatest rate
PARTITIONS = (2, 8, 32)


def feed(count: int, folder: Path) -> Path:
    """A file with so many articles of all replay files, mixed."""
    paths = sorted(REPLAY.glob("*.jsonl.gz")) or [ROOT / "seeds" / "drama.jsonl"]
    found = [item.article for path in paths for item in files.items(path) if isinstance(item, files.Read)]
    random.Random(7).shuffle(found)
    rounds = chain.from_iterable(
        (replace(article, uri=f"{article.uri}:{turn}" if turn else article.uri) for article in found)
        for turn in range(count // len(found) + 1)
    )
    path = folder / "feed.jsonl"
    with path.open("wb") as out:
        out.writelines(wire.encode(_ninjs(article)) + b"\n" for article in islice(rounds, count))
    return path


def _ninjs(article):
    plain = json.loads(wire.encode(article))
    texts = {"headlines": plain.pop("headline"), "bodies": plain.pop("body")}
    named = {name: [{"role": "main", "value": text}] for name, text in texts.items() if text}
    return plain | named | {"infoSources": [{"name": plain.pop("source") or "?"}]}


def backlog(settings: Settings, path: Path, workers: int) -> float:
    """Work off a topic that is full; print what it cost; the rate, articles a second."""
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        report = publish([path], settings)
        behind = {}
        with running(settings, workers) as all_of_them:
            lag.wait_until_worked_off(client, settings, 1800)
            for worker in all_of_them:
                cpu, peak = cpu_and_memory(worker)
                for name, spent in (("whole process", cpu), *steps(worker).items()):
                    behind[name] = behind.get(name, 0.0) + spent
                behind["peak MiB"] = max(behind.get("peak MiB", 0), peak)
        seconds = _seconds(settings)
    rate = report.published / seconds
    peak = behind.pop("peak MiB")
    spent = "  ".join(f"{name} {1000 * value / report.published:.2f}" for name, value in behind.items())
    print(
        f"{workers} worker{'s' * (workers > 1)}, {settings.partitions:2} partitions: {rate:6.0f} articles a second; "
        f"CPU s per 1,000: {spent}; peak {peak:.0f} MiB", flush=True,
    )  # fmt: skip
    return rate


def _seconds(settings: Settings) -> float:
    """From the first figures to the last record of any stage, by Kafka's own clock of the records."""
    times = [
        message.timestamp
        for topic in (topics.FIGURES, topics.EVENTS, topics.ALERTS)
        for message in messages(topic, settings, "earliest", follow=False)
    ]
    return (max(times) - min(times)) / 1000


def live(settings: Settings, path: Path, rate: float, seconds: float) -> None:
    """Publish at a steady rate to a worker that is ready; print how long alerts took."""
    count = max(50, int(rate * seconds))
    part = path.with_name("part.jsonl")
    with path.open("rb") as given, part.open("wb") as out:
        out.writelines(islice(given, count))
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        with running(settings, 1):
            report = publish([part], settings, rate=rate)
            lag.wait_until_worked_off(client, settings, 600)
    found = messages(topics.ALERTS, settings, "earliest", follow=False)
    delays = sorted(message.timestamp - int(dict(message.headers)[wire.PUBLISHED]) for message in found)
    last = delays[min(len(delays) - 1, int(0.99 * len(delays)))]
    print(
        f"at {report.published / report.seconds:5.0f} articles a second: {len(delays)} alerts, "
        f"median {statistics.median(delays):.0f} ms, 99th {last} ms", flush=True,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--seconds", type=float, default=20.0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = feed(args.articles, folder)
        with Cluster(folder, properties={"group.min.session.timeout.ms": 1000}) as cluster:
            base = Settings(data=folder, broker=cluster.servers, metrics_port=0)
            print("a backlog worked off:", flush=True)
            most = backlog(replace(base, prefix="one."), path, 1)
            backlog(replace(base, prefix="two."), path, 2)
            for count in PARTITIONS:
                if count != base.partitions:
                    backlog(replace(base, prefix=f"p{count}.", partitions=count), path, 1)
            print("article in Kafka to alert in Kafka, one worker:", flush=True)
            for share in SHARES:
                live(replace(base, prefix=f"live{int(100 * share)}."), path, share * most, args.seconds)


if __name__ == "__main__":
    main()
