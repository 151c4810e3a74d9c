"""The seeds: that they are what seeds/README.md says they are."""

import json
from pathlib import Path
from typing import get_args

import pytest

from streams.inlets.files import Read, Refused, items
from streams.records import Kind, Magnitude, Measure, Unit

SEEDS = Path(__file__).parents[2] / "seeds"
EXPECTED = json.loads((SEEDS / "expected.json").read_text("utf-8"))
README = (SEEDS / "README.md").read_text("utf-8")

REASONS = [
    "uri: missing", "versionCreated: missing", "versionCreated: '2026-04-18T09:00:00' is no date",
    "versionCreated: '2026-02-30T09:00:00Z' is no date", "versionCreated: '9999", "language: 'klingon!!'", "pubStatus: ",
    "headlines[0].value: holds a NUL", "not JSON: ", "bodies: a usable item", "bodies: a list", "headlines[0].value: a text",
    "not JSON: ", "not a news item", "not a news item", "not JSON: ", "not UTF-8: byte 142 is 0xe9", "not JSON: ",
    "version: a text",
]  # fmt: skip


@pytest.mark.parametrize("name", ["drama.jsonl", "mosul.jsonl"])
def test_every_seed_is_an_article_of_an_invented_outlet_in_the_order_of_time(name):
    found = list(items(SEEDS / name))
    assert all(isinstance(item, Read) for item in found)
    articles = [item.article for item in found]
    assert all(article.uri.startswith("urn:example:") and "Example" in article.source for article in articles)
    assert all(article.link.startswith("https://example.org/") for article in articles)
    assert [a.versionCreated for a in articles] == sorted(a.versionCreated for a in articles)
    assert {article.language for article in articles} == ({"ar", "en"} if name == "drama.jsonl" else {"ar"})


@pytest.mark.parametrize("name", ["drama.jsonl", "mosul.jsonl"])
def test_what_is_expected_names_every_line_and_real_kinds(name):
    articles = [item.article for item in items(SEEDS / name)]
    rows = EXPECTED[name]
    assert [(row["line"], row["uri"], row["version"]) for row in rows] == [
        (number, article.uri, article.version) for number, article in enumerate(articles, 1)
    ]
    for alert in (alert for row in rows for alert in row["alerts"]):
        assert alert["measure"] in get_args(Measure)
        assert alert["kind"] in get_args(Kind)
        assert alert.get("unit", "person") in get_args(Unit)
        assert alert.get("magnitude", "dozens") in get_args(Magnitude)


def test_the_drama_has_every_kind_of_alert():
    assert {alert["kind"] for row in EXPECTED["drama.jsonl"] for alert in row["alerts"]} == set(get_args(Kind))


@pytest.mark.parametrize("name", ["drama.jsonl", "mosul.jsonl"])
def test_the_table_in_the_readme_says_the_same(name):
    def said(alert):
        number = alert.get("magnitude", "").replace("_", " ") if alert["best"] is None else f"{alert['best']:,}"
        unit = "households" if alert.get("unit") == "household" else ""
        return " ".join(filter(None, (alert["kind"], alert["measure"], number, unit)))

    section = README.split(f"\n## {name}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert rows == [
        [
            str(row["line"]),
            row["uri"].removeprefix("urn:example:"),
            row["version"],
            "; ".join(map(said, row["alerts"])) or "–",
            row["why"],
        ]
        for row in EXPECTED[name]
    ]


def test_every_line_of_the_poison_is_refused_for_its_own_reason():
    found = list(items(SEEDS / "poison.jsonl"))
    assert [item.line for item in found] == list(range(1, len(REASONS) + 1))
    for item, reason in zip(found, REASONS, strict=True):
        assert isinstance(item, Refused)
        assert item.reason.startswith(reason)


def test_the_raw_poison_is_refused_too():
    (found,) = items(SEEDS / "poison.bin")
    assert isinstance(found, Refused)
