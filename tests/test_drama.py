"""The seeds give a desk the alerts that their author expected, written down before any program had read them."""

import json
from pathlib import Path

import pytest

from agents.read import Chain
from streams.inlets.files import Read, items

SEEDS = Path(__file__).parents[1] / "seeds"
EXPECTED = json.loads((SEEDS / "expected.json").read_text("utf-8"))


def answers(name):
    """The alerts of each line of a file, by one state for all of them."""
    chain = Chain()
    read = [item.article for item in items(SEEDS / name) if isinstance(item, Read)]
    return [chain.feed(article).alerts for article in read]


GIVEN = {name: answers(name) for name in ("drama.jsonl", "mosul.jsonl")}
LINES = [(name, line) for name, given in GIVEN.items() for line in range(1, len(given) + 1)]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_the_alerts_of_a_line(name, line):
    wanted = next(entry["alerts"] for entry in EXPECTED[name] if entry["line"] == line)
    left = list(GIVEN[name][line - 1])
    for one in wanted:
        match = [alert for alert in left if _is(alert, one)]
        assert match, f"{one} is missing; there are {[_short(alert) for alert in left]}"
        left.remove(match[0])
    assert not [_short(alert) for alert in left]


def _is(alert, wanted):
    numbers = (alert.low, alert.best, alert.high)
    same = wanted.get("best") in numbers if wanted.get("best") is not None else alert.best is None
    return (
        (alert.measure, alert.kind) == (wanted["measure"], wanted["kind"])
        and alert.unit == wanted.get("unit", "person")
        and alert.magnitude == wanted.get("magnitude", alert.magnitude)
        and (same or wanted["kind"] == "withdrawn")
    )


def _short(alert):
    return alert.kind, alert.measure, alert.unit, alert.best, alert.evidence.evidence.text
