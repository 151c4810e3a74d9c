"""Entries as article versions: which article, which version, of when; and what is remembered of them."""

from datetime import UTC, datetime, timedelta

import pytest

from streams.inlets.feeds import memory
from streams.inlets.feeds.articles import article, looked, unlike, uri
from streams.inlets.feeds.config import Feed
from streams.inlets.feeds.entries import Contents, Entry
from streams.inlets.feeds.memory import MOST_SEEN, Memory, Seen
from streams.wire import BadRecord

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
FEED = Feed(name="wire", url="https://example.org/rss")


def entry(guid="1", title="12 killed", text="In Basra.", published=None, updated=None, link=None):
    return Entry(guid=guid, link=link, title=title, text=text, published=published, updated=updated)


def seen(made, sent=True):
    return Seen(looked="x", version=made.version, created=made.versionCreated, first=made.firstCreated, sent=sent)


def make(what, before=None, now=NOW, feed=FEED):
    return article(feed, "The Wire", uri(feed, what), what, what.text, before, now)


@pytest.mark.parametrize(
    ("guid", "name"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://other.example/a", "urn:feed:wire:https://other.example/a"),  # it cannot speak for another's article
        ("https://example.org@other.example/a", "urn:feed:wire:https://example.org@other.example/a"),
        ("4711", "urn:feed:wire:4711"),
        ("tag:example.org,2026:1", "urn:feed:wire:tag:example.org,2026:1"),
        ("خبر 1\n", "urn:feed:wire:%D8%AE%D8%A8%D8%B1%201%0A"),
        ("https://[broken/", "urn:feed:wire:https://[broken/"),
    ],
)
def test_a_guid_becomes_a_uri(guid, name):
    assert uri(FEED, entry(guid)) == name


def test_an_entry_without_guid_goes_by_its_link_then_by_its_words():
    assert uri(FEED, entry(None, link="https://example.org/b")) == "https://example.org/b"
    assert uri(FEED, entry(None)) == uri(FEED, entry(None)) != uri(FEED, entry(None, title="13 killed"))
    assert len(uri(FEED, entry("x" * 10_000))) < 100


def test_the_first_version():
    published, updated = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    made = make(entry(published=published, updated=updated, link="https://example.org/a"))
    assert (made.versionCreated, made.firstCreated) == (updated, published)
    assert (made.headline, made.body, made.source, made.link) == (
        "12 killed",
        "In Basra.",
        "The Wire",
        "https://example.org/a",
    )
    assert make(entry(), feed=Feed(name="w", url=FEED.url, source="Us", language="ar")).source == "Us"


@pytest.mark.parametrize("said", [None, NOW + timedelta(days=2), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_time_that_cannot_be_is_replaced_by_the_clock(said):
    made = make(entry(published=said, updated=said))
    assert (made.versionCreated, made.firstCreated) == (NOW, NOW)


def test_the_same_words_are_nothing_new():
    first = make(entry())
    assert make(entry(updated=NOW), seen(first)) is None


def test_other_words_are_a_newer_version():
    first = make(entry(updated=NOW - timedelta(hours=1)))
    second = make(entry(title="14 killed", updated=NOW), seen(first))
    assert (second.uri, second.versionCreated, second.firstCreated) == (first.uri, NOW, first.firstCreated)
    assert second.version != first.version


@pytest.mark.parametrize("said", [None, NOW - timedelta(hours=5), NOW])
def test_a_later_version_is_later_whatever_the_feed_and_the_clock_say(said):
    first = make(entry(updated=NOW))
    behind = NOW - timedelta(minutes=5)
    assert make(entry(title="14 killed", updated=said), seen(first), now=behind).versionCreated > first.versionCreated


def test_what_kafka_did_not_confirm_is_sent_again_with_the_same_times():
    first = make(entry())
    assert make(entry(), seen(first, sent=False), now=NOW + timedelta(hours=1)) == first


def test_an_entry_that_says_nothing_or_too_much_is_refused_with_its_field():
    with pytest.raises(BadRecord, match="bodies: "):
        make(entry(title="", text=""))
    with pytest.raises(BadRecord, match="headline: longer"):
        make(entry(title="x" * 6000))


def test_only_what_changed_is_looked_at_the_oldest_first():
    one, two, three = entry("1"), entry("2"), entry("3")
    known = Memory(url=FEED.url)
    contents = Contents(title=None, entries=[three, two, one, entry("1", title="a second one of this name")])
    assert [each for _, each in unlike(FEED, contents, known)] == [one, two, three]
    for name, each in list(unlike(FEED, contents, known)):
        known.sight(name, Seen(looked=looked(FEED, each), version="v", created=NOW, first=NOW, sent=each is not two))
    assert [each for _, each in unlike(FEED, contents, known)] == [two]
    changed = Contents(title=None, entries=[three, two, entry("1", updated=NOW)])
    assert [each.guid for _, each in unlike(FEED, changed, known)] == ["1", "2"]


def test_what_is_remembered_stays_bounded_and_the_longest_unseen_goes_first():
    known = Memory(url=FEED.url)
    for number in range(MOST_SEEN + 100):
        known.sight(str(number), Seen(looked="x", version="v", created=NOW, first=NOW, sent=True))
    known.sight("0", known.seen["0"])
    known.forget(present=50)
    assert len(known.seen) == MOST_SEEN + 50
    assert "0" in known.seen
    assert "1" not in known.seen


def test_memory_outlives_the_process_and_a_broken_file_is_none(tmp_path):
    path = tmp_path / "feeds" / "wire.json"
    known = Memory(url=FEED.url, etag='"1"', failures=3, due=NOW)
    known.sight("u", Seen(looked="x", version="v", created=NOW, first=NOW, sent=True))
    memory.save(path, known)
    assert memory.load(path, FEED.url) == known
    moved = memory.load(path, "https://example.org/moved")
    assert (moved.etag, moved.failures, moved.seen) == (None, 0, known.seen)
    path.write_bytes(path.read_bytes()[:-5])
    assert memory.load(path, FEED.url) == Memory(url=FEED.url)
    assert [each.name for each in path.parent.iterdir()] == ["wire.json"]
