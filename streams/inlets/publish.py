"""Article updates into Kafka: each one acknowledged, or refused by file, line and reason."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from streams import topics, wire
from streams.delivery import Delivery
from streams.inlets.files import Item, Read, Refused, items
from streams.records import Article
from streams.settings import Settings

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
    headers = wire.headers(article, "publish")
    headers.append(("traceparent", traceparent(dict(headers)["ce_id"].decode())))
    return article.uri.encode(), wire.encode(article), headers


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
    topic = articles_topic(settings)
    delivery: Delivery[Read] = Delivery(settings, give_up)
    try:
        return _run(found(), topic, delivery, rate, progress, began)
    finally:
        delivery.close()


def articles_topic(settings: Settings) -> str:
    """The name of the articles' topic, which is there. Raises topics.NoBroker, topics.TopicMismatch."""
    name = settings.prefix + topics.ARTICLES.name
    admin = topics.admin(settings)
    try:
        if name not in admin.list_topics():
            raise topics.TopicMismatch(f"{name}: no such topic; `tollwire topics --ensure` makes it")
    finally:
        admin.close()
    return name


def _run(
    found: Iterable[Item],
    topic: str,
    delivery: Delivery[Read],
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
            delivery.send(item, topic, *message(item.article))
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
