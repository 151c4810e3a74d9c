"""What is remembered of a feed from poll to poll, in a file of its own in the data folder."""

import contextlib
import os
from datetime import datetime
from pathlib import Path

import msgspec

MOST_SEEN = 5_000  # entries that are no longer in the feed; one that comes back later is sent again


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as last looked at, and the article version that was made of it."""

    looked: str  # what the entry said, as a hash; "" where its page is to be looked at again
    version: str
    created: datetime
    first: datetime
    sent: bool  # Kafka has it; else the same version, with the same times, is sent again
    paged: bool = False  # its text is its page's, not the feed's
    tries: int = 0  # how often its page was fetched in vain


class Memory(msgspec.Struct, kw_only=True):
    """A feed's conditional GET, its failures, and its entries, the longest unseen first."""

    url: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0  # in a row
    due: datetime | None = None  # not to be polled before
    seen: dict[str, Seen] = msgspec.field(default_factory=dict)

    def sight(self, uri: str, seen: Seen) -> None:
        """Remember an entry as just seen."""
        self.seen.pop(uri, None)
        self.seen[uri] = seen

    def forget(self, present: int) -> None:
        """Drop the longest unseen of what is no longer among the last `present` entries."""
        for uri in list(self.seen)[: max(0, len(self.seen) - present - MOST_SEEN)]:
            del self.seen[uri]


def load(path: Path, url: str) -> Memory:
    """What is remembered; nothing where there is no file, a broken one, or one of another address.

    Then entries are sent again, under the same ids where the feed dates them.
    """
    try:
        memory = msgspec.json.decode(path.read_bytes(), type=Memory)
    except (OSError, msgspec.DecodeError):
        return Memory(url=url)
    if memory.url != url:  # moved: the entries are the same, the rest is of another server
        return Memory(url=url, seen=memory.seen)
    return memory


def save(path: Path, memory: Memory) -> None:
    """Replace the file at once: after a crash there is the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(memory))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
