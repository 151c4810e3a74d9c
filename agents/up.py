"""`tollwire up`: Kafka, topics and workers on this machine, watched until Ctrl-C; the data stay."""

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

import click

from agents import local
from streams import topics
from streams.broker import BrokerError, Cluster
from streams.settings import Settings


def wait_for_the_end(watch: Callable[[], None], seconds: float = 1.0) -> None:
    """Call `watch` every so often until Ctrl-C or TERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(seconds):
        watch()


def run(settings: Settings, workers: int) -> None:
    """Start everything in the order of need; end it in the reverse order."""
    port = int(settings.broker.rpartition(":")[2])
    with ExitStack() as ending:
        say = lambda line: click.echo(line, err=True)  # noqa: E731
        cluster = ending.enter_context(Cluster(settings.data, port=port, say=say))
        settings = replace(settings, broker=cluster.servers)
        for line in topics.ensure(topics.admin(settings), settings):
            click.echo(line)
        running = [local.worker(settings, number) for number in range(1, workers + 1)]
        for one in running:
            ending.callback(one.stop)
            one.start()
        for one in running:
            one.wait_until_ready()
            click.echo(
                f"{one.settings.worker} is ready; metrics at http://127.0.0.1:{one.settings.metrics_port}/metrics"
            )
        click.echo(
            f"Kafka answers at {cluster.servers}. Try: tollwire publish seeds/drama.jsonl; tollwire tail --from-start"
        )
        click.echo("Ctrl-C ends everything; the data stay.")

        def watch() -> None:
            if fallen := cluster.fallen():
                raise BrokerError(f"Kafka ended by itself; see {fallen.folder}")
            for line in local.keep_running(running):
                click.echo(line, err=True)

        wait_for_the_end(watch)
        click.echo("ending …")
