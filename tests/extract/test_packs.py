"""Every example of every pack gives exactly the figures that are written beside it, and what is said about them."""

from datetime import UTC, datetime

import pytest

from agents.extract.named.places import places
from agents.extract.step import read
from agents.extract.text.folding import fold
from agents.extract.text.pack import codes, pack, partial
from agents.extract.text.page import Page
from streams.records import MEASURES, Article

ABOUT = {"places": "place", "times": "when", "speakers": "attribution", "scopes": "scope", "victims": "victims"}
ALL = codes() + partial()
CASES = [(code, example) for code in ALL for example in pack(code).examples if "figures" in example]
NAMES = [(code, example) for code in ALL for example in pack(code).examples if "named" in example]


def said(figure):
    unit = "/household" if figure.unit == "household" else ""
    if figure.magnitude:
        number = figure.magnitude
    elif figure.qualifier == "range":
        number = f"{figure.low}-{figure.high}"
    else:
        number = str(figure.low if figure.low is not None else figure.high)
    hedge = "" if figure.qualifier == "exact" else f" {figure.qualifier}"
    return f"{figure.measure}{unit} {number}{hedge}"


@pytest.mark.parametrize(("code", "example"), CASES, ids=[f"{c}: {e['text'][:50]}" for c, e in CASES])
def test_example(code, example):
    article = Article(
        uri="urn:x", version="1", versionCreated=datetime(2024, 5, 1, tzinfo=UTC), language=code, body=example["text"]
    )
    reading = read(article, ALL)
    assert sorted(said(f) for f in reading.figures) == sorted(example["figures"])
    assert all(f.rule for f in reading.figures)
    for key, name in ABOUT.items():
        if key in example:
            found = [getattr(f, name) for f in reading.figures]
            assert [getattr(value, "text", value) or "" for value in found] == example[key], key


@pytest.mark.parametrize(("code", "example"), NAMES, ids=[f"{c}: {e['text'][:50]}" for c, e in NAMES])
def test_places_that_are_named(code, example):
    page = Page(example["text"], fold(example["text"]), pack(code))
    assert [place.text for n in range(len(page.ends)) for place in places(page, n)] == example["named"]


@pytest.mark.parametrize("code", ALL)
def test_the_pack_is_whole(code):
    known = pack(code)
    assert known.gate.outcomes.words
    assert known.subject_first or known.gate.countable.words
    outcomes = [e.outcome for e in known.table.values() if e.outcome]
    assert {o.measure for o in outcomes} <= set(MEASURES)
    assert {w.direction for o in outcomes for w in o.ways} <= {
        "left",
        "right",
        "count",
        "of",
        "toll",
        "subject",
        "label",
    }
    for form in known.table:
        assert fold(form) == form, "a word that no folded text can hold"


@pytest.mark.parametrize("code", partial())
def test_a_partial_pack_gives_no_figures_to_anybody(code):
    (example, *_) = (example for example in pack(code).examples if example.get("figures"))
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    article = Article(uri="urn:x", version="1", versionCreated=moment, language=code, body=example["text"])
    assert read(article).figures == ()
