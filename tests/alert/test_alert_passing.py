"""What an article only recalls, or what a reader knows from beside, is no alert; when it becomes the news, it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alert.stories import NOON, SHADDADI, Desk, at, day, event

from agents.alert.telling.passing import A_WAR, ANCIENT, FAR_DOWN, OLD, OPENING
from agents.enrich.telling import LEAD
from streams.records import Counted, Window


def since(days: float) -> Window:
    return Window(start=NOON - timedelta(days=days), end=NOON, precision="open")


OLD_DAY, ANCIENT_DAY = day(NOON - OLD - timedelta(days=3)), day(NOON - ANCIENT - timedelta(days=3))


@pytest.mark.parametrize(
    ("place", "told", "verdict"),
    [
        pytest.param(LEAD, {}, "first", id="of the day, further down"),
        pytest.param(0, {"window": OLD_DAY}, "first", id="of last month, and what the article begins with"),
        pytest.param(LEAD, {"window": OLD_DAY}, "in_passing", id="of last month, further down"),
        pytest.param(0, {"window": ANCIENT_DAY}, "in_passing", id="of long ago"),
        pytest.param(0, {"scope": "cumulative", "window": since(900)}, "first", id="a war's toll to begin with"),
        pytest.param(
            LEAD, {"scope": "cumulative", "window": since(900)}, "in_passing", id="a war's toll, further down"
        ),
        pytest.param(LEAD, {"scope": "cumulative", "window": since(20)}, "first", id="a season's toll"),
        pytest.param(LEAD, {"window": since(900)}, "in_passing", id="a war's toll that was read as an incident's"),
    ],
)
def test_old_tolls_and_those_of_wars_are_news_only_to_begin_with(place, told, verdict):
    assert Desk().tell(at(place, event(140, 1, **told))) == verdict


def test_a_total_told_behind_an_incident_is_told_in_passing():
    total = event(46_000, 1, scope="cumulative", window=since(900))
    dead, hurt = (Counted(measure=measure, count=9, at=40) for measure in ("killed", "injured"))
    for behind in (dead, hurt):
        assert Desk().tell(at(119, replace(total, counted=(behind,)))) == "in_passing"
        assert Desk().tell(at(20, replace(total, counted=(behind,)))) == "first"  # before it: the news itself
    assert Desk().tell(at(119, total)) == "first"
    assert Desk().tell(at(OPENING, total)) == "in_passing"
    moved = event(15_000, 1, scope="cumulative", measure="displaced")  # a list of its own, whatever it is called
    before = replace(dead, measure="displaced", count=9_000)
    assert Desk().tell(at(119, replace(moved, counted=(before,)))) == "first"
    assert Desk().tell(at(119, replace(moved, low=4_500_000, high=4_500_000, counted=(before,)))) == "in_passing"


def test_no_incident_kills_a_war():
    assert Desk().tell(at(LEAD, event(A_WAR, 1))) == "in_passing"
    assert Desk().tell(at(LEAD, event(A_WAR, 1, measure="displaced"))) == "first"


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        pytest.param(event("several"), "in_passing", id="some"),
        pytest.param(event("dozens"), "first", id="dozens"),
        pytest.param(event("thousands"), "in_passing", id="thousands of dead"),
        pytest.param(event("thousands", measure="displaced"), "first", id="thousands who fled"),
        pytest.param(event(140, scope="cumulative"), "in_passing", id="a total, and a day"),
        pytest.param(event(140, scope="cumulative", window=since(12)), "first", id="a total of twelve days"),
    ],
)
def test_vague_and_misread_tolls_are_no_news_further_down(told, verdict):
    assert Desk().tell(at(LEAD, told)) == verdict
    assert Desk().tell(at(0, told)) == "first"


@pytest.mark.parametrize(
    ("language", "sentence", "headline"),
    [
        ("en", "The trial of the guards opened; they are said to have shot 31 prisoners.", None),
        ("en", "They are said to have shot 31 prisoners.", "Prison guards face trial"),
        ("en", "The town marked the anniversary of the bombing that killed 31.", None),
        ("ar", "بدأت محاكمة الحراس بتهمة قتل 31 سجينا", None),
        ("ar", "قتل في الحادث 31 سجينا", "تأجيل محاكمة حراس السجن"),
        ("ar", "أحيت البلدة ذكرى ضحايا التفجير وعددهم 31", None),
    ],
)
def test_what_is_tried_or_commemorated_is_no_news(language, sentence, headline):
    told = event(31, 1, said=sentence, headline=headline, language=language)
    assert Desk().tell(told) == "in_passing"
    assert Desk([event(12, 0)]).tell(told) == "in_passing"
    if headline:  # it speaks for what the article begins with
        assert Desk().tell(at(LEAD, told)) == "first"


def test_what_has_no_day_is_no_news_at_the_end_of_a_long_article():
    assert Desk().tell(at(FAR_DOWN, event(31, 1))) == "first"
    assert Desk().tell(at(FAR_DOWN, event(31, 1), dated=False)) == "in_passing"
    assert Desk().tell(at(LEAD, event(31, 1), dated=False)) == "first"


def test_what_was_recalled_is_told_when_it_becomes_the_news():
    war = {"scope": "cumulative", "window": since(900)}
    desk = Desk([at(LEAD, event(140, 0, source="A", **war))])
    assert desk.silenced == ["in_passing"]
    assert desk.tell(at(0, event(140, 1, source="B", **war))) == "first"
    assert desk.tell(at(LEAD, event(141, 2, source="C", **war))) == "in_passing"


def test_one_person_beside_many_is_no_alert_of_its_own():
    desk = Desk([event(31, 0, uri="urn:x")])
    aside = event(1, 0, uri="urn:x", window=day(NOON - timedelta(days=3)), implicit=True)
    assert desk.tell(aside) == "in_passing"
    assert desk.tell(replace(aside, uri="urn:y", event_id="y")) == "first"
    assert Desk().tell(at(LEAD, aside)) == "in_passing"


def test_a_toll_under_its_other_scope_is_known():
    desk = Desk([event(47, 0, source="A")])
    assert desk.tell(event(47, 1, source="B", scope="cumulative")) == "told_beside"
    assert desk.tell(event(90, 2, source="C", scope="cumulative")) == "first"


def test_wounded_of_an_event_whose_dead_the_article_tells_are_known_whatever_place_was_read():
    both = [
        event(count, hours, uri=f"urn:{hours}", measure=measure)
        for hours in range(3) for count, measure in ((2, "killed"), (9, "injured"))
    ]  # fmt: skip
    desk = Desk([*both, event(2, 4, uri="urn:x")])
    elsewhere = {"uri": "urn:x", "measure": "injured", "location": SHADDADI}
    assert desk.recovered().tell(event(7, 4, **elsewhere)) == "first"
    assert desk.recovered().tell(event(9, 4, **elsewhere | {"uri": "urn:y"})) == "first"
    assert desk.tell(event(9, 4, **elsewhere)) == "told_beside"


def test_families_that_are_called_people_are_known():
    desk = Desk([event(1020, 0, source="A", measure="displaced", unit="household")])
    assert desk.tell(event(1020, 1, source="B", measure="displaced")) == "told_beside"
    assert desk.tell(event(5100, 2, source="C", measure="displaced")) == "first"


def test_a_total_of_one_day_is_its_incidents():
    desk = Desk([event(22, 0, source="A")])
    assert desk.tell(at(0, event(35, 1, source="B", scope="cumulative"))) == "raised"


def test_dead_and_wounded_together_are_known_where_each_was_told():
    desk = Desk([event(12, 0, source="A"), event(30, 0, source="A", measure="injured")])
    assert desk.tell(event("dozens", 1, source="B", measure="killed_or_injured")) == "told_beside"
    assert desk.tell(event(42, 1, source="C", measure="killed_or_injured")) == "told_beside"
    assert desk.tell(event("hundreds", 2, source="D", measure="killed_or_injured")) == "first"
    assert desk.tell(event(60, 2, source="E", measure="killed_or_injured")) == "repeated"
    assert Desk([event(12)]).tell(event(60, 2, source="D", measure="killed_or_injured")) == "first"


def test_who_died_nowhere_is_no_alert():
    nowhere = {"country": "ZZ", "location": None}
    assert Desk().tell(event(12, 0, **nowhere)) == "unplaced"
    assert Desk().tell(event(12, 0, **nowhere, place=event(1).evidence)) == "first"
