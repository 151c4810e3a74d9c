"""`tollwire up`: Kafka, topics, workers and the board on this machine, watched until Ctrl-C; the data stay."""

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import click

from agents import local
from streams import topics
from streams.broker import Cluster
from streams.outlets.board.serve import serving
from streams.settings import Settings


@contextmanager
def until_ctrl_c() -> Iterator[threading.Event]:
    """An event that Ctrl-C or TERM sets; from here on neither interrupts what is being started or ended."""
    ended = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: ended.set()) for number in numbers]
    try:
        yield ended
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def run(settings: Settings, workers: int) -> None:
    """Start everything in the order of need; end it in the reverse order."""
    port = int(settings.broker.rpartition(":")[2])
    with ExitStack() as ending:
        ended = ending.enter_context(until_ctrl_c())
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
        click.echo(f"the board is at {ending.enter_context(serving(settings))}")
        there = "" if cluster.servers == Settings().broker else f" --broker {cluster.servers}"
        click.echo(f"Kafka answers at {cluster.servers}. In another terminal:")
        click.echo(f"  tollwire publish seeds/drama.jsonl{there}")
        click.echo(f"  tollwire tail --from-start{there}")
        click.echo(f"Ctrl-C ends everything; the data stay in {settings.data}")

        while not ended.wait(1.0):
            if fallen := cluster.fallen():
                raise fallen.failure("ended by itself")
            for line in local.keep_running(running):
                click.echo(line, err=True)
        click.echo("ending …")
