"""What could not be processed: listed, and sent again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from streams import topics
from streams.delivery import Delivery
from streams.outlets.letter import OURS, REPLAYED, Letter, letter, opened
from streams.outlets.messages import messages
from streams.settings import Settings

__all__ = ["ALL", "Choice", "Letter", "Replay", "letter", "letters", "replay"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are meant: those of a stage, of an origin's topic, or with a word in error or reason."""

    stage: str | None = None
    origin: str | None = None
    reason: str | None = None

    def __call__(self, found: Letter) -> bool:
        said = f"{found.error} {found.reason}".casefold()
        return (
            (self.stage is None or found.stage == self.stage)
            and (self.origin is None or (found.topic or "").endswith(self.origin))
            and (self.reason is None or self.reason.casefold() in said)
        )


ALL = Choice()


def letters(settings: Settings, choice: Callable[[Letter], bool] = ALL) -> Iterator[Letter]:
    """The chosen letters, up to what is the end of their topic now.

    Raises topics.NoBroker and topics.TopicMismatch, at once.
    """
    found = messages(topics.DEADLETTER, settings, "earliest", follow=False)
    return filter(choice, map(opened, found))


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of the chosen letters: sent again, passed over with reasons, and what failed."""

    sent: int
    passed_over: tuple[str, ...]  # the first 1,000
    failure: str | None


def replay(settings: Settings, choice: Callable[[Letter], bool] = ALL, give_up: float = 60.0) -> Replay:
    """Send the original key and bytes to where they came from, the same partition, each record once.

    Only letters that lie there now are taken, so what fails again waits for the next call. A record
    that failed several times has several letters; it is sent once, and its header `tollwire.replayed`
    says how often it has been. Raises topics.NoBroker and topics.TopicMismatch.
    """
    times: dict[bytes, int] = {}
    for found in letters(settings, choice):
        same = _record(found)
        times[same] = max(times.get(same, 0), found.replayed + 1)
    known = {settings.prefix + topic.name for topic in topics.TOPICS} - {settings.prefix + topics.DEADLETTER.name}
    passed_over: list[str] = []
    delivery: Delivery[Letter] = Delivery(settings, give_up)
    try:
        for found in letters(settings, choice) if times else ():
            count = times.pop(_record(found), None)
            if count is None:
                continue  # sent already, or new since the first look
            if found.topic not in known or (found.key is None and found.value is None):
                passed_over += [f"{found.origin}: no topic of ours"] if len(passed_over) < 1000 else []
                continue
            headers = [pair for pair in found.headers if pair[0] not in OURS | {REPLAYED}]
            headers.append((REPLAYED, str(count).encode()))
            there = found.origin_partition
            partition = there if there is not None and there < settings.partitions else None
            delivery.send(found, found.topic, found.key, found.value, headers, partition)
            if delivery.failure:
                break
        delivery.settle()
    finally:
        delivery.close()
    return Replay(delivery.acknowledged, tuple(passed_over), delivery.failure)


def _record(found: Letter) -> bytes:
    """What makes two letters ones of the same record."""
    whole = blake2b(digest_size=16)
    for part in (found.topic or "", str(found.origin_partition)):
        whole.update(part.encode() + b"\x1f")
    for part in (found.key, found.value):
        whole.update(b"-" if part is None else b"%d:" % len(part) + part)
    return whole.digest()
