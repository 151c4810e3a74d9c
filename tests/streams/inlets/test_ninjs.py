"""Items as agencies send them, and the fields that are named when one is refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams import wire
from streams.inlets.ninjs import MAX_BYTES, article
from streams.records import Article

GOOD = {"uri": "urn:example:1", "versionCreated": "2026-05-09T17:36:00Z", "headline": "Two hurt", "body": "In a fall."}

NINJS_3 = {
    "uri": "http://news.example/items/7",
    "version": "3",
    "versionCreated": "2026-05-09T19:36:00+02:00",
    "firstCreated": "2026-05-09T16:00:00Z",
    "pubStatus": "usable",
    "language": "ar",
    "headlines": [
        {"role": "short", "value": "قتيلان"},
        {"role": "main", "contentType": "text/plain", "value": "قتيلان في حريق"},
    ],
    "bodies": [
        {"role": "agency", "contentType": "application/xml", "value": "<AGENCY/>"},
        {"role": "rich", "contentType": "text/html", "value": "<p>قُتل شخصان &laquo;حرقا&raquo;.</p><p>وأصيب 3.</p>"},
    ],
    "infoSources": [
        {"name": "A Reporter", "role": "author"},
        {"name": "Example Wire", "role": "http://roles/publisher"},
    ],
    "renditions": [{"name": "web", "contentType": "text/html", "href": "https://news.example/7.html"}],
}


def test_ninjs_3():
    assert article(NINJS_3) == Article(
        uri="http://news.example/items/7",
        version="3",
        versionCreated=datetime(2026, 5, 9, 17, 36, tzinfo=UTC),
        firstCreated=datetime(2026, 5, 9, 16, 0, tzinfo=UTC),
        language="ar",
        headline="قتيلان في حريق",
        body="قُتل شخصان «حرقا».\nوأصيب 3.",
        source="Example Wire",
        link="https://news.example/7.html",
    )


def test_ninjs_2_in_lower_case():
    made = article(
        {
            "uri": "urn:example:2",
            "versioncreated": "2026-05-09T17:36:00.250-01:00",
            "firstcreated": "2026-05-09T17:00:00Z",
            "pubstatus": "canceled",
            "headlines": [{"value": "Corrected"}],
            "bodies": [{"contenttype": "text/plain", "value": "first"}, {"role": "main", "value": "the main one"}],
            "infosources": [{"name": "Example Wire"}],
        }
    )
    assert made.versionCreated == datetime(2026, 5, 9, 18, 36, 0, 250_000, tzinfo=UTC)
    assert (made.pubStatus, made.headline, made.body) == ("canceled", "Corrected", "the main one")
    assert (made.version, made.source, made.link) == ("1", "Example Wire", None)


def test_ninjs_1():
    made = article(
        {
            "uri": "https://news.example/1",
            "versioncreated": "2026-05-09T17:36:00Z",
            "version": 4,
            "headline": "A headline",
            "body_xhtml": "<p>One.</p><p>Two.</p>",
            "copyrightholder": "Example Wire",
        }
    )
    assert (made.version, made.headline, made.body) == ("4", "A headline", "One.\nTwo.")
    assert (made.source, made.link) == ("Example Wire", "https://news.example/1")


def test_our_own_record_comes_back_the_same():
    made = article(NINJS_3)
    assert article(wire.load(wire.encode(made))) == made


REFUSED = [
    ("uri", {"uri": None}),
    ("uri", {"uri": "   "}),
    ("uri", {"uri": "urn:\x1b[31m"}),
    ("uri", {"uri": "urn:" + "x" * 3000}),
    ("version", {"version": ["1"]}),
    ("version", {"version": 10**300}),
    ("versionCreated", {"versionCreated": None}),
    ("versionCreated", {"versionCreated": "yesterday"}),
    ("versionCreated", {"versionCreated": "2026-05-09"}),
    ("versionCreated", {"versionCreated": "2026-05-09T17:36:00"}),
    ("versionCreated", {"versionCreated": "2026-13-09T17:36:00Z"}),
    ("versionCreated", {"versionCreated": "0001-01-01T00:00:00+14:00"}),
    ("versionCreated", {"versionCreated": "9999-12-31T23:59:59Z"}),
    ("versionCreated", {"versionCreated": 1778348160}),
    ("firstCreated", {"firstCreated": "2026-05-09T17:36:00"}),
    ("language", {"language": "klingon!!"}),
    ("language", {"language": "arabic"}),
    ("language", {"language": 7}),
    ("pubStatus", {"pubStatus": "published"}),
    ("headline", {"headline": "x" * 6000}),
    ("headline", {"headline": "half \ud83d"}),
    ("headlines", {"headlines": "x"}),
    ("headlines[0].value", {"headlines": [{"role": "main"}]}),
    ("body", {"body": "NUL \x00 byte"}),
    ("body", {"body": "é" * 450_001}),
    ("bodies", {"bodies": [None]}),
    ("bodies[1].value", {"bodies": [{"value": "a"}, {"role": "main", "value": 3}]}),
    ("bodies[0].value", {"bodies": [{"contentType": "text/html", "value": "<p>\x00"}]}),
    ("bodies", {"headline": "", "body": " \n"}),
    ("infoSources", {"infoSources": {"name": "x"}}),
    ("source", {"source": "x" * 501}),
    ("the record", {"body": '"' * 600_000}),
]


@pytest.mark.parametrize(("field", "change"), REFUSED, ids=[f"{field}-{n}" for n, (field, _) in enumerate(REFUSED)])
def test_refused_by_name(field, change):
    with pytest.raises(wire.BadRecord) as refused:
        article(GOOD | change)
    assert str(refused.value).startswith(f"{field}: " if field != "the record" else field)


@pytest.mark.parametrize("item", [None, 3, "x", [], [GOOD]])
def test_what_is_no_object_is_refused(item):
    with pytest.raises(wire.BadRecord, match="not a news item"):
        article(item)


def test_a_cancelled_item_may_be_empty():
    assert article(GOOD | {"pubStatus": "canceled", "headline": "", "body": ""}).text == ""


@pytest.mark.parametrize(
    "text", ["\u202bقتل 3\u202c", "\u200fعاجل", "\u2067x\u2069", "a\u200db\u200c", "\ufeffx", "\x1b[2J"]
)
def test_marks_of_direction_and_width_pass_untouched(text):
    made = article(GOOD | {"headline": text, "body": text})
    assert (made.headline, made.body) == (text, text)


@pytest.mark.parametrize(
    ("given_", "kept"), [("ar", "ar"), ("en_GB", "en-GB"), ("tlh", "tlh"), ("zh-Hant-TW", "zh-Hant-TW"), ("und", None)]
)
def test_a_language_that_nobody_reads_is_no_error(given_, kept):
    assert article(GOOD | {"language": given_}).language == kept


def test_only_web_addresses_become_links():
    assert article(GOOD | {"link": "javascript:alert(1)"}).link is None
    assert article(GOOD | {"links": [{"href": "file:///etc/passwd"}, {"href": "https://news.example/a"}]}).link == (
        "https://news.example/a"
    )


def test_the_longest_text_fits_the_topic():
    assert len(wire.encode(article(GOOD | {"body": "ق" * 440_000}))) < MAX_BYTES < 1 << 20


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "role", "name"]), inner),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*GOOD, *NINJS_3, "contentType", "body_xhtml", "links"]), plain))
def test_whatever_comes_is_an_article_or_refused(item):
    try:
        made = article(GOOD | item)
    except wire.BadRecord:
        return
    assert wire.decode(wire.encode(made), Article) == made
    assert article(wire.load(wire.encode(made))) == made
