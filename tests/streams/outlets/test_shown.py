"""What a person sees, and what a terminal must never be told by an article."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from streams.inlets.files import Refused
from streams.outlets.letter import Letter
from streams.outlets.shown import clean, isolated, shown
from streams.outlets.tail import Seen
from streams.records import Actor, Alert, Article, Event, Figure, Location, Quote, Reading, Span, Values, Window

TIME = datetime(2026, 5, 9, 17, 36, tzinfo=UTC)
SENTENCE = "The governor said 12 people were killed in the market."
ARABIC = "قُتل 12 شخصا في السوق بحسب المحافظ."


def span(sentence, text, start=100):
    at = sentence.index(text)
    return Span(start=start + at, end=start + at + len(text), text=text)


def quote(sentence=SENTENCE, evidence="12 people were killed", number="12"):
    return Quote(
        sentence=Span(start=100, end=100 + len(sentence), text=sentence),
        evidence=span(sentence, evidence),
        number=number and span(sentence, number),
    )


TIKRIT = Location(name="Tikrit", country="IQ", geonames_id=90150, precision=1)

ALERT = Alert(
    alert_id="a1", kind="raised", situation="s1", measure="killed", unit="person", qualifier="at_least",
    low=10, best=12, high=14, previous=Values(low=9, best=9, high=9), delta=3,
    what={"en": "at least 12 people killed", "ar": "مقتل 12 شخصا على الأقل"}, where={"en": "Tikrit, Salah al-Din"},
    who={"en": "civilians"}, when={"en": "on 9 May"}, country="IQ", location=TIKRIT,
    window=Window(start=TIME, end=TIME, precision="day"), evidence=quote(), headline="Market hit",
    link="https://news.example/1", source="Example Wire", sources=("Example Wire", "Example Daily"), provisional=True,
    severity="severe", event_id="e1", uri="urn:example:1", version="2", versionCreated=TIME,
)  # fmt: skip


def figure(**more):
    proof = quote()
    given = {"measure": "killed", "low": 12, "high": 12, "qualifier": "exact", "evidence": proof.evidence}
    return Figure(**given | {"number": proof.number, "sentence": proof.sentence, "rule": "r"} | more)


def styled(record):
    """What the terminal gets, with its escapes."""
    console = Console(file=StringIO(), force_terminal=True, color_system="truecolor", width=400, highlight=False)
    console.print(shown(record), soft_wrap=True)
    return console.file.getvalue()


def test_an_alert():
    head, words, proof, foot = shown(ALERT).plain.split("\n")
    assert head == "RAISED  killed 9 → at least 12 (10–14) +3  Tikrit, Salah al-Din, IQ · severe · provisional"
    assert words == "  at least 12 people killed · civilians · on 9 May"
    assert proof == f"  {SENTENCE}"
    assert foot == "  Example Wire, Example Daily · 2026-05-09 17:36Z · https://news.example/1"


def test_the_number_is_reversed_and_the_evidence_underlined():
    assert "\x1b[1;7m12\x1b[0m\x1b[4m people were killed\x1b[0m" in styled(ALERT)


def test_an_arabic_quote_stands_in_an_isolate_with_its_number_marked():
    made = replace(ALERT, evidence=quote(ARABIC, "قُتل 12 شخصا", "12"))
    assert f"\u2067{ARABIC}\u2069" in shown(made).plain
    assert "\x1b[1;7m12\x1b[0m" in styled(made)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "first", "previous": None, "delta": None, "low": 12, "high": 12}, "FIRST  killed at least 12  "),
        ({"qualifier": "approx", "low": None, "high": None, "best": 435000}, "killed 9 → about 435,000 +3"),
        ({"best": None, "low": None, "high": None, "magnitude": "tens_of_thousands"}, "killed 9 → tens of thousands "),
        ({"measure": "killed_or_injured"}, "RAISED  killed or injured 9 → at least 12"),
        ({"unit": "household", "measure": "displaced"}, "displaced (households) 9 → at least 12"),
        ({"where": {}, "location": None, "country": "ZZ"}, "place unknown"),
        ({"where": {"ar": "تكريت"}}, "\u2067تكريت, IQ\u2069"),
        ({"where": {}, "location": None}, "  IQ · "),
        (
            {"kind": "withdrawn", "low": None, "best": None, "high": None, "delta": None},
            "WITHDRAWN  killed 9 → no figure ",
        ),
        ({"provisional": False}, "· severe\n"),
        ({"link": None}, "· urn:example:1"),
        ({"sources": (), "source": None}, "source unknown"),
    ],
)
def test_what_an_alert_may_lack(change, said):
    assert said in shown(replace(ALERT, **change)).plain


HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202e12\x9b31m [red]not markup[/red] \r\n\x00\u2066"


def test_nothing_from_outside_reaches_the_terminal_as_an_order():
    made = replace(
        ALERT, evidence=quote(HOSTILE + SENTENCE), where={"en": HOSTILE}, what={"en": HOSTILE}, who={"en": HOSTILE},
        when={"en": HOSTILE}, sources=(HOSTILE,), link=HOSTILE,
    )  # fmt: skip
    plain = shown(made).plain
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in plain.replace("\n", ""))
    assert not set("\u202e\u2066\u0000") & set(plain)
    assert plain.count("\n") == 3
    assert "[red]not markup[/red]" in styled(made)
    assert "\x1b]" not in styled(made)
    assert "\x1b[1;7m12\x1b[0m" in styled(made)  # the spans still count in the sentence as it was


@pytest.mark.parametrize(
    "record",
    [
        Article(uri=HOSTILE, version=HOSTILE, versionCreated=TIME, headline=HOSTILE, source=HOSTILE),
        Letter(0, 0, TIME, None, HOSTILE.encode(), [], HOSTILE, 1, 2, HOSTILE, HOSTILE, HOSTILE, 3),
        Refused(HOSTILE, 3, HOSTILE),
        Seen("news.alerts", 1, 2, TIME, None, b"", [], None, HOSTILE),
        HOSTILE,
    ],
)
def test_nor_from_anything_else_that_is_shown(record):
    plain = shown(record).plain.replace("\n", "")
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in plain)
    assert "[red]not markup[/red]" in styled(record)


def test_spans_that_do_not_fit_their_sentence_mark_nothing():
    far = Span(start=5000, end=5002, text="12")
    assert "\x1b[1;7m" not in styled(replace(ALERT, evidence=replace(ALERT.evidence, number=far)))
    before = Span(start=0, end=2, text="12")
    assert "\x1b[1;7m" not in styled(replace(ALERT, evidence=replace(ALERT.evidence, number=before)))


def test_events_readings_articles_letters_and_refusals():
    proof = quote()
    event = Event(
        measure="killed", low=12, high=None, qualifier="at_least", evidence=proof.evidence, number=proof.number,
        sentence=proof.sentence, rule="r", event_id="e", action="withdrawn", uri="urn:example:1", version="1",
        versionCreated=TIME, language="en", source="Example Wire", link=None, headline=None, fingerprint="",
        country="IQ", location=TIKRIT, actor=Actor(kind="unknown"), window=ALERT.window,
    )  # fmt: skip
    assert shown(event).plain == (f"withdrawn killed at least 12  Tikrit IQ · incident · Example Wire\n  {SENTENCE}")
    reading = Reading(
        uri="urn:example:1", version="1", versionCreated=TIME, language="en", pubStatus="usable", headline="Market hit",
        source=None, link=None, content="", fingerprint="",
        figures=(figure(), figure(measure="displaced", unit="household", low=15, high=30, qualifier="range")),
    )  # fmt: skip
    assert shown(reading).plain == (
        "2026-05-09 17:36Z killed 12, displaced (households) 15–30  Market hit · urn:example:1 · 1"
    )
    assert "no figures" in shown(replace(reading, figures=())).plain
    article = Article(uri="urn:example:1", version="2", versionCreated=TIME, headline="قتيلان", pubStatus="canceled")
    assert shown(article).plain == "2026-05-09 17:36Z canceled \u2067قتيلان\u2069 · urn:example:1 · 2"
    found = Letter(0, 9, TIME, b"k", b"{}", [], "news.articles", 1, 2, "extract", "ValueError", "bad", 1)
    assert shown(found).plain == (
        "news.articles-1@2  extract  ValueError: bad\n  2026-05-09 17:36:00Z · 2 bytes · sent again before: 1 · {}"
    )
    assert shown(Refused("a.jsonl", 3, "uri: missing")).plain == "a.jsonl:3: uri: missing"
    unread = Seen("news.alerts", 1, 2, TIME, None, b"x", [], None, "not JSON")
    assert shown(unread).plain == "news.alerts-1@2 cannot be read: not JSON"
    assert shown(replace(unread, record=ALERT)).plain == shown(ALERT).plain


def test_clean_and_isolated():
    assert clean("a\u2028b\tc\u202ed\ud800") == "a b cd"
    assert isolated("قتل 3 أشخاص في Tikrit") == "\u2067قتل 3 أشخاص في Tikrit\u2069"
    assert isolated("Tikrit تكريت") == "Tikrit تكريت"
    assert isolated("\u200f12") == "\u2067\u200f12\u2069"
