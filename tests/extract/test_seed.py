"""The sample that the product began with."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents.extract.step import read
from streams.records import Article

SEED = Path(__file__).parents[2] / ".." / "shared" / "seed.txt"


@pytest.fixture(scope="module")
def figures():
    if not SEED.is_file():
        pytest.skip(f"no seed text at {SEED}")
    body = SEED.read_text("utf-8")
    created = datetime(2017, 5, 9, 18, tzinfo=UTC)
    return read(Article(uri="urn:seed", version="1", versionCreated=created, body=body)).figures


def one(figures, measure, **wanted):
    found = [f for f in figures if f.measure == measure and all(getattr(f, k) == v for k, v in wanted.items())]
    assert len(found) == 1
    return found[0]


def test_killed(figures):
    killed = one(figures, "killed", low=250, high=250)
    assert "الهرمات" in killed.place.text
    assert "الأيام الخمسة الماضية" in killed.when.text
    assert "متحدث باسم قوات الرد السريع العراقية" in killed.attribution.text


def test_displaced_households(figures):
    households = one(figures, "displaced", unit="household")
    assert households.magnitude == "hundreds"
    assert "الهرمات" in households.place.text


def test_displaced_persons(figures):
    people = one(figures, "displaced", unit="person")
    assert (people.low, people.high, people.qualifier, people.scope) == (435_000, 435_000, "approx", "cumulative")
    assert "الأمم المتحدة" in people.attribution.text
    assert "فبراير" in people.when.text


def test_captured(figures):
    assert one(figures, "captured").magnitude == "hundreds_of_thousands"


def test_nothing_else(figures):
    assert len(figures) == 4
    assert {250, 435_000, None} == {f.low for f in figures}
