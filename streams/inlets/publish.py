"""Article updates into Kafka: each one acknowledged, or refused by file, line and reason."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from kafka import KafkaProducer, errors

from streams import connection, topics, wire
from streams.inlets.files import Item, Read, Refused, items
from streams.records import Article
from streams.settings import Settings

IN_FLIGHT = 2000  # records on their way, at most
IN_FLIGHT_BYTES = 32 << 20
KEPT = 1000  # refusals told in full; a report stays readable, and a file of nothing but bad lines bounded


@dataclass(frozen=True, slots=True)
class Report:
    """What became of everything that was read.

    `published` are acknowledged by Kafka, all of its copies. `refusals` are the first 1,000 of
    `refused`. Where Kafka stopped answering midway, `undelivered` is the first item it did not
    acknowledge and `failure` says why; publishing the same files again is safe, for the same
    article version has the same id and changes nothing downstream.
    """

    published: int = 0
    refused: int = 0
    refusals: tuple[Refused, ...] = ()
    undelivered: Read | None = None
    failure: str | None = None
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether everything that was read is in Kafka."""
        return not self.refused and self.failure is None


def traceparent(record_id: str) -> bytes:
    """A W3C trace context whose trace is the article version's own, the same on every publishing.

    >>> traceparent("6e3880f3771357402390")
    b'00-9d2d56758d299f2985ccea5a48547484-6c9f2d764ec5f55e-01'
    """
    trace = blake2b(record_id.encode(), digest_size=24, person=b"traceparent").hexdigest()
    return f"00-{trace[:32]}-{trace[32:]}-01".encode()


def message(article: Article) -> tuple[bytes, bytes, wire.Headers]:
    """An article as Kafka has it: key, value, headers."""
    trace = [("traceparent", traceparent(wire.record_id(article)))]
    return article.uri.encode(), wire.encode(article), wire.headers(article, "publish", trace)


def publish(
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    language: str | None = None,
    source: str | None = None,
    strict: bool = False,
    rate: float | None = None,
    give_up: float = 60.0,
    progress: Callable[[int, int], None] = lambda published, refused: None,
) -> Report:
    """Publish all articles of the files, in order; "-" is the standard input.

    `strict` reads everything first and publishes nothing if anything is refused. `rate` is at most
    so many articles a second. After `give_up` seconds (6 at least) without Kafka's answer the rest is
    left. `progress` is told, as it goes, how many are acknowledged and refused.

    Raises topics.NoBroker, topics.TopicMismatch where the topic is missing, and ValueError for
    `strict` on the standard input, which can be read only once.
    """
    paths = list(paths)
    began = time.monotonic()

    def found() -> Iterable[Item]:
        return chain.from_iterable(items(path, language, source) for path in paths)

    if strict:
        if "-" in map(str, paths):
            raise ValueError("strict reads everything twice; the standard input can be read only once")
        refusals = [item for item in found() if isinstance(item, Refused)]
        if refusals:
            progress(0, len(refusals))
            seconds = time.monotonic() - began
            return Report(refused=len(refusals), refusals=tuple(refusals[:KEPT]), seconds=seconds)
    delivery = _Delivery(settings, give_up)
    try:
        return _run(found(), delivery, rate, progress, began)
    finally:
        delivery.close()


def _run(
    found: Iterable[Item],
    delivery: "_Delivery",
    rate: float | None,
    progress: Callable[[int, int], None],
    began: float,
) -> Report:
    refused, refusals, sent = 0, [], 0
    started = time.monotonic()
    for item in found:
        if isinstance(item, Refused):
            refused += 1
            refusals += [item] if refused <= KEPT else []
        else:
            if rate:
                time.sleep(max(0.0, started + sent / rate - time.monotonic()))
            delivery.send(item)
            sent += 1
        progress(delivery.acknowledged, refused)
        if delivery.failure:
            break
    delivery.settle()
    progress(delivery.acknowledged, refused)
    return Report(
        published=delivery.acknowledged,
        refused=refused,
        refusals=tuple(refusals),
        undelivered=delivery.undelivered,
        failure=delivery.failure,
        seconds=time.monotonic() - began,
    )


class _Delivery:
    """What is on its way, in order, and what became of it."""

    def __init__(self, settings: Settings, give_up: float) -> None:
        self.topic = settings.prefix + topics.ARTICLES.name
        admin = topics.admin(settings)
        try:
            known = set(admin.list_topics())
        finally:
            admin.close()
        if self.topic not in known:
            raise topics.TopicMismatch(f"{self.topic}: no such topic; `tollwire topics --ensure` makes it")
        self.give_up = max(6.0, give_up)
        self.producer = KafkaProducer(
            **connection.kafka_python(
                settings,
                acks="all",
                enable_idempotence=True,
                linger_ms=20,
                batch_size=64 << 10,
                allow_auto_create_topics=False,
                delivery_timeout_ms=int(self.give_up * 1000),
                request_timeout_ms=int(self.give_up * 500),
                max_block_ms=int(self.give_up * 1000),
            )
        )
        self.waiting: deque[tuple[Any, Read, int]] = deque()
        self.bytes = 0
        self.acknowledged = 0
        self.undelivered: Read | None = None
        self.failure: str | None = None

    def send(self, read: Read) -> None:
        """Hand over; wait for the oldest where too much is on its way."""
        key, value, headers = message(read.article)
        try:
            future = self.producer.send(self.topic, value, key=key, headers=headers)
        except errors.KafkaError as error:
            self.settle()
            self._fail(read, error)
            return
        self.waiting.append((future, read, len(value)))
        self.bytes += len(value)
        while self.waiting and (
            self.waiting[0][0].is_done or len(self.waiting) > IN_FLIGHT or self.bytes > IN_FLIGHT_BYTES
        ):
            self._settle_oldest()

    def settle(self) -> None:
        """Wait for everything that is on its way."""
        while self.waiting:
            self._settle_oldest()

    def _settle_oldest(self) -> None:
        future, read, size = self.waiting.popleft()
        self.bytes -= size
        try:
            future.get(self.give_up + 5)
        except errors.KafkaError as error:
            self._fail(read, error)
        else:
            self.acknowledged += 1

    def _fail(self, read: Read, error: errors.KafkaError) -> None:
        if self.failure is None:
            self.undelivered, self.failure = read, f"{type(error).__name__}: {error}"

    def close(self) -> None:
        with suppress(errors.KafkaError):  # what was not delivered is already told
            self.producer.close(timeout=5 if self.failure is None else 1)
