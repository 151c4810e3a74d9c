"""An entry of a feed as an article version: which article it is, whether it says anything new, and of when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from streams.ids import digest
from streams.inlets import ninjs
from streams.inlets.feeds.config import Feed
from streams.inlets.feeds.entries import Contents, Entry
from streams.inlets.feeds.memory import Memory, Seen
from streams.records import Article

URI = ":/?#[]@!$&'()*+,;=~%"  # what a URI may hold besides letters and digits
LONGEST_URI = 1000
OLDEST = 2000  # a feed that dates an entry before this year does not know when it was


def uri(feed: Feed, entry: Entry) -> str:
    """The article's uri, of its guid.

    As it stands where it is an address on the feed's own host; else under the feed's name, so that no feed can speak
    for the articles of another.
    """
    guid = entry.guid or entry.link or digest(entry.title, entry.text)
    plain = quote(guid, safe=URI)
    if len(plain) > LONGEST_URI:
        plain = digest(guid)
    try:
        parts = urlsplit(plain)
        own = parts.scheme in ("http", "https") and parts.hostname == urlsplit(feed.url).hostname
    except ValueError:
        own = False
    return plain if own else f"urn:feed:{feed.name}:{plain}"


def looked(feed: Feed, entry: Entry) -> str:
    """A hash of what the feed says of an entry: where it is as it was, there is nothing to look at."""
    return digest(feed.pages, entry.title, entry.text, entry.link, entry.published, entry.updated)


def unlike(feed: Feed, contents: Contents, memory: Memory) -> Iterator[tuple[str, Entry]]:
    """The entries that are not as they were, the oldest first: feeds begin with the newest. Each uri once."""
    present: dict[str, Entry] = {}
    for entry in contents.entries:
        present.setdefault(uri(feed, entry), entry)
    for name, entry in reversed(present.items()):
        seen = memory.seen.get(name)
        if seen and seen.sent and seen.looked == looked(feed, entry):
            memory.sight(name, seen)
        else:
            yield name, entry


def article(
    feed: Feed, title: str | None, name: str, entry: Entry, body: str, seen: Seen | None, now: datetime
) -> Article | None:
    """The entry as an article version; None where it says what Kafka has already.

    Its version is the hash of its text. It was made when the entry says, but never after `now`, and never before
    the version that it follows. Raises BadRecord.
    """
    version = digest(entry.title, body)
    if seen and seen.version == version and seen.sent:
        return None
    if seen and seen.version == version:
        created, first = seen.created, seen.first  # the same as before it was cut short
    else:
        created = _sane(entry.updated or entry.published, now) or now
        first = seen.first if seen else min(created, _sane(entry.published, now) or created)
        if seen and created <= seen.created:
            created = max(now, seen.created + timedelta(milliseconds=1))
    return ninjs.article(
        {
            "uri": name,
            "version": version,
            "versionCreated": created.isoformat(),
            "firstCreated": first.isoformat(),
            "language": feed.language,
            "headline": entry.title,
            "body": body,
            "source": feed.source or " ".join((title or "").split())[:500] or feed.name,
            "link": entry.link,
        }
    )


def _sane(time: datetime | None, now: datetime) -> datetime | None:
    return min(time, now) if time and time.year >= OLDEST else None
