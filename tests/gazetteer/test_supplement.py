"""Our own data: the supplement, the block lists, the demonyms."""

import csv
from importlib.resources import files

import pytest

from agents.gazetteer import gazetteer
from agents.gazetteer.place import KINDS
from agents.gazetteer.spotting import words

LINES = files("agents.gazetteer").joinpath("supplement.tsv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))


def test_there_are_enough_places_everywhere() -> None:
    assert len(ROWS) >= 400
    countries = {row["country"] for row in ROWS}
    assert countries >= {"IQ", "SY", "YE", "PS", "LB", "SD", "LY", "SO", "AF", "PK", "NG", "UA", "MM", "ML", "BF", "NE"}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['country']} {row['name']}" for row in ROWS])
def test_a_row(row: dict[str, str]) -> None:
    assert row["source"] == "hand" or row["source"].removeprefix("geonames:").isdigit()
    if row["source"] == "hand":
        assert row["kind"] in KINDS
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
    for spelling in (row["name"], *row["spellings"].split("|")):
        assert any(place.country == row["country"] for place in gazetteer().candidates(spelling)), spelling


def test_no_row_is_there_twice() -> None:
    named = [(row["name"], row["country"]) for row in ROWS]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_what_announces_a_place_is_none_itself(script: str) -> None:
    lists = words()[script]
    assert not [word for word in lists.designators if gazetteer().spot(f"x {word.title()} {word}")]


def test_provinces_are_named_as_the_gazetteer_names_them() -> None:
    """What lies in a province is told by its name: another spelling would tear places apart."""
    for row in ROWS:
        if row["admin1"]:
            named = [p for p in gazetteer().candidates(row["admin1"]) if p.country == row["country"]]
            assert any(p.kind == "admin1" and p.name == row["admin1"] for p in named), row
