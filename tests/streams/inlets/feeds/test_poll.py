"""A feed polled again and again: what is sent, what is not, and what a failure costs."""

import asyncio
import itertools
import logging
import time
from datetime import UTC, datetime, timedelta

import pytest

from streams.inlets.feeds import memory
from streams.inlets.feeds.apart import Reader
from streams.inlets.feeds.config import Feed
from streams.inlets.feeds.entries import TooLong
from streams.inlets.feeds.fetch import Failed
from streams.inlets.feeds.pace import Turns
from streams.inlets.feeds.poll import PAGE_TRIES, Tools, poll
from streams.inlets.feeds.run import Watched
from streams.inlets.handover import NotTaken
from streams.settings import Settings

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
PAGE = "<html><body><article><h1>Blast</h1><p>{} people were killed in a blast in Basra on Monday, the police of the city said.</p></article></body></html>"


@pytest.fixture(scope="module")
def reader():
    one = Reader()
    yield one
    one.close()


class Desk:
    """Polls one feed of a site; `sent` are the articles that Kafka would have. Each poll comes an hour later."""

    def __init__(self, site, reader, path, **options):
        self.site, self.path = site, path
        self.feed = Feed(name="wire", url=site.url + "/rss", allow=("127.0.0.1/32",), timeout=2, **options)
        self.sent, self.kafka_is_there = [], True
        hours = itertools.count()
        self.tools = lambda: Tools(
            reader, Turns(4, 0.0), self.deliver, lambda: NOW + timedelta(hours=next(hours)), "tests"
        )

    async def deliver(self, articles):
        if not self.kafka_is_there:
            raise NotTaken("no Kafka")
        self.sent += articles

    def poll(self):
        """One poll by a process that was just started."""

        async def run():
            known = memory.load(self.path, self.feed.url)
            try:
                return await poll(self.feed, known, self.path, self.tools())
            finally:
                memory.save(self.path, known)

        return asyncio.run(run())

    def show(self, *items, **headers):
        text = "".join(f"<item><guid>{guid}</guid><title>{title}</title>{more}</item>" for guid, title, more in items)
        self.site.pages["/rss"] = (200, headers, f'<rss version="2.0"><channel>{text}</channel></rss>'.encode())

    def headlines(self):
        told, self.sent = [article.headline for article in self.sent], []
        return told


@pytest.fixture
def desk(site, reader, tmp_path):
    return Desk(site, reader, tmp_path / "wire.json")


def test_new_entries_are_sent_once_and_changed_ones_again(desk):
    desk.show(("2", "5 hurt", ""), ("1", "12 killed", ""))
    assert (desk.poll().first, desk.headlines()) == (2, ["12 killed", "5 hurt"])
    assert (desk.poll().first, desk.headlines()) == (0, [])
    desk.show(("2", "5 hurt", ""), ("1", "14 killed", ""))
    assert (desk.poll().changed, desk.headlines()) == (1, ["14 killed"])


def test_the_conditional_get(desk, site):
    desk.show(("1", "12 killed", ""), ETag='"abc"', **{"Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"})
    desk.poll()
    site.pages["/rss"] = (304, {}, b"")
    assert desk.poll().same
    _, headers = site.asked[-1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"abc"', "Tue, 03 Mar 2026 10:00:00 GMT")


def test_what_kafka_did_not_take_is_sent_again_the_same_to_the_letter(desk, site):
    desk.show(("1", "12 killed", ""), ETag='"abc"')
    desk.kafka_is_there = False
    with pytest.raises(NotTaken):
        desk.poll()
    kept = memory.load(desk.path, desk.feed.url).seen["urn:feed:wire:1"]
    desk.kafka_is_there = True
    assert desk.poll().first == 1
    assert "If-None-Match" not in site.asked[-1][1]  # the entries are not yet dealt with
    (article,) = desk.sent
    assert (article.version, article.versionCreated) == (kept.version, kept.created)


def test_a_bad_entry_is_refused_once_and_the_others_are_sent(desk, caplog):
    desk.show(("1", "x" * 6000, ""), ("2", "5 hurt", ""), ("3", "", ""))
    assert (desk.poll().refused, desk.headlines()) == (2, ["5 hurt"])
    assert "headline: longer than 5,000 characters" in caplog.text
    assert desk.poll().refused == 0


def test_pages_are_fetched_for_what_is_new(site, reader, tmp_path):
    desk = Desk(site, reader, tmp_path / "wire.json", pages=True)
    site.pages["/a"] = (200, {"Content-Type": "text/html"}, PAGE.format(12).encode())
    desk.show(("1", "Blast", "<link>/a</link><description>short</description>"))
    desk.poll()
    desk.poll()
    assert [path for path, _ in site.asked] == ["/rss", "/a", "/rss"]
    (article,) = desk.sent
    assert article.body == "12 people were killed in a blast in Basra on Monday, the police of the city said."
    site.pages["/a"] = (200, {"Content-Type": "text/html"}, PAGE.format(14).encode())
    desk.show(("1", "Blast", "<link>/a</link><pubDate>Tue, 03 Mar 2026 13:00:00 GMT</pubDate>"))
    assert desk.poll().changed == 1
    assert desk.sent[-1].body.startswith("14 people")


def test_a_page_that_cannot_be_had_costs_only_its_text_and_is_tried_again(site, reader, tmp_path):
    desk = Desk(site, reader, tmp_path / "wire.json", pages=True)
    desk.show(("1", "Blast", "<link>/a</link><description>short</description>"), ETag='"abc"')
    assert desk.poll().first == 1
    assert desk.sent[-1].body == "short"
    site.pages["/a"] = (200, {}, PAGE.format(12).encode())
    assert (desk.poll().changed, desk.sent[-1].body[:9]) == (1, "12 people")

    desk.show(("2", "Fire", "<link>http://169.254.169.254/</link><description>short</description>"))
    for _ in range(PAGE_TRIES + 2):
        desk.poll()
    assert [article.headline for article in desk.sent] == ["Blast", "Blast", "Fire"]


def test_a_page_that_fails_once_takes_nothing_back_that_it_said_before(site, reader, tmp_path):
    """Else a server that stumbles would withdraw the tolls of all its articles."""
    desk = Desk(site, reader, tmp_path / "wire.json", pages=True)
    entry = ("1", "Blast", "<link>/a</link><description>short</description>")
    site.pages["/a"] = (200, {}, PAGE.format(12).encode())
    desk.show(entry)
    desk.poll()
    for page in ((503, {}, b""), (404, {}, b""), (200, {}, b"<html></html>"), (500, {}, b"")):
        site.pages["/a"] = page
        desk.show((*entry[:2], entry[2] + "<pubDate>Tue, 03 Mar 2026 13:00:00 GMT</pubDate>"))
        desk.poll()
    assert [article.body[:9] for article in desk.sent] == ["12 people"]
    site.pages["/a"] = (200, {}, PAGE.format(14).encode())
    desk.show((*entry[:2], entry[2] + "<pubDate>Tue, 03 Mar 2026 14:00:00 GMT</pubDate>"))
    desk.poll()
    assert [article.body[:9] for article in desk.sent] == ["12 people", "14 people"]


def test_pages_that_take_too_long_to_read_cost_the_other_feeds_little(site, tmp_path):
    class Slow(Reader):
        async def page(self, *_):
            raise TooLong("not read within 10 s")

    slow = Slow()
    desk = Desk(site, slow, tmp_path / "wire.json", pages=True)
    site.pages["/a"] = (200, {}, PAGE.format(12).encode())
    desk.show(*((str(n), f"Blast {n}", "<link>/a</link>") for n in range(7)))
    try:
        for sent in (3, 6):
            with pytest.raises(Failed, match="3 of its pages took too long"):
                desk.poll()
            assert len(desk.sent) == sent  # each with the feed's own words
        desk.poll()
        desk.poll()
    finally:
        slow.close()
    assert len(desk.sent) == 7
    assert [path for path, _ in site.asked].count("/a") == 7


@pytest.mark.parametrize("body", [b"<html></html>", b"", b"\xff" * 100])
def test_what_is_no_feed_is_a_failure_and_is_not_remembered(desk, site, body):
    site.pages["/rss"] = (200, {"ETag": '"abc"'}, body)
    with pytest.raises(Failed) as error:
        desk.poll()
    assert error.value.why == "document"
    assert memory.load(desk.path, desk.feed.url).etag is None


def test_failures_are_told_put_off_and_forgotten_after_the_next_success(desk, site, tmp_path, caplog):
    """By the loop that watches a feed: what the server asks for, then twice the pace, then four times."""
    caplog.set_level(logging.INFO)
    settings = Settings(data=tmp_path)
    failing = set()
    clock = lambda: NOW  # noqa: E731
    tools = desk.tools()
    watched = Watched(desk.feed, settings, Tools(tools.reader, tools.turns, desk.deliver, clock, "tests"), failing)

    def due():
        return (memory.load(watched.path, desk.feed.url).due - NOW).total_seconds()

    site.pages["/rss"] = (429, {"Retry-After": "7200"}, b"")
    assert asyncio.run(watched.once()) == 2
    assert due() == 7200
    assert failing == {"wire"}
    site.pages["/rss"] = (500, {}, b"")
    asyncio.run(watched.once())
    assert due() == pytest.approx(1200, rel=0.1)
    assert "wire: http" in caplog.text
    assert "answers 500 (status); again in" in caplog.text
    desk.show(("1", "12 killed", ""))
    assert asyncio.run(watched.once()) == 0
    assert due() == pytest.approx(300, rel=0.1)
    assert failing == set()
    assert "wire: 1 new" in caplog.text


def test_what_outsiders_write_is_one_line_of_the_log(desk, caplog):
    desk.show(("1", "", "<link>x</link>"), ("a&#10;ERROR forged", "", ""))
    desk.poll()
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_one_request_to_a_host_at_a_time_with_a_pause_and_others_go_on():
    async def run():
        turns, told = Turns(at_once=2, pause=0.1), []

        async def ask(host, seconds):
            async with turns.turn(host):
                told.append((host, time.monotonic()))
                await asyncio.sleep(seconds)

        await asyncio.gather(*(ask("slow", 0.05) for _ in range(4)), ask("quick", 0), ask("other", 0))
        starts = {host: [when for each, when in told if each == host] for host, _ in told}
        assert starts["quick"][0] - starts["slow"][0] < 0.1  # those who wait for the slow host hold no place
        gaps = [after - before for before, after in itertools.pairwise(starts["slow"])]
        assert min(gaps) >= 0.145
        await asyncio.sleep(0.11)
        async with turns.turn("last"):
            pass
        assert set(turns.hosts) == {"last"}  # hosts are not remembered for ever

    asyncio.run(run())
