"""Articles of many tasks to Kafka, through one producer; each task goes on when Kafka has its own."""

import asyncio
from collections.abc import Sequence

from kafka import errors

from streams import topics
from streams.delivery import Delivery
from streams.inlets.publish import message
from streams.records import Article
from streams.settings import Settings

GIVE_UP = 10.0  # seconds without Kafka's answer


class NotTaken(ConnectionError):
    """Kafka did not acknowledge; sending the same again is safe, for it has the same ids."""


class Handover:
    """What comes while Kafka is being waited for goes out together, next."""

    def __init__(self, settings: Settings, give_up: float = GIVE_UP) -> None:
        self.settings, self.give_up = settings, give_up
        self.topic = settings.prefix + topics.ARTICLES.name
        self.waiting: list[tuple[Sequence[Article], asyncio.Future[None]]] = []
        self.task: asyncio.Task[None] | None = None
        self.delivery: Delivery[int] | None = None

    async def send(self, articles: Sequence[Article]) -> None:
        """Return when all copies of Kafka have these articles. Raises NotTaken."""
        told = asyncio.get_running_loop().create_future()
        self.waiting.append((articles, told))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._work_off())
        await told

    async def close(self) -> None:
        """Wait for what is on its way, and end the producer."""
        if self.task:
            await self.task
        if self.delivery:
            await asyncio.to_thread(self.delivery.close)

    async def _work_off(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            try:
                failure = await asyncio.to_thread(self._deliver, [each for articles, _ in batch for each in articles])
            except Exception as bug:  # nobody must wait for ever
                failure = f"{type(bug).__name__}: {bug}"
            for _, told in batch:
                if told.done():
                    continue  # who waited has gone
                if failure:
                    told.set_exception(NotTaken(failure))
                else:
                    told.set_result(None)

    def _deliver(self, articles: Sequence[Article]) -> str | None:
        """Send and wait; why it failed, or None. A producer that failed is given up for a new one."""
        try:
            delivery = self.delivery = self.delivery or Delivery(self.settings, self.give_up)
        except (errors.KafkaError, OSError, ValueError) as bad:
            return f"{type(bad).__name__}: {bad}"
        for number, article in enumerate(articles):
            delivery.send(number, self.topic, *message(article))
            if delivery.failure:
                break
        delivery.settle()
        if delivery.failure:
            self.delivery = None
            delivery.close()
        return delivery.failure
