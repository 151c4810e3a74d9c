"""Which articles' records may be let go: those that nothing has been heard of for long enough.

By the articles' own clock, and never one that an input may ask for again after a crash. When exactly a
record goes makes no difference to what is said: a version that comes later than the days that an article
is remembered is its first one, whether the record is still there (`step`) or not.
"""

from collections.abc import Iterable
from itertools import islice

from agents.outcome import REPLAYABLE
from streams.records import Time

ARTICLE_DAYS = 30
LATE = 2  # days that an input may lag behind the others and still find the record that it is to be compared with
FORGET = 4  # records let go with one input, at most; it adds one


class Articles:
    """The articles whose records are kept. `put` and `drop` follow the records, `heard` every input."""

    def __init__(self, known: Iterable[tuple[str, Time]] = ()) -> None:
        """`known` are the articles of a state that was kept before: uri and time of the last version.

        The inputs that made it may come again, so nothing of it is let go until they would have come.
        """
        self._days: dict[str, int] = {}  # the ordinal of an article's last version
        self._lately: dict[str, None] = {}  # the last REPLAYABLE that were heard of, the longest ago first
        self._settled: dict[int, dict[str, None]] = {}  # all others, by day
        self._inputs = 0
        for uri, last in known:
            self.put(uri, last)

    def __len__(self) -> int:
        return len(self._days)

    def put(self, uri: str, last: Time) -> None:
        """An article's record was written; `last` is the time of its last version."""
        self.drop(uri)
        self._days[uri], self._lately[uri] = last.toordinal(), None
        if len(self._lately) > REPLAYABLE:
            first = next(iter(self._lately))
            del self._lately[first]
            self._settled.setdefault(self._days[first], {})[first] = None

    def heard(self, uri: str) -> None:
        """An input came. It may have changed nothing, but what it was compared with must still be there if it comes again."""
        self._inputs += 1
        if uri in self._lately:
            self._lately[uri] = self._lately.pop(uri)
        elif uri in self._days:
            self._lift(uri)
            self._lately[uri] = None

    def drop(self, uri: str) -> None:
        """An article's record is gone; one that is not kept is no error."""
        if uri in self._days and uri not in self._lately:
            self._lift(uri)
        self._lately.pop(uri, None)
        self._days.pop(uri, None)

    def expired(self, now: Time, days: int) -> tuple[str, ...]:
        """Some of the articles that had no version in the `days` before `now`, the oldest first; FORGET at most."""
        oldest = min(self._settled, default=None)
        if oldest is None or self._inputs <= REPLAYABLE or oldest >= now.toordinal() - days - LATE:
            return ()
        return tuple(islice(self._settled[oldest], FORGET))

    def _lift(self, uri: str) -> None:
        """Take an article out of its day."""
        day = self._settled[self._days[uri]]
        del day[uri]
        if not day:
            del self._settled[self._days[uri]]
