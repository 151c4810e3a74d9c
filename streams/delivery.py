"""Sending to Kafka so that the outcome of every single record is known."""

from collections import deque
from contextlib import suppress
from typing import Any, Generic, TypeVar

from kafka import KafkaProducer, errors

from streams import connection
from streams.settings import Settings
from streams.wire import Headers

IN_FLIGHT = 2000  # records on their way, at most
IN_FLIGHT_BYTES = 32 << 20

Label = TypeVar("Label")


class Delivery(Generic[Label]):
    """Records on their way, in order, each with a label by which the caller knows it.

    `acknowledged` counts those that all in-sync copies have. The first that Kafka did not take is
    `undelivered`, and `failure` says why; a caller stops there. Never creates a topic.
    """

    def __init__(self, settings: Settings, give_up: float = 60.0, max_bytes: int = 1 << 20) -> None:
        """Give up after so many seconds without an answer, 6 at least. Raises kafka.errors.KafkaError."""
        self.give_up = max(6.0, give_up)
        self.producer = KafkaProducer(
            **connection.kafka_python(
                settings,
                acks="all",
                enable_idempotence=True,
                linger_ms=20,
                batch_size=64 << 10,
                max_request_size=max_bytes,
                allow_auto_create_topics=False,
                bootstrap_timeout_ms=int(self.give_up * 1000),
                delivery_timeout_ms=int(self.give_up * 1000),
                request_timeout_ms=int(self.give_up * 500),
                max_block_ms=int(self.give_up * 1000),
            )
        )
        self.waiting: deque[tuple[Any, Label, int]] = deque()
        self.bytes = 0
        self.acknowledged = 0
        self.undelivered: Label | None = None
        self.failure: str | None = None

    def send(
        self,
        label: Label,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: Headers,
        partition: int | None = None,
    ) -> None:
        """Hand a record over; wait for the oldest where too much is on its way."""
        try:
            future = self.producer.send(topic, value, key=key, headers=headers, partition=partition)
        except (errors.KafkaError, ValueError) as error:
            self.settle()
            self._fail(label, error)
            return
        size = len(value or b"")
        self.waiting.append((future, label, size))
        self.bytes += size
        while self.waiting and (
            self.waiting[0][0].is_done or len(self.waiting) > IN_FLIGHT or self.bytes > IN_FLIGHT_BYTES
        ):
            self._settle_oldest()

    def settle(self) -> None:
        """Wait until every record on its way has its outcome."""
        while self.waiting:
            self._settle_oldest()

    def close(self) -> None:
        """End the producer; what was not delivered has been told."""
        with suppress(errors.KafkaError):
            self.producer.close(timeout=5 if self.failure is None else 1)

    def _settle_oldest(self) -> None:
        future, label, size = self.waiting.popleft()
        self.bytes -= size
        if self.failure is not None and not future.is_done:
            return  # one has been waited for in vain: the rest would each take as long
        try:
            future.get(self.give_up + 5)
        except errors.KafkaError as error:
            self._fail(label, error)
        else:
            self.acknowledged += 1

    def _fail(self, label: Label, error: Exception) -> None:
        if self.failure is None:
            self.undelivered, self.failure = label, f"{type(error).__name__}: {error}"
