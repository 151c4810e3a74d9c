"""The board without a browser: what it keeps, what it streams, what it lets nobody do."""

import http.client
import json
import re
import socket
import time
from dataclasses import replace
from datetime import timedelta
from typing import get_args
from urllib.parse import urlsplit

import pytest
from example_alerts import TIME, numbered, raised
from kafka import KafkaProducer

from streams import connection, records, topics, wire
from streams.broker import Cluster
from streams.outlets.board import follow
from streams.outlets.board.app import PAGE
from streams.outlets.board.card import card
from streams.outlets.board.latest import BATCH, Latest
from streams.outlets.board.outline import MOST_BYTES, OUTLINE, outline
from streams.outlets.board.serve import serving
from streams.outlets.tail import tail
from streams.records import Span
from streams.settings import BadSetting


class Stream:
    """A page's connection: the events it was sent, as (name, data), and the last id."""

    def __init__(self, address, last=None):
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        self.connection.request("GET", "/alerts", headers={"Last-Event-ID": last} if last else {})
        self.answer = self.connection.getresponse()
        self.last = None

    def __next__(self):
        name = None
        for line in iter(self.answer.readline, b""):
            key, _, value = line.decode().rstrip("\n").partition(": ")
            if key == "id":
                self.last = value
            elif key == "event":
                name = value
            elif key == "data":
                return name, json.loads(value)
        raise StopIteration

    def __iter__(self):
        return self

    def ids(self, count):
        """The ids of the next alerts, so many."""
        found = []
        for name, data in self:
            found += [one["id"] for one in data] if name == "alerts" else []
            if len(found) >= count:
                return found

    def until(self, **state):
        for name, data in self:
            if name == "state" and state.items() <= data.items():
                return


@pytest.fixture
def send(ready):
    producer = KafkaProducer(**connection.kafka_python(ready))

    def send(*alerts):
        for one in alerts:
            value = one if isinstance(one, bytes) else wire.encode(one)
            producer.send(ready.prefix + topics.ALERTS.name, value, key=b"k")
        producer.flush()

    yield send
    producer.close()


@pytest.fixture
def address(settings):
    with serving(replace(settings, board_port=0)) as found:
        yield found


def ask(address, path="/", method="GET"):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer, answer.read()


def test_what_is_there_then_what_comes_each_once(send, address):
    send(numbered(1), numbered(2), numbered(1), b"{", numbered(2))
    stream = Stream(address)
    assert sorted(stream.ids(2)) == ["alert-1", "alert-2"]
    send(numbered(2), numbered(3))
    assert stream.ids(1) == ["alert-3"]


def test_a_page_that_comes_back_gets_what_it_missed(send, address):
    send(numbered(1), numbered(2))
    stream = Stream(address)
    stream.ids(2)
    send(numbered(3))
    assert Stream(address, stream.last).ids(1) == ["alert-3"]


@pytest.mark.parametrize("last", ["another-2", "garbage", "-", "9" * 400])
def test_a_page_that_knows_another_run_of_the_board_gets_everything(send, address, last):
    send(numbered(1), numbered(2))
    assert sorted(Stream(address, last).ids(2)) == ["alert-1", "alert-2"]


def test_ready_once_all_is_read(send, settings):
    send(*map(numbered, range(50)))
    with serving(replace(settings, board_port=0)) as address:
        stream = Stream(address)
        stream.until(away=False, behind=0)
        assert ask(address, "/ready")[0].status == 200
        assert ask(address, "/health")[0].status == 200


def test_a_record_that_cannot_be_shown_stops_nobody(send, settings, monkeypatch):
    def fails_once(alert, given):
        if alert.alert_id == "alert-1":
            raise RuntimeError("a bug")
        return card(alert, given)

    monkeypatch.setattr(follow, "card", fails_once)
    monkeypatch.setattr(follow, "LOOK", 0.1)
    with serving(replace(settings, board_port=0)) as address:
        send(numbered(0), numbered(1), numbered(2))
        assert Stream(address).ids(2) == ["alert-0", "alert-2"]


def test_without_kafka_it_serves_and_says_so(settings):
    with serving(replace(settings, board_port=0, broker="127.0.0.1:1")) as address:
        assert ask(address)[0].status == 200
        assert ask(address, "/ready")[0].status == 503
        assert next(Stream(address))[1]["away"]


@pytest.mark.slow
def test_kafka_restarts_and_no_alert_is_lost_or_doubled(settings, tmp_path, quick):
    with socket.socket() as probe:  # the same port after the restart
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    cluster = Cluster(tmp_path / "kafka", port=port, properties=quick)
    cluster.start()
    mine = replace(settings, broker=cluster.servers, board_port=0)
    admin = topics.admin(mine)
    topics.ensure(admin, mine)
    admin.close()

    def put(*alerts):
        producer = KafkaProducer(**connection.kafka_python(mine))
        for one in alerts:
            producer.send(mine.prefix + topics.ALERTS.name, wire.encode(one), key=one.situation.encode())
        producer.flush()
        producer.close()

    try:
        put(numbered(1), numbered(2))
        with serving(mine) as address:
            stream = Stream(address)
            assert sorted(stream.ids(2)) == ["alert-1", "alert-2"]
            cluster.stop()
            stream.until(away=True)
            cluster.start()
            put(numbered(2), numbered(3))
            assert stream.ids(1) == ["alert-3"]
            stream.until(away=False, behind=0)
            assert sorted(Stream(address).ids(3)) == ["alert-1", "alert-2", "alert-3"]
    finally:
        cluster.stop()


def test_nothing_can_be_changed_and_nothing_else_is_served(settings, address):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert ask(address, "/", method)[0].status == 405
        assert ask(address, "/alerts", method)[0].status == 405
    assert ask(address, "/alerts", "HEAD")[0].status == 404, "a stream has no end to wait for"
    for path in ("/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "/words/", "/words", "/nothing"):
        assert ask(address, path)[0].status in (403, 404)


@pytest.mark.parametrize("path", ["/", "/board.js", "/world.json", "/ready", "/nothing"])
def test_a_page_may_load_only_what_the_board_serves(address, path):
    answer, _ = ask(address, path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in answer.headers


def test_a_port_that_is_taken_is_named(settings, address):
    with (
        pytest.raises(BadSetting, match="TOLLWIRE_BOARD_PORT"),
        serving(replace(settings, board_port=urlsplit(address).port)),
    ):
        pass


def test_the_last_so_many_of_each_partition(send, settings):
    send(*map(numbered, range(10)))  # of one key: in one partition
    assert [seen.record.alert_id for seen in tail("alerts", settings, 3, follow=False)] == [
        "alert-7", "alert-8", "alert-9",
    ]  # fmt: skip


def test_the_oldest_make_way_whatever_order_they_are_read_in():
    latest = Latest(most=3)
    for number in (5, 6, 1, 7, 2):  # as two partitions give them
        latest.put(card(numbered(number), TIME + timedelta(minutes=number)))
    last, kept = latest.after(0)
    assert [json.loads(one)["id"] for one in kept] == ["alert-5", "alert-6", "alert-7"]
    assert not latest.put(card(numbered(1), TIME)), "dropped, but known"
    assert latest.after(last) == (5, [])


def test_many_are_given_in_batches_none_left_out():
    latest = Latest()
    for number in range(2 * BATCH + 7):
        latest.put(card(numbered(number), TIME))
    last, found = 0, []
    while (given := latest.after(last))[1]:
        last = given[0]
        assert len(given[1]) <= BATCH
        found += [json.loads(one)["id"] for one in given[1]]
    assert found == [f"alert-{number}" for number in range(2 * BATCH + 7)]


def test_a_quote_is_cut_at_its_number_in_code_points():
    told = numbered(1)
    sentence = "🕊️ 𝟭𝟮 people, \u202eamong them children"
    marked = Span(start=103, end=105, text="𝟭𝟮")
    proof = replace(told.evidence, sentence=Span(start=100, end=100 + len(sentence), text=sentence), number=marked)
    assert card(replace(told, evidence=proof), TIME).quote == ("🕊️ ", "𝟭𝟮", " people, among them children")
    wordless = card(replace(told, evidence=replace(proof, number=None, evidence=marked)), TIME)
    assert wordless.quote[1] == "𝟭𝟮", "without a number, the words that prove it"


def test_directions_and_languages():
    english, arabic = card(numbered(1), TIME), card(numbered(1, language="ar"), TIME)
    assert (english.rtl, english.language, arabic.rtl, arabic.language) == (False, "en", True, "ar")
    assert card(raised(numbered(1), 2, 14, language="ar"), TIME).delta == 2


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", None])
def test_only_web_addresses_are_links(link):
    assert card(replace(numbered(1), link=link), TIME).link is None


def test_the_words_of_the_page_are_whole_in_every_language():
    files = {path.stem: json.loads(path.read_text("utf-8")) for path in (PAGE / "words").glob("*.json")}
    assert set(files) >= {"en", "ar"}

    def names(words, before=()):
        for name, value in words.items():
            yield from names(value, (*before, name)) if isinstance(value, dict) else [(*before, name)]

    for words in files.values():
        assert set(names(words)) == set(names(files["en"]))
        assert set(words["measures"]) == set(records.MEASURES)
        assert set(words["kinds"]) == set(records.KINDS)
        assert set(words["severities"]) == set(get_args(records.Severity))
        assert set(words["magnitudes"]) == set(get_args(records.Magnitude))
        assert set(words["qualifiers"]) == set(get_args(records.Qualifier)) - {"exact", "range", "vague"}
    page = (PAGE / "index.html").read_text("utf-8")
    assert set(re.findall(r'data-word="(\w+)"', page)) <= set(files["en"]["labels"])


def test_text_from_outside_is_never_parsed():
    for path in PAGE.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", path.read_text("utf-8")
        )


def test_the_outline_fits_and_is_the_world():
    assert OUTLINE.stat().st_size <= MOST_BYTES
    world = json.loads(OUTLINE.read_bytes())
    (left, top, width, _), (across, up) = world["box"], world["degree"]
    assert (left / across, (left + width) / across) == pytest.approx((-180, 180), abs=0.5)
    assert top / up > 80
    for path in (world["land"], world["borders"]):
        assert re.fullmatch(r"(M-?\d+,-?\d+l(-?\d+,?-?\d+ ?)+z?)+", path)


def test_neighbours_keep_a_common_border():
    """Two squares that share an arc, one of them with a dent too small to see."""
    atlas = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 10], [10, 0], [0, -10], [-10, 0]]],
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]}, {"type": "Polygon", "arcs": [[-1, 2]]},
            ]},
            "land": {"type": "MultiPolygon", "arcs": [[[1, -3]]]},
        },
    }  # fmt: skip
    world = outline(atlas)
    assert world["borders"] == "M173,0l0-200"
    assert world["land"].count("M") == 1


def test_alerts_arrive_while_the_page_waits(send, address):
    """From Kafka to the page without a poll in between that a person would notice."""
    stream = Stream(address)
    stream.until(away=False, behind=0)
    began = time.monotonic()
    send(numbered(1))
    assert stream.ids(1) == ["alert-1"]
    assert time.monotonic() - began < 5
