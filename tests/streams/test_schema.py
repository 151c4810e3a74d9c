"""The published schemas are true, and they keep their promises."""

import copy
import json

import pytest

from streams import schema


def test_the_files_are_what_the_dataclasses_say():
    there = {path.name: json.loads(path.read_text("utf-8")) for path in schema.FOLDER.glob("*.json")}
    assert there == schema.schemas(), "run: python -m streams.schema"


BROKEN = [
    (lambda s: s["properties"].pop("unit"), "Figure.unit: gone"),
    (
        lambda s: s["properties"].update(new={"type": "string"}) or s["required"].append("new"),
        "Figure.new: newly required",
    ),
    (lambda s: s["required"].remove("measure"), "Figure.measure: no longer always there"),
    (lambda s: s["properties"]["unit"]["enum"].remove("household"), "Figure.unit: no longer household"),
    (lambda s: s["properties"]["implicit"].update(type="integer"), "Figure.implicit: was"),
    (lambda s: s["properties"]["low"]["anyOf"].pop(), "Figure.low: an alternative is gone"),
]


@pytest.mark.parametrize(("breaking", "says"), BROKEN)
def test_a_change_that_breaks_a_promise_is_told(breaking, says):
    old = schema.schemas()["reading.v1.json"]
    new = copy.deepcopy(old)
    breaking(new["$defs"]["Figure"])
    assert [line.startswith(says) for line in schema.breaks(old, new)] == [True]


def test_growth_is_no_break():
    old = schema.schemas()["reading.v1.json"]
    new = copy.deepcopy(old)
    figure = new["$defs"]["Figure"]
    figure["properties"]["note"] = {"type": "string", "default": ""}
    figure["properties"]["unit"]["enum"].append("camp")
    assert schema.breaks(old, new) == []
