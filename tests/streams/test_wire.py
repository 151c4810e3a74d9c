"""Records to bytes and back, and the headers around them."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams import wire
from streams.records import Article, Reading

TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
ARTICLES = st.builds(
    Article, uri=WORDS, version=WORDS, versionCreated=TIMES, firstCreated=st.none() | TIMES, headline=st.none() | WORDS,
    body=WORDS, language=st.none() | WORDS, source=st.none() | WORDS, link=st.none() | WORDS,
)  # fmt: skip


@given(ARTICLES)
def test_there_and_back(article):
    assert wire.decode(wire.encode(article), Article) == article


@given(ARTICLES, st.sampled_from(["uri", "version", "headline", "body", "language", "source", "link"]))
def test_the_id_is_the_contents(article, field):
    assert wire.record_id(article) == wire.record_id(replace(article))
    assert wire.record_id(article) != wire.record_id(replace(article, **{field: (getattr(article, field) or "") + "x"}))


ARTICLE = Article(uri="urn:x", version="2", versionCreated=datetime(2026, 5, 1, 10, 30, tzinfo=UTC), body="…")


def test_headers_are_cloudevents_and_pass_the_trace_on():
    trace = ("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    headers = dict(wire.headers(ARTICLE, "publish", [("other", b"x"), trace]))
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": wire.record_id(ARTICLE).encode(),
        "ce_source": b"/tollwire/publish",
        "ce_type": b"tollwire.article.v1",
        "ce_time": b"2026-05-01T10:30:00Z",
        "content-type": b"application/json",
        "traceparent": trace[1],
    }


def test_a_trace_that_is_none_is_not_passed_on():
    assert "traceparent" not in dict(wire.headers(ARTICLE, "publish", [("traceparent", b"\r\nevil: 1")]))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "no value"),
        (b"", "no value"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "Expected `object`"),
        (b'{"uri": "x"}', "version"),
        (b'{"uri": "", "version": "1", "versionCreated": "2026-01-01T00:00:00Z"}', "uri"),
        (b'{"uri": "x", "version": "1", "versionCreated": "2026-01-01T00:00:00"}', "versionCreated"),
        (b'{"uri": "x", "version": "1", "versionCreated": "2026-01-01T00:00:00Z", "pubStatus": "gone"}', "pubStatus"),
    ],
)
def test_bad_bytes_say_what_is_wrong(value, says):
    with pytest.raises(wire.BadRecord, match=says):
        wire.decode(value, Article)


def test_a_newer_writer_may_send_more():
    plain = {**msgspec.to_builtins(ARTICLE), "mood": "calm"}
    assert wire.convert(plain, Article) == ARTICLE


def test_a_figure_below_zero_is_refused():
    with pytest.raises(wire.BadRecord, match=r"mentions\[0\]\.start"):
        wire.decode(
            b'{"uri":"x","version":"1","versionCreated":"2026-01-01T00:00:00Z","language":"en","pubStatus":"usable",'
            b'"headline":null,"source":null,"link":null,"content":"","fingerprint":"","mentions":[{"start":-1,"end":2,"text":"x"}]}',
            Reading,
        )
