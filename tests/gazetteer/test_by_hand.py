"""Coordinates that were set from memory lie where their neighbours say: in their province, among its towns."""

import csv
import json
from collections import defaultdict
from functools import cache

import pytest

from agents.gazetteer import Place, gazetteer
from agents.gazetteer.files import COMPILED, OURS, PLACES, RECORD, TABLES
from agents.gazetteer.place import KINDS, kilometres
from agents.gazetteer.sources import HERE

FEW = 10  # towns of a province
AREAS = ("region", "water", "border")  # their middle is nobody's neighbour


def rows(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def place(row: dict[str, str]) -> Place:
    return Place(
        name=row["name"], geonames_id=None, country=row["country"], admin1=row["admin1"], lat=float(row["lat"]),
        lon=float(row["lon"]), population=0, kind=row.get("kind", "admin2"),
    )  # fmt: skip


@cache
def towns() -> dict[tuple[str, str], list[Place]]:
    """GeoNames' own towns, by country and province."""
    divisions, found = json.loads((COMPILED / TABLES).read_text("utf-8"))["divisions"], defaultdict(list)
    for number, lat, lon, people, _, division, kind in RECORD.iter_unpack((COMPILED / PLACES).read_bytes()):
        country, admin1 = divisions[division]
        if not kind & OURS and number and KINDS[kind & 63] == "city":
            found[country, admin1].append(
                Place(name="", geonames_id=number, country=country, admin1=admin1, lat=lat, lon=lon, population=people, kind="city")
            )  # fmt: skip
    return found


HAND = [r for r in rows("supplement.tsv") if r["source"] == "hand" and r["admin1"] and r["kind"] not in AREAS]
DISTRICTS = rows("districts.tsv")


def astray(row: dict[str, str]) -> float:
    """How much farther the next town of its own province is than the next of any; where there are few, tells nothing."""
    ours, own = place(row), towns()[row["country"], row["admin1"]]
    assert own, "no such province"
    every = [t for (country, _), there in towns().items() if country == row["country"] for t in there]
    nearest = min(kilometres(ours, town) for town in every)
    assert nearest < 350
    return min(kilometres(ours, town) for town in own) - nearest if len(own) >= FEW else 0


@pytest.mark.parametrize("row", HAND, ids=[f"{r['country']} {r['name']}" for r in HAND])
def test_a_place_set_by_hand_is_among_the_towns_of_its_province(row: dict[str, str]) -> None:
    assert astray(row) < 80


@pytest.mark.parametrize("row", DISTRICTS, ids=[f"{r['country']} {r['name']}" for r in DISTRICTS])
def test_a_district_is_among_the_towns_of_its_province(row: dict[str, str]) -> None:
    assert astray(row) < 80


@pytest.mark.parametrize("row", DISTRICTS, ids=[f"{r['country']} {r['name']}" for r in DISTRICTS])
def test_a_district_is_found_by_each_of_its_spellings(row: dict[str, str]) -> None:
    for spelt in (row["name"], *filter(None, row["spellings"].split("|"))):
        found = [p for p in gazetteer().candidates(spelt) if p.country == row["country"] and p.lat is not None]
        assert any(kilometres(p, place(row)) < 45 for p in found), spelt


def test_no_district_is_there_twice() -> None:
    named = [(row["country"], row["admin1"], row["name"]) for row in DISTRICTS]
    assert len(named) == len(set(named))
