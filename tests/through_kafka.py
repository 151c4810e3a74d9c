"""News files through Kafka and workers, with every record accounted for and what it cost.

    python tests/through_kafka.py FILE… [--workers 2] [--kill] [--partitions 8] [--store rocksdb]

Publishes the files, starts the workers, with --kill kills one half way with SIGKILL and starts it again,
waits until all is worked off, then prints the account of each stage, the costs, and whether the workers' situations
are those that `tollwire read` ends in, which takes the same articles in order.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from accounting import accounts
from alert.stories import says
from topic_log import whole

from agents import local
from agents.flow import Alert
from agents.read import Chain, apply
from streams import lag, topics
from streams.broker import Cluster
from streams.inlets import files
from streams.inlets.publish import publish
from streams.settings import Settings


def cpu_and_memory(worker: local.Worker) -> tuple[float, float]:
    """CPU seconds and peak resident MiB of a worker, as its own metrics and /proc tell."""
    values = dict(line.rsplit(" ", 1) for line in worker.metrics().splitlines() if not line.startswith("#"))
    status = Path(f"/proc/{worker.process.pid}/status")
    peak = (
        next((line for line in status.read_text().splitlines() if line.startswith("VmHWM")), "0 0")
        if status.exists()
        else "0 0"
    )
    return float(values["process_cpu_seconds_total"]), int(peak.split()[1]) / 1024


def steps(worker: local.Worker) -> dict[str, float]:
    """Seconds inside the steps, by agent."""
    lines = (line for line in worker.metrics().splitlines() if line.startswith("tollwire_step_seconds_sum"))
    return {line.split('"')[1]: float(line.rsplit(" ", 1)[1]) for line in lines}


def same_situations(settings: Settings, paths: list[str]) -> tuple[int, int]:
    """How many situations reading the files in order ends in, and how many of them the log of events ends in, too."""
    over_log, chain = Alert({}), Chain()
    for message in whole(settings, topics.EVENTS):
        apply(over_log, over_log.step(over_log.decode(message.value), message.offset))
    for path in paths:
        for item in files.items(Path(path)):
            if isinstance(item, files.Read):
                chain.feed(item.article)
    here, there = says(chain.stages[2].situations), set(map(repr, says(over_log.situations)))
    return len(here), sum(repr(one) in there for one in here)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--store", default="memory")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), partitions=args.partitions, store=args.store, metrics_port=0)
        with Cluster(settings.data, properties={"group.min.session.timeout.ms": 1000}) as cluster:
            settings = replace(settings, broker=cluster.servers)
            client = topics.admin(settings)
            topics.ensure(client, settings)
            report = publish(args.files, settings)
            print(
                f"published {report.published}, refused {report.refused}, {report.published / report.seconds:.0f} a second",
                flush=True,
            )
            workers = [local.worker(settings, number) for number in range(1, args.workers + 1)]
            began = time.monotonic()
            try:
                for worker in workers:
                    worker.start()
                    worker.wait_until_ready()
                ready = time.monotonic()
                if args.kill:
                    half = report.published // 2
                    while (
                        sum(found.records for found in topics.show(client, settings) if found.topic is topics.FIGURES)
                        < half
                    ):
                        time.sleep(0.1)
                    workers[-1].process.kill()
                    workers[-1].process.wait()
                    print("killed one worker half way", flush=True)
                    workers[-1].start()
                lag.wait_until_worked_off(client, settings, 1200)
                seconds = time.monotonic() - ready
                print(
                    f"ready after {ready - began:.1f} s; worked off in {seconds:.1f} s: {report.published / seconds:.0f} articles a second",
                    flush=True,
                )
                for worker in workers:
                    cpu, peak = cpu_and_memory(worker)
                    inside = "  ".join(
                        f"{agent} {1000 * spent / report.published:.3f}" for agent, spent in steps(worker).items()
                    )
                    print(
                        f"{worker.settings.worker}: CPU s per 1,000 articles {1000 * cpu / report.published:.3f}, inside the steps: {inside}; peak {peak:.0f} MiB",
                        flush=True,
                    )
            finally:
                codes = [worker.stop() for worker in workers]
            print("exit codes", codes)
            all_accounts = accounts(settings)
            for account in all_accounts:
                print(account)
            here, same = same_situations(settings, args.files)
            print(f"{here} situations in order; the workers' are the same for {same}")
            return 0 if all(account.right for account in all_accounts) else 1


if __name__ == "__main__":
    sys.exit(main())
