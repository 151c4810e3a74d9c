"""The one loop that every agent runs in: decode, step, send, acknowledge; count; dead-letter.

What holds afterwards, for every record of the topic that is read: its offset is acknowledged, in order,
only once everything that it caused (records sent on, changes of state, or its dead letter) has been
acknowledged by Kafka. A bug in a step is a dead letter like bad input. A delivery that fails for good
ends the process, so that nothing is committed past it; a supervisor starts it again and the record
comes back (Faust by itself would commit and lose it).
"""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import faust

from agents.fence import stamp
from agents.flow import Stage
from agents.outcome import REPLAYABLE
from streams import metrics, topics, wire
from streams.outlets.deadletters import letter
from streams.settings import Settings

log = logging.getLogger("tollwire")

IN_FLIGHT = 1000  # records read and not yet acknowledged, at most: bounds memory and what a crash repeats
STATE_BYTES = 64 * 1024  # of one state record, at most: an oversize changelog record would stop the worker for good


class StateTooLarge(ValueError):
    """A step wants to remember more than a state record may hold."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A record on its way: what must be acknowledged by Kafka before its offset is."""

    event: Any
    deliveries: list[Awaitable[Any]]
    out: int
    published: float  # seconds since 1970


class Shell:
    """Runs one stage inside one Faust agent."""

    def __init__(
        self,
        app: faust.App,
        stage: Stage,
        settings: Settings,
        table: faust.Table | None = None,
        count: Callable[[Any], None] = lambda record: None,
    ) -> None:
        """`table` keeps the stage's state; `count` counts what this agent alone counts, for each record sent."""
        self.app, self.stage, self.settings, self.table, self.count = app, stage, settings, table, count
        self.sends_to = settings.prefix + stage.writes.name
        self.deadletter = settings.prefix + topics.DEADLETTER.name
        self.failures_in_a_row = 0
        self.braked = False
        self.progress = 0  # steps ended and records acknowledged: what the watchdog wants to see move
        self.in_flight: asyncio.Queue[Sent]
        name = stage.name
        self.items_in, self.items_out = metrics.items_in.labels(name), metrics.items_out.labels(name)
        self.in_progress, self.last_processed = metrics.in_progress.labels(name), metrics.last_processed.labels(name)
        self.step_seconds, self.latency_seconds = (
            metrics.step_seconds.labels(name),
            metrics.latency_seconds.labels(name),
        )

    async def run(self, stream: faust.Stream) -> None:
        """Work through the stream until it ends."""
        self.in_flight = asyncio.Queue(IN_FLIGHT)
        acknowledging = asyncio.create_task(self._acknowledge(stream))
        try:
            async for event in stream.noack().events():
                self.items_in.inc()
                self.in_progress.inc()
                await self._stay_in_reach(event.message)
                await self.in_flight.put(await self._handle(event))
                if self.failures_in_a_row >= self.settings.brake:
                    await self._hold()
        finally:
            acknowledging.cancel()

    async def _stay_in_reach(self, message: Any) -> None:
        """Go no further past what is committed than a stage knows what it gave, should it be read again."""
        while message.offset - (self.app.consumer.committed(message.tp) or message.offset) >= REPLAYABLE:
            await asyncio.sleep(0.05)

    async def _handle(self, event: Any) -> Sent:
        message, began = event.message, time.perf_counter()
        inherited = _pairs(message.headers)
        published = dict(inherited).get(wire.PUBLISHED) or str(int(message.timestamp * 1000)).encode()
        try:
            outcome = self.stage.step(self.stage.decode(message.value), message.offset)
            records = [
                (
                    self.stage.writes.key(record).encode(),
                    wire.encode(record),
                    wire.headers(record, self.stage.name, inherited),
                )
                for record in outcome.records
            ]
            state = [(record.key.encode(), _bounded(wire.encode(record))) for record in outcome.remember]
        except Exception as error:  # whatever a step does wrong must not stop the stream
            return await self._dead_letter(event, inherited, published, error)
        finally:
            self.step_seconds.observe(time.perf_counter() - began)
            self.progress += 1
        self.failures_in_a_row = 0
        send, partition = self.app.producer.send, message.partition
        deliveries = [
            await send(self.sends_to, key, value, None, None, [*headers, (wire.PUBLISHED, published)])
            for key, value, headers in records
        ]
        if self.table is not None:
            changelog, store, caused = self.table.changelog_topic_name, self.table.data, stamp(message.offset)
            for (key, value), record in zip(state, outcome.remember, strict=True):
                deliveries.append(await send(changelog, key, value, partition, None, caused))
                store[key] = value
                self.stage.remember(record)
            for key in outcome.forget:
                deliveries.append(await send(changelog, key.encode(), None, partition, None, caused))
                store.pop(key.encode(), None)
                self.stage.forget(key)
        for reason in outcome.silenced:
            metrics.silenced.labels(self.stage.name, reason).inc()
        for record in outcome.records:
            self.count(record)
        return Sent(event, deliveries, len(records), int(published) / 1000)

    async def _dead_letter(self, event: Any, inherited: wire.Headers, published: bytes, error: Exception) -> Sent:
        message, stage = event.message, self.stage.name
        headers = letter(message.topic, message.partition, message.offset, inherited, stage, error)
        if not isinstance(error, wire.BadRecord):
            log.exception(
                "%s: a bug at %s-%d@%d; the record goes to the dead letters",
                stage,
                message.topic,
                message.partition,
                message.offset,
            )
        self.failures_in_a_row += 1
        reason = type(error).__name__
        metrics.deadletters.labels(stage, reason if reason in metrics.DEADLETTER_REASONS else "other").inc()
        sent = await self.app.producer.send(self.deadletter, message.key, message.value, None, None, headers)
        if not isinstance(error, wire.BadRecord):
            # Before later records change the state: read again, a stage takes what lies behind its state for done.
            await asyncio.wait([sent])
        return Sent(event, [sent], 0, int(published) / 1000)

    async def _hold(self) -> None:
        """When everything fails, the deployment is broken: keep the rest in the topic, where it is safe."""
        self.braked = True
        metrics.braked.labels(self.stage.name).set(1)
        log.critical(
            "%s: %d records in a row could not be processed; intake stopped. See `tollwire deadletters`, mend the cause, start the worker again",
            self.stage.name, self.failures_in_a_row,
        )  # fmt: skip
        await asyncio.Event().wait()

    async def _acknowledge(self, stream: faust.Stream) -> None:
        """Acknowledge in the order of arrival: Faust would commit past a record that is still in flight."""
        while True:
            sent = await self.in_flight.get()
            try:
                for delivery in sent.deliveries:
                    await delivery
            except Exception as error:
                log.critical(
                    "%s: Kafka did not take a record (%s: %s); ending before its offset is committed",
                    self.stage.name,
                    type(error).__name__,
                    error,
                )
                logging.shutdown()
                os._exit(70)
            await stream.ack(sent.event)
            self.progress += 1
            now = time.time()
            self.in_progress.dec()
            self.items_out.inc(sent.out)
            self.last_processed.set(now)
            self.latency_seconds.observe(max(0.0, now - sent.published))


def _bounded(value: bytes) -> bytes:
    if len(value) > STATE_BYTES:
        raise StateTooLarge(f"{len(value)} bytes of state for one record; {STATE_BYTES} are allowed")
    return value


def _pairs(headers: Any) -> wire.Headers:
    """A message's headers as pairs; Faust hands them on as a list, a mapping or nothing."""
    return list(headers.items() if hasattr(headers, "items") else headers or ())


def raw_topic(app: faust.App, settings: Settings, topic: topics.Topic) -> faust.TopicT:
    """The topic as bytes: decoding happens inside the shell, where a failure is a dead letter."""
    return app.topic(
        settings.prefix + topic.name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
    )


def raw_table(app: faust.App, settings: Settings, name: str) -> faust.Table:
    """A table of bytes by bytes, with its changelog in Kafka."""
    return app.Table(name, key_type=bytes, value_type=bytes, partitions=settings.partitions)
