"""What a new version of an article does to the figures that the one before asserted."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
from enrich.readings import figure, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.enrich import articles
from agents.enrich.revisions import ArticleRecord
from agents.enrich.step import DUPLICATE, OLDER, TOO_MANY, UNCHANGED
from agents.flow import Enrich
from agents.outcome import REPLAYABLE, Outcome
from agents.read import apply
from streams import wire
from streams.records import Event, Reading


def told(*tolls: int, version: int = 1, status: str = "usable", note: str = "") -> Reading:
    """A version that states these tolls of civilians in Mosul."""
    text = "".join(f"In Mosul {n} civilians were killed on site {at}. " for at, n in enumerate(tolls)) + note
    figures = []
    for at, n in enumerate(tolls):
        sentence = f"In Mosul {n} civilians were killed on site {at}."
        figures.append(
            figure(
                text,
                f"{n} civilians were killed on site {at}",
                str(n),
                n,
                victims="civilians",
                place="Mosul",
                sentence=sentence,
            )
        )
    return reading(text or "No toll.", *figures, version=version, status=status)


def run(*inputs: Reading) -> tuple[list[Outcome], ArticleRecord]:
    """What each input gave, and what is remembered after the last."""
    stage = Enrich({})
    return feed(stage, inputs), wire.decode(stage.store[inputs[-1].uri.encode()], ArticleRecord)


def feed(stage: Enrich, inputs: Sequence[Reading], first: int = 0) -> list[Outcome]:
    """What each input from this one on gives."""
    given = []
    for offset, one in enumerate(inputs[first:], first):
        given.append(stage.step(one, offset))
        apply(stage, given[-1])
    return given


def asserted(outcomes: list) -> list[Event]:
    """The events in force after all outcomes; fails where one is withdrawn that is not there."""
    there: dict[str, Event] = {}
    for event in itertools.chain.from_iterable(o.records for o in outcomes):
        if event.action == "asserted":
            assert event.event_id not in there
            there[event.event_id] = event
        else:
            del there[event.withdraws]
    return list(there.values())


def test_a_first_version_asserts_its_figures() -> None:
    (outcome,), record = run(told(5, 7))
    assert [(e.action, e.low, e.country) for e in outcome.records] == [("asserted", 7, "IQ"), ("asserted", 5, "IQ")]
    assert record.key == "urn:x:1"
    assert outcome.silenced == ()


def test_a_raised_toll_withdraws_the_old_and_corrects_it() -> None:
    outcomes, _ = run(told(5), told(8, version=2))
    old = outcomes[0].records[0]
    new, withdrawn = outcomes[1].records
    assert (withdrawn.action, withdrawn.withdraws, withdrawn.low) == ("withdrawn", old.event_id, 5)
    assert (new.action, new.corrects, new.low) == ("asserted", old.event_id, 8)
    assert withdrawn.version == "2"


def test_only_what_changed_is_said() -> None:
    outcomes, _ = run(told(5, 7), told(5, 9, version=2))
    assert [(e.action, e.low) for e in outcomes[1].records] == [("asserted", 9), ("withdrawn", 7)]
    outcomes, _ = run(told(5, 7), told(5, version=2))
    assert [(e.action, e.low) for e in outcomes[1].records] == [("withdrawn", 7)]
    outcomes, _ = run(told(5), told(5, 7, version=2))
    assert [(e.action, e.low, e.corrects) for e in outcomes[1].records] == [("asserted", 7, None)]


def test_the_same_number_twice_is_two_figures() -> None:
    outcomes, _ = run(told(5, 5), told(5, version=2))
    assert [e.action for e in outcomes[0].records] == ["asserted", "asserted"]
    assert len({e.event_id for e in outcomes[0].records}) == 2
    assert [e.action for e in outcomes[1].records] == ["withdrawn"]


def test_other_people_are_not_a_correction() -> None:
    def of(n: int, who: str, version: int) -> Reading:
        text = f"In Mosul {n} {who} were killed."
        return reading(text, figure(text, f"{n} {who} were killed", str(n), n, victims=who), version=version)

    outcomes, _ = run(of(5, "civilians", 1), of(9, "soldiers", 2))
    assert [(e.action, e.corrects) for e in outcomes[1].records] == [("asserted", None), ("withdrawn", None)]


def test_another_country_is_another_figure() -> None:
    def at(place: str, version: int) -> Reading:
        text = f"In {place} 5 civilians were killed."
        return reading(text, figure(text, "5 civilians were killed", "5", 5, place=place), version=version)

    outcomes, _ = run(at("Mosul", 1), at("Aleppo", 2))
    assert [(e.action, e.country) for e in outcomes[1].records] == [("asserted", "SY"), ("withdrawn", "IQ")]


def test_a_figure_that_is_moved_to_another_town_is_said_anew() -> None:
    def at(place: str, version: int) -> Reading:
        text = f"In {place} 5 civilians were killed."
        return reading(text, figure(text, "5 civilians were killed", "5", 5, place=place), version=version)

    outcomes, record = run(at("Mosul", 1), at("Tal Afar", 2), at("Tal Afar, Nineveh", 3), at("Nineveh", 4))
    said = [[(e.action, e.location.name) for e in outcome.records] for outcome in outcomes]
    assert said == [[("asserted", "Mosul")], [("asserted", "Tal Afar"), ("withdrawn", "Mosul")], [], []]
    assert [e.location.name for e in record.asserted] == ["Tal Afar"]


def test_two_towns_that_change_their_figures_are_told_apart() -> None:
    def of(mosul: int, kirkuk: int, version: int) -> Reading:
        text = f"Shells killed {mosul} people in Mosul. Bombs killed {kirkuk} people in Kirkuk."
        first, second = text.split(". ")
        return reading(
            text,
            figure(text, f"killed {mosul} people", str(mosul), mosul, place="Mosul", sentence=f"{first}."),
            figure(text, f"killed {kirkuk} people", str(kirkuk), kirkuk, place="Kirkuk", sentence=second),
            version=version,
        )

    outcomes, record = run(of(5, 7, 1), of(7, 5, 2))
    assert len(outcomes[1].records) == 4
    assert {(e.low, e.location.name) for e in record.asserted} == {(7, "Mosul"), (5, "Kirkuk")}


def test_the_same_reading_elsewhere_in_the_log_is_a_duplicate() -> None:
    outcomes, _ = run(told(5), told(5))
    assert (outcomes[1].records, outcomes[1].remember, outcomes[1].silenced) == ((), (), (DUPLICATE,))


def test_the_same_content_as_a_new_version_gives_nothing_but_is_noted() -> None:
    outcomes, record = run(told(5), told(5, version=2), told(8, version=1, note="late"))
    assert (outcomes[1].records, outcomes[1].silenced) == ((), (UNCHANGED,))
    assert record.version == "2"
    assert outcomes[2].silenced == (OLDER,)


def test_an_older_version_changes_nothing() -> None:
    outcomes, _ = run(told(8, version=3), told(5, version=2))
    assert (outcomes[1].records, outcomes[1].remember, outcomes[1].silenced) == ((), (), (OLDER,))


def test_versions_of_one_moment_go_by_their_number() -> None:
    def at(n: int, version: int) -> Reading:
        text = f"In Mosul {n} civilians were killed."
        return reading(text, figure(text, f"{n} civilians were killed", str(n), n), version=version, minutes=0)

    outcomes, _ = run(at(5, 10), at(4, 9))
    assert outcomes[1].silenced == (OLDER,)


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_cancelled_article_withdraws_all(status: str) -> None:
    outcomes, _ = run(told(5, 7), told(5, 7, version=2, status=status), told(5, 7, version=1, note="late"))
    assert [e.action for e in outcomes[1].records] == ["withdrawn", "withdrawn"]
    assert asserted(outcomes) == []
    assert outcomes[2].silenced == (OLDER,)


def test_a_withheld_article_can_come_back() -> None:
    outcomes, _ = run(told(5), told(5, version=2, status="withheld"), told(5, version=3))
    assert [e.low for e in asserted(outcomes)] == [5]
    assert len({e.event_id for o in outcomes for e in o.records}) == 3


@pytest.mark.parametrize("count", [2, 60])
def test_what_is_read_again_gives_the_same_again(count: int) -> None:
    """A live page changes dozens of times within what a crash in a backlog repeats."""
    inputs = [told(5, n, version=n) for n in range(1, count + 1)]
    stage = Enrich({})
    plain = feed(stage, inputs)
    stage, store = Enrich(stage.store), dict(stage.store)
    stage.recall()
    assert [one.records for one in feed(stage, inputs)] == [one.records for one in plain]
    assert stage.store == store


def test_what_earlier_inputs_gave_goes_when_it_cannot_be_read_again() -> None:
    stage = Enrich({})
    feed(stage, [told(5, n, version=n) for n in range(1, 21)])
    assert len(stage.store) == 1 + 19
    apply(stage, stage.step(told(99, version=99), REPLAYABLE + 15))
    assert len(stage.store) == 1 + 5


def test_what_earlier_inputs_gave_goes_with_their_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "REPLAYABLE", 2)
    stage, later = Enrich({}, days=1), replace(told(5), versionCreated=told(5).versionCreated + timedelta(days=9))
    feed(stage, [told(n, version=n) for n in range(1, 5)])
    feed(stage, [replace(later, uri=f"urn:y:{n}") for n in range(20)])
    assert not [key for key in stage.store if told(5).uri.encode() in key.split(b"\0")]


VERSIONS = st.lists(
    st.tuples(st.lists(st.integers(1, 4), max_size=3), st.sampled_from(["usable", "usable", "usable", "canceled"])),
    min_size=1, max_size=6,
)  # fmt: skip


def versions(of: list) -> list[Reading]:
    return [told(*tolls, version=n, status=status) for n, (tolls, status) in enumerate(of, 1)]


@settings(max_examples=60, deadline=None)
@given(VERSIONS, st.data())
def test_replaying_any_stretch_changes_nothing(of: list, data: st.DataObject) -> None:
    inputs = versions(of)
    stage = Enrich({})
    plain = feed(stage, inputs)
    start = data.draw(st.integers(0, len(inputs) - 1))
    stage, store = Enrich(stage.store), dict(stage.store)
    stage.recall()
    again = feed(stage, inputs, start)
    assert [orjson.dumps(one.records) for one in again] == [orjson.dumps(one.records) for one in plain[start:]]
    assert stage.store == store
    record = wire.decode(store[inputs[0].uri.encode()], ArticleRecord)
    assert sorted(e.event_id for e in asserted(plain)) == sorted(e.event_id for e in record.asserted)


@settings(max_examples=60, deadline=None)
@given(VERSIONS, st.randoms(use_true_random=False))
def test_any_order_of_the_versions_ends_in_the_same_figures(of: list, chance: random.Random) -> None:
    inputs = versions(of)
    ends = []
    for _ in range(2):
        outcomes, _ = run(*inputs)
        ends.append(sorted((e.measure, e.low, e.country) for e in asserted(outcomes)))
        chance.shuffle(inputs)
    assert ends[0] == ends[1]


@settings(max_examples=30, deadline=None)
@given(VERSIONS)
def test_ids_are_the_same_on_every_run(of: list) -> None:
    inputs = versions(of)
    assert [o.records for o in run(*inputs)[0]] == [o.records for o in run(*inputs)[0]]


def test_a_record_stays_small() -> None:
    stage = Enrich({})
    for version in range(1, 40):
        outcome = stage.step(told(*[version * 1000 + n for n in range(120)], version=version), version)
        apply(stage, outcome)
        assert all(len(value) < 64_000 for value in stage.store.values())
        assert outcome.silenced == (TOO_MANY,)
    assert len(outcome.remember[-1].asserted) > 20


def test_the_fingerprint_goes_with_every_event() -> None:
    outcomes, _ = run(replace(told(5), fingerprint="one"), replace(told(8, version=2), fingerprint="two"))
    assert [e.fingerprint for o in outcomes for e in o.records] == ["one", "two", "two"]
