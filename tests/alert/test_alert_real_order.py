"""Real news in any order: situations end up saying the same. The news lie beside the checkout, if at all.

A situation that has forgotten claims (more than CLAIMS of them) cannot always know where a late one
would have gone; that is the only reason why one may differ, as the test without that bound shows.
"""

import json
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from alert.stories import Desk
from conftest import absent

from agents.alert.situations import keep
from agents.read import Chain
from streams.inlets import files, ninjs
from streams.records import Event

REPLAY = Path(__file__).parents[3] / "shared" / "replay"
FILES = {"saudinewsnet-dev.jsonl.gz": 3000, "fakes-dev.jsonl.gz": 250}  # articles of each
SAME = 0.99  # of the situations, where those with many claims have let go of some


@cache
def of_file(name: str) -> list[Event]:
    """The events of a file's first articles, in order."""
    path = REPLAY / name
    if not path.exists():
        absent(f"no news to replay at {path}")
    articles = (item.article for item in files.items(path) if isinstance(item, files.Read))
    return _events(islice(articles, FILES[name]))


def of_sequences() -> list[list[Event]]:
    """The events of each of the sequences of updates on one event."""
    path = REPLAY / "sequences.json"
    if not path.exists():
        absent(f"no sequences at {path}")
    sequences = json.loads(path.read_text("utf-8"))
    return [_events(map(_article, sequence["items"])) for sequence in sequences.values()]


def _article(item: dict):
    created = item["time"].replace(" ", "T").removesuffix("Z") + "Z"
    sources = [{"name": item["outlet"]}] if item.get("outlet") else []
    return ninjs.article({
        "uri": item.get("id") or item["key"], "version": "1", "versionCreated": created,
        "bodies": [{"role": "main", "contentType": "text/plain", "value": item["text"]}], "infoSources": sources,
    })  # fmt: skip


def _events(articles) -> list[Event]:
    chain = Chain()
    return [event for article in articles for event in chain.feed(article).events]


def shuffled(events: list[Event], seed: int) -> list[Event]:
    order = list(events)
    Random(seed).shuffle(order)
    return order


def as_partitions(events: list[Event], seed: int) -> list[Event]:
    """As a backlog on eight partitions is worked off: each in order, some far ahead of others."""
    parts: list[list[Event]] = [[] for _ in range(8)]
    places: dict[str, int] = {}
    for event in events:
        parts[places.setdefault(event.uri, len(places) % 8)].append(event)
    random, order = Random(seed), []
    while left := [part for part in parts if part]:
        part, size = random.choice(left), random.randint(1, 200)
        order += part[:size]
        del part[:size]
    return order


def test_sequences_end_in_the_same_situations_in_any_order():
    for events in of_sequences():
        says = Desk(events).says()
        for seed in range(3):
            assert Desk(shuffled(events, seed)).says() == says


@pytest.mark.parametrize("mixed", [shuffled, as_partitions])
@pytest.mark.parametrize("name", FILES)
def test_replayed_news_end_in_the_same_situations(name, mixed, monkeypatch):
    events = of_file(name)
    says = Desk(events).says()
    other = set(map(repr, Desk(mixed(events, 1)).says()))
    assert sum(repr(one) in other for one in says) >= SAME * len(says)
    monkeypatch.setattr(keep, "CLAIMS", len(events))
    assert Desk(events).says() == Desk(mixed(events, 1)).says()
