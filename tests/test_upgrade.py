"""Two versions side by side: what a newer program adds, an older one passes over; what an older one leaves out, is there.

A rolling upgrade has both at work on the same topics and the same state, and a rollback has the older one
last. A next version may add fields to any object and records may come from a version that did not know a
field with a default (`streams/schema.py` holds the schemas to that).
"""

import json
from contextlib import closing
from pathlib import Path

import pytest
from accounting import accounts
from topic_log import write
from workers import running

from agents.flow import Alert, Enrich, Extract
from agents.read import apply
from streams import lag, topics, wire
from streams.inlets import files
from streams.inlets.publish import message

DRAMA = Path(__file__).parents[1] / "seeds" / "drama.jsonl"
MAPS = {"corrects"}  # of an article's record: words by words, without fields
ARTICLES = [item.article for item in files.items(DRAMA) if isinstance(item, files.Read)]


def newer(plain):
    """A value as a next version may write it: every object has a field that nobody here knows."""
    if isinstance(plain, list):
        return [newer(part) for part in plain]
    if isinstance(plain, dict):
        known = {name: part if name in MAPS else newer(part) for name, part in plain.items()}
        return known | {"fromANewerVersion": {"depth": [1, "two", None]}}
    return plain


def older(value):
    """A value as a version may have written it that did not know the fields with defaults."""
    plain = json.loads(value)
    defaults = {
        "magnitude": None,
        "withdraws": None,
        "corrects": None,
        "mentions": [],
        "persons": None,
        "location": None,
        "counted": [],
        "another": False,
        "rises": False,
        "moved": False,
        "company": [],
        "parts": [],
        "beyond": [],
    }
    return {name: part for name, part in plain.items() if name not in defaults or part != defaults[name]}


def chain(change):
    """What all stages write over the drama, where every value on a topic and in a store is changed so."""
    stages = Extract(), Enrich({}), Alert({})
    written = {stage.name: [] for stage in stages}

    def feed(number, value):
        stage = stages[number]
        offset = len(seen[number])
        seen[number].append(value)
        outcome = stage.step(stage.decode(change(value)), offset)
        apply(stage, outcome)
        for key, kept in list(stage.store.items()):
            stage.store[key] = change(kept)
        if stage.state:
            stage.recall()  # as after a restart: everything is read anew
        for record in outcome.records:
            written[stage.name].append(wire.record_id(record))
            if number + 1 < len(stages):
                feed(number + 1, wire.encode(record))

    seen = [[], [], []]
    for article in ARTICLES:
        feed(0, message(article)[1])
    return written


def test_what_a_newer_version_adds_changes_nothing():
    assert chain(lambda value: wire.encode(newer(json.loads(value)))) == chain(lambda value: value)


@pytest.mark.parametrize("stage", [Enrich({}), Alert({})], ids=lambda stage: stage.name)
def test_what_an_older_version_left_out_has_its_default(stage):
    extract, enrich = Extract(), Enrich({})
    readings = [record for number, article in enumerate(ARTICLES) for record in extract.step(article, number).records]
    events = []
    for number, reading in enumerate(readings):
        outcome = enrich.step(reading, number)
        apply(enrich, outcome)
        events += outcome.records
    for record in readings if stage.name == "enrich" else events:
        value = wire.encode(record)
        assert stage.decode(wire.encode(older(value))) == record


def test_a_worker_works_beside_a_newer_publisher(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        given = [message(article) for article in ARTICLES]
        write(settings, topics.ARTICLES, [(key, wire.encode(newer(json.loads(value)))) for key, value, _ in given])
        with running(settings, 1):
            lag.wait_until_worked_off(client, settings, 60)
    for account in accounts(settings):
        assert account.right, account
        assert account.wrote, account
        assert not account.refused, account
