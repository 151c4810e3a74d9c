"""The latest alerts, each once, within a bound: written by the thread that reads, read by all who look on."""

import heapq
import threading

from streams import wire
from streams.outlets.board.card import Card

MOST = 20_000  # alerts kept, about 20 MB; the page keeps as many
BATCH = 200  # sent at a time


class Latest:
    """Alerts numbered in the order they were read; the oldest by Kafka's time make way for new ones.

    Ids are remembered ten times longer than alerts, so that what a worker sends again is known.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._cards: dict[int, bytes] = {}
        self._oldest: list[tuple[float, int]] = []
        self._ids: dict[str, None] = {}
        self._number = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._cards)

    def put(self, card: Card) -> bool:
        """Take an alert in; False where it was there before."""
        with self._lock:
            if card.id in self._ids:
                return False
            self._ids[card.id] = None
            if len(self._ids) > 10 * self._most:
                del self._ids[next(iter(self._ids))]
            self._number += 1
            self._cards[self._number] = wire.encode(card)
            heapq.heappush(self._oldest, (card.given.timestamp(), self._number))
            if len(self._cards) > self._most:
                del self._cards[heapq.heappop(self._oldest)[1]]
            return True

    def after(self, number: int) -> tuple[int, list[bytes]]:
        """The next alerts after this number, as JSON, BATCH at most; with the number of the last of them."""
        with self._lock:
            if number >= self._number:
                return self._number, []
            newer = []
            for mine, encoded in reversed(self._cards.items()):
                if mine <= number:
                    break
                newer.append((mine, encoded))
            batch = newer[: -BATCH - 1 : -1]
            return (batch[-1][0] if batch else self._number), [encoded for _, encoded in batch]
