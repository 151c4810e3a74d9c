"""Articles are forgotten in time, and never one that an input may ask for again."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from enrich.readings import NOON, figure, reading

from agents.enrich import articles
from agents.enrich.articles import FORGET, LATE, Articles
from agents.flow import Enrich
from agents.outcome import REPLAYABLE
from agents.read import apply
from streams.records import Reading

DAY = timedelta(days=1)


def feed(stage: Enrich, log: list[Reading], first: int = 0) -> list[str]:
    """The ids of the events that the readings gave, in order."""
    given = []
    for offset, one in enumerate(log[first:], first):
        outcome = stage.step(one, offset)
        apply(stage, outcome)
        given += [event.event_id for event in outcome.records]
    return given


def silent(log: int) -> Reading:
    """Article `log` of a stream of a thousand a day, without a figure."""
    return replace(EMPTY, uri=f"urn:x:{log}", versionCreated=NOON + log * DAY / 1000)


EMPTY = reading("Nothing happened.")


def test_memory_stays_flat_over_200_000_articles() -> None:
    stage, most = Enrich({}, days=30), 0
    for log in range(200_000):
        apply(stage, stage.step(silent(log), log))
        most = max(most, len(stage.store))
        assert len(stage.articles) == len(stage.store) or log % 1000
    assert 32_000 <= most <= 33_000
    assert len(stage.store) <= most


def test_a_few_articles_are_never_forgotten() -> None:
    """What may be read again is kept however old it is: at least so many of the last inputs' articles."""
    stage = Enrich({}, days=1)
    feed(stage, [replace(silent(log), versionCreated=NOON + log * DAY) for log in range(REPLAYABLE)])
    assert len(stage.store) == REPLAYABLE


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A small bound on what may be read again, so that a small log passes it."""
    monkeypatch.setattr(articles, "REPLAYABLE", 5)
    return 5


def test_the_oldest_go_first_and_what_was_heard_of_lately_stays(few: int) -> None:
    kept = Articles()
    for n in range(12):
        kept.heard(f"urn:x:{n}")
        kept.put(f"urn:x:{n}", NOON + n * DAY)
    assert kept.expired(NOON + (LATE + 3) * DAY, days=3) == ()
    assert kept.expired(NOON + (LATE + 4) * DAY, days=3) == ("urn:x:0",)
    kept.heard("urn:x:0")
    assert kept.expired(NOON + (LATE + 5) * DAY, days=3) == ("urn:x:1",)
    kept.drop("urn:x:1")
    assert kept.expired(NOON + (LATE + 5) * DAY, days=3) == ()
    assert len(kept) == 11


def test_after_a_restart_nothing_goes_before_all_has_come_that_may_come_again(few: int) -> None:
    kept = Articles((f"urn:x:{n}", NOON) for n in range(20))
    for _ in range(few):
        assert kept.expired(NOON + 9 * DAY, days=1) == ()
        kept.heard("urn:x:19")
    kept.heard("urn:y:1")
    assert len(kept.expired(NOON + 9 * DAY, days=1)) == FORGET


@pytest.mark.parametrize("late", [20, 40])
def test_a_version_after_the_days_is_a_first_one_whether_the_record_is_still_there_or_not(few: int, late: int) -> None:
    def toll(n: int, version: int, when: timedelta) -> Reading:
        text = f"In Mosul {n} civilians were killed."
        said = reading(text, figure(text, text[9:-1], str(n), n), version=version)
        return replace(said, versionCreated=NOON + when)

    stage = Enrich({}, days=30)
    feed(stage, [toll(5, 1, 0 * DAY)])
    outcome = stage.step(toll(8, 2, late * DAY), 1)
    assert [e.action for e in outcome.records] == ["asserted", "withdrawn"][: 2 if late <= 30 else 1]


def test_what_was_forgotten_is_a_first_version_when_it_comes_back(few: int) -> None:
    stage = Enrich({}, days=1)
    text = "In Mosul 5 civilians were killed."
    toll = reading(text, figure(text, "5 civilians were killed", "5", 5))
    log = [toll, *(silent(9000 + log) for log in range(20))]
    first = feed(stage, log)
    assert b"urn:x:1" not in stage.store
    assert feed(stage, [*log, toll], first=len(log)) == first


@pytest.mark.parametrize("seed", range(20))
def test_a_crash_at_any_point_changes_nothing_that_was_said(few: int, seed: int) -> None:
    chance, log, versions = random.Random(seed), [], Counter()
    for at in range(150):
        if log and not chance.randrange(4):
            log.append(chance.choice(log[-6:]))  # it comes twice
            continue
        name, late = chance.randrange(30), chance.choice([0, 0, 0, 1.5])
        versions[name] += 1
        n = 1 + versions[name] // 2
        text = f"In Mosul {n} civilians were killed."
        one = reading(text, figure(text, text[9:-1], str(n), n), version=versions[name], uri=f"urn:x:{name}")
        log.append(replace(one, versionCreated=NOON + (at / 5 - late) * DAY))
    plain = feed(Enrich({}, days=2), log)
    stage, said, at = Enrich({}, days=2), [], 0
    while at < len(log):
        until = min(len(log), at + chance.randrange(1, 30))
        said += feed(stage, log[:until], at)
        back = 0 if until == len(log) else chance.randrange(few)
        at = max(0, until - back)
        stage = Enrich(stage.store, days=2)  # the worker died, and read again what was not acknowledged
        stage.recall()
    assert set(said) == set(plain)
