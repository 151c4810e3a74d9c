"""The ground a scenario plays on: a cluster, workers that a supervisor starts again, news that keeps coming."""

import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from accounting import Account, accounts

from agents import local
from streams import lag, topics
from streams.broker import Cluster
from streams.delivery import Delivery
from streams.inlets.publish import message
from streams.records import Article
from streams.settings import Settings

QUICK = {"group.min.session.timeout.ms": 1000, "broker.session.timeout.ms": 2000, "broker.heartbeat.interval.ms": 250}
GIVE_UP = 120.0  # seconds without Kafka's answer after which the publisher gives up


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a scenario. `settled` is how long the lag took to be zero after the last fault, in seconds."""

    scenario: str
    articles: int
    faults: int
    restarts: int
    settled: float
    accounts: list[Account]
    wrong: str = ""

    @property
    def right(self) -> bool:
        return not self.wrong and all(account.right for account in self.accounts)


@dataclass
class Ground:
    """A cluster with fresh topics. Enter it, start workers, publish, do harm, then `settle`."""

    folder: Path
    nodes: int = 1
    partitions: int = 4
    faults: int = 0
    restarts: int = 0
    published: int = 0
    workers: list[local.Worker] = field(default_factory=list)

    def __enter__(self) -> "Ground":
        self._ending = ExitStack()
        self.cluster = self._ending.enter_context(Cluster(self.folder, nodes=self.nodes, properties=QUICK))
        self.settings = Settings(
            broker=self.cluster.servers, prefix=f"t{uuid.uuid4().hex[:8]}.", data=self.folder, metrics_port=0,
            partitions=self.partitions, replication=self.nodes,
        )  # fmt: skip
        self.client = topics.admin(self.settings)
        self._ending.callback(self.client.close)
        topics.ensure(self.client, self.settings)
        self._over, self._count = threading.Event(), 0
        self._keeper = threading.Thread(target=self._keep_running, daemon=True)
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._keeper.join()
        for one in self.workers:
            one.stop()
        self._ending.close()

    def _keep_running(self) -> None:
        while not self._over.wait(0.2):
            self.restarts += len(local.keep_running(list(self.workers)))

    def join(self, **environment: str) -> local.Worker:
        """One more worker; returns when it is ready."""
        self._count += 1
        one = local.worker(self.settings, self._count)
        one.start(**environment)
        one.wait_until_ready()
        self.workers.append(one)
        return one

    def leave(self, one: local.Worker) -> int:
        """End a worker with TERM, for good; its exit code."""
        self.workers.remove(one)
        return one.stop()

    def publish(self, articles: Iterable[Article]) -> None:
        """Publish, and return when Kafka has all of them."""
        delivery: Delivery[Article] = Delivery(self.settings, GIVE_UP)
        name = self.settings.prefix + topics.ARTICLES.name
        try:
            for article in articles:
                delivery.send(article, name, *message(article))
            delivery.settle()
            if delivery.failure:
                raise RuntimeError(f"the publisher gave up: {delivery.failure}")
            self.published += delivery.acknowledged
        finally:
            delivery.close()

    @contextmanager
    def flow(self, articles: Iterable[Article], rate: float) -> Iterator[None]:
        """Publish beside what is done in the block, so many articles a second."""
        over = threading.Event()
        paced = takewhile(lambda _: not over.wait(1 / rate), articles)
        with ThreadPoolExecutor(1) as beside:
            publishing = beside.submit(self.publish, paced)
            try:
                yield
            finally:
                over.set()
            publishing.result()

    def settle(self, scenario: str, seconds: float = 300.0) -> Row:
        """Wait until all is worked off, then account for every record."""
        began, wrong = time.monotonic(), ""
        try:
            lag.wait_until_worked_off(self.client, self.settings, seconds)
        except TimeoutError as late:
            wrong = f"stuck: {late}"
        settled = time.monotonic() - began
        return Row(scenario, self.published, self.faults, self.restarts, settled, accounts(self.settings), wrong)
