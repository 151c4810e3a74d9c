"""Workers for the length of a block, for tests and benchmarks."""

from collections.abc import Iterator
from contextlib import contextmanager

from agents import local
from streams.settings import Settings


@contextmanager
def running(settings: Settings, count: int) -> Iterator[list[local.Worker]]:
    """So many workers, ready."""
    workers = [local.worker(settings, number) for number in range(1, count + 1)]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.wait_until_ready()
        yield workers
    finally:
        for worker in workers:
            worker.stop()
