"""Which events tell of one situation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alert.stories import HARIM, IDLIB, NOON, SALQIN, SHADDADI, SYRIA, Desk, day, event

from streams.records import Actor, Counted, Window

FIGHTERS, SOLDIERS = Actor(kind="combatant"), Actor(kind="security_forces")


def beside(*counts: int, measure: str = "injured", scope: str = "incident") -> tuple[Counted, ...]:
    """What an article counts beside a figure."""
    return tuple(Counted(measure=measure, count=count, at=40, scope=scope) for count in counts)


def situations(*events):
    return len(Desk(events).situations)


def test_one_story_through_outlets_and_languages():
    assert (
        situations(
            event(31, 0, source="A"),
            event("~30", 1, source="B", language="ar", said="قتل نحو 30 شخصا في انفجار"),
            event(34, 5, source="C", said="The blast killed 34."),
        )
        == 1
    )


@pytest.mark.parametrize(
    "places", [(HARIM, IDLIB, SYRIA), (SYRIA, IDLIB, HARIM), (IDLIB, HARIM, None), (None, SYRIA, HARIM)]
)
def test_town_province_country_and_nowhere_are_one(places):
    assert situations(*(event(31, hour, location=place, source=str(hour)) for hour, place in enumerate(places))) == 1


def test_small_number_of_a_whole_country_goes_where_only_one_situation_may_be_meant():
    assert situations(event(2, 0, location=HARIM), event(2, 1, location=SYRIA)) == 1
    assert situations(event(2, 0, location=HARIM), event(7, 1, location=SYRIA)) == 2
    assert situations(event(2, 0, location=HARIM), event(2, 1, location=SHADDADI), event(2, 2, location=SYRIA)) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"location": HARIM}, {"location": SHADDADI}, id="two towns"),
        pytest.param({}, {"window": day(NOON - timedelta(days=3))}, id="two days"),
        pytest.param({"said": "A suicide bomber killed them."}, {"said": "The floods killed them."}, id="two causes"),
        pytest.param({}, {"another": True}, id="a second bombing"),
        pytest.param({"measure": "killed"}, {"measure": "injured"}, id="two measures"),
        pytest.param({"unit": "person"}, {"unit": "household"}, id="two units"),
        pytest.param({"actor": Actor(kind="civilian")}, {"actor": Actor(kind="combatant"), "location": SALQIN}, id="people"),
        pytest.param(
            {"window": Window(start=NOON, end=NOON + timedelta(hours=1), precision="hour")},
            {"window": Window(start=NOON + timedelta(hours=8), end=NOON + timedelta(hours=9), precision="hour")},
            id="two hours",
        ),
    ],
)  # fmt: skip
def test_two_incidents_of_one_day_are_two(one, other):
    assert situations(event(23, 1, source="A", **one), event(9, 2, source="B", **other)) == 2


def test_a_town_called_like_its_province_may_stand_for_it_however_that_is_spelled():
    suruc = replace(HARIM, name="Suruc", admin1="Sanlurfa", lat=36.98, lon=38.43)
    seat = replace(SALQIN, name="Sanliurfa", admin1="Sanlurfa", lat=37.17, lon=38.79)
    blast = {"said": "The blast did it."}
    assert situations(event(27, 0, location=suruc, **blast), event("~30", 1, location=seat, **blast)) == 1
    elsewhere = replace(seat, name="Birecik")
    assert situations(event(27, 0, location=suruc, **blast), event("~30", 1, location=elsewhere, **blast)) == 2


def test_a_second_bombing_is_another_whatever_it_did():
    second = {"said": "A second bombing killed 21.", "another": True, "source": "A"}
    assert situations(event(9, 0, said="A bombing killed nine.", source="A"), event(21, 2, **second)) == 2
    assert (
        situations(event(21, 0, **second), event(21, 2, said="The second bombing killed 21.", another=True, source="B"))
        == 1
    )


def test_as_many_dead_beside_as_many_wounded_are_the_same_people_wherever_and_whenever_they_are_read():
    one, later = event(2, 0, counted=beside(9)), {"location": SHADDADI, "source": "B"}
    assert situations(one, event(2, 1, counted=beside(9), **later)) == 1
    assert situations(one, event(2, 1, counted=beside(7), **later)) == 2
    assert situations(one, event(3, 1, counted=beside(9), **later)) == 2
    assert situations(event(2, 0, counted=beside(3)), event(2, 1, counted=beside(3), **later)) == 2  # by chance
    day_off = {"location": IDLIB, "window": day(NOON + timedelta(days=1)), "when": event(1).evidence}
    assert situations(replace(one, when=one.evidence), event(2, 48, counted=beside(9), **day_off)) == 1


def test_the_dead_of_two_sides_are_two_tolls_however_many_an_article_names():
    fighters, soldiers = event(23, 0, actor=FIGHTERS, uri="urn:a"), event(5, 0, actor=SOLDIERS, uri="urn:a")
    assert situations(fighters, soldiers, event(60, 2, actor=SOLDIERS, source="B")) == 2
    assert situations(fighters, event(41, 3, actor=FIGHTERS, source="B"), soldiers) == 2
    assert situations(fighters, event(23, 1, actor=SOLDIERS, source="B")) == 1  # misread: as many


def test_what_several_attacks_add_up_to_is_not_what_one_of_them_has_risen_to():
    both = event(17, 2, counted=beside(11, 6, measure="killed", scope="subtotal"))
    assert situations(event(11, 0), both) == 2
    assert situations(event(11, 0), event(17, 2)) == 1
    assert situations(event(14, 0), both) == 1  # its parts are others'


def test_an_article_that_begins_with_fewer_than_it_counts_further_down_tells_of_another_incident_first():
    more = beside(11, measure="killed")
    assert situations(event(11, 0), event(6, 2, counted=more)) == 2
    assert situations(event(11, 0), event(6, 2)) == 1
    assert situations(event(11, 0), event(9, 2, counted=more)) == 1  # a headline is rounded, or older
    assert situations(event(8, 0), event(6, 2, counted=more)) == 1


def test_a_ship_sinks_once_whichever_coast_it_is_told_from():
    sank = {"said": "A migrant boat capsized."}
    assert situations(event(12, 0, **sank), event(31, 5, location=SHADDADI, **sank)) == 1
    assert situations(event(12, 0), event(31, 5, location=SHADDADI)) == 2


@pytest.mark.parametrize(("said", "expected"), [("Floods: the toll rose.", 1), ("Floods killed them.", 2)])
def test_a_flood_that_is_said_to_have_grown_is_one_over_the_country(said, expected):
    early = event(29, 0, said="Floods killed them.")
    assert (
        situations(early, event(54, 120, said=said, location=SHADDADI, window=day(NOON + timedelta(days=5))))
        == expected
    )


def test_a_flood_may_grow_by_more_than_an_attack_before_it_is_told_again():
    told, later = {"said": "Floods killed them."}, {"window": day(NOON + timedelta(days=5)), "location": SHADDADI}
    assert situations(event(26, 0, **told), event(92, 120, said="Floods: the toll rose.", **later)) == 1
    assert situations(event(9, 0, **told), event(92, 120, said="Floods: the toll rose.", **later)) == 2


def test_the_very_number_says_more_than_a_town_where_another_was_told():
    here, there = event(92, 0, said="Floods killed them."), event(151, 1, said="Floods killed them.", location=SHADDADI)
    desk = Desk([here, there, event(151, 30, said="Floods killed them.", source="B")])
    assert desk.silenced == ["repeated"]


def test_a_total_of_weeks_is_a_floods_and_no_attacks():
    weeks = {"scope": "cumulative", "window": Window(start=NOON - timedelta(days=20), end=NOON, precision="week")}
    flood, attack = {"said": "Floods killed them."}, {"said": "The attack killed them."}
    assert situations(event(29, 0, **flood), event(31, 1, **weeks, **flood)) == 1
    assert situations(event(29, 0, **attack), event(31, 1, **weeks, **attack)) == 2


def test_people_who_had_to_move_are_one_list_for_weeks_whatever_it_is_called():
    moved = {"measure": "displaced", "scope": "cumulative"}
    assert (
        situations(
            event(9000, 0, measure="displaced"), event(21000, 100, **moved, window=day(NOON + timedelta(days=4)))
        )
        == 1
    )
    assert situations(event(9000, 0, measure="displaced"), event(8_000_000, 100, **moved, location=SYRIA)) == 2


def test_a_total_beside_an_incidents_toll_is_a_wars_though_no_time_is_read_with_it():
    day_of = {"scope": "cumulative", "when": event(1).evidence}
    assert situations(event(13, 0), event(41, 0, **day_of)) == 1
    assert situations(event(13, 0), event(41, 0, **day_of, counted=beside(13, measure="killed"))) == 2


def test_fewer_than_a_bare_word_claims_are_others():
    assert situations(event("dozens", 0, location=IDLIB), event(1, 1)) == 2
    assert situations(event("dozens", 0), event(30, 1)) == 1


def test_a_bare_word_of_no_day_is_said_of_the_number_that_is_known():
    later = {"window": day(NOON + timedelta(days=8)), "location": HARIM}
    assert situations(event(32, 0), event("dozens", 200, **later)) == 1
    assert situations(event(32, 0), event("dozens", 200, when=event(1).evidence, **later)) == 2
    assert situations(event(32, 0), event("hundreds", 200, **later)) == 2


def test_neighbouring_towns_are_confused_only_where_numbers_agree():
    assert situations(event(23, 0), event(23, 1, location=SALQIN)) == 1
    assert situations(event(23, 0), event(5, 1, location=SALQIN)) == 2


def test_an_unusual_number_finds_its_event_in_spite_of_a_misread_place():
    assert situations(event(173, 0), event(173, 1, location=SHADDADI)) == 1
    assert situations(event(33, 0), event(33, 1, location=SHADDADI)) == 1
    assert situations(event(30, 0), event(30, 1, location=SHADDADI)) == 2  # round
    assert situations(event(13, 0), event(13, 1, location=SHADDADI)) == 2  # small


def test_nearly_the_same_large_number_in_one_province_is_one_event():
    far = replace(HARIM, name="Far Harim", geonames_id=906, lat=HARIM.lat - 1.2)
    assert situations(event(31, 0), event(32, 1, location=far)) == 1
    assert situations(event(31, 0), event(44, 1, location=far)) == 2
    assert situations(event(31, 0), event(32, 1, location=SHADDADI)) == 2


@pytest.mark.parametrize(("count", "days", "expected"), [(2, 1, 1), (2, 3, 2), (13, 4, 1), (13, 12, 2)])
def test_yesterday_may_be_days_ago_in_one_town(count, days, expected):
    later = event(count, 24 * days, window=day(NOON + timedelta(days=days)), when=event(1).evidence)
    assert situations(event(count, 0, when=event(1).evidence), later) == expected


def test_a_day_off_is_another_incident_where_two_may_be_meant():
    dated = {"when": event(1).evidence}
    morning = Window(start=NOON - timedelta(hours=6), end=NOON - timedelta(hours=5), precision="hour")
    night = Window(start=NOON + timedelta(hours=7), end=NOON + timedelta(hours=8), precision="hour")
    two = [event(5, 0, window=morning, **dated), event(5, 9, window=night, uri="urn:2", **dated)]
    assert situations(*two) == 2
    assert situations(*two, event(5, 30, window=day(NOON + timedelta(days=1)), **dated)) == 3


def test_a_toll_grows_from_one_day_to_the_next():
    dated = {"when": event(1).evidence}
    assert situations(event(29, 0, **dated), event(61, 20, window=day(NOON + timedelta(days=1)), **dated)) == 1


def test_a_wars_toll_is_no_incidents():
    assert situations(event(25, 0), event(400_000, 1)) == 2


def test_a_flood_is_one_through_weeks():
    flood = {"said": "The floods killed them.", "location": SYRIA}
    later = [
        event(toll, 24 * at, window=day(NOON + timedelta(days=at)), **flood)
        for at, toll in enumerate((22, 26, 92, 151))
    ]
    assert situations(*later) == 1


def test_a_copy_is_known_by_its_text_where_the_place_is_not():
    one = event(7, 0, source="A")
    assert situations(one, event(7, 1, source="B", location=None, fingerprint=one.fingerprint)) == 1


def test_a_copy_with_the_same_number_is_one_whatever_place_was_read():
    one = event(7, 0, source="A")
    copied = {"source": "B", "location": SHADDADI, "fingerprint": one.fingerprint}
    assert situations(one, event(7, 1, **copied)) == 1
    assert situations(one, event(9, 1, **copied)) == 2


def test_a_journalist_killed_on_one_day_is_one_whatever_place_was_read():
    reporter = {
        "actor": Actor(kind="journalist"),
        "when": event(1).evidence,
        "said": "An air strike killed a reporter.",
    }
    assert situations(event(1, 0, **reporter), event(1, 3, location=SHADDADI, **reporter)) == 1
    farmer = reporter | {"actor": Actor(kind="civilian")}
    assert situations(event(1, 0, **farmer), event(1, 3, location=SHADDADI, **farmer)) == 2


def test_an_earthquake_is_one_however_its_toll_grows():
    quake = {"said": "The earthquake did it.", "measure": "injured"}
    next_day = {"location": IDLIB, "window": day(NOON + timedelta(days=1)), "when": event(1).evidence}
    assert situations(event(1, 0, **quake), event(25, 20, **quake, **next_day)) == 1
    shots = quake | {"said": "Shots did it."}
    assert situations(event(1, 0, **shots), event(25, 20, **shots, **next_day)) == 2


def test_two_crashes_in_one_town_on_one_day_are_two_where_their_tolls_differ():
    crash = {"said": "They died as two cars collided.", "source": "A"}
    assert situations(event(1, 0, **crash), event(3, 2, **crash)) == 2
    assert situations(event(4, 0, **crash), event(5, 2, **crash)) == 1  # one more died in hospital
    assert situations(event(9, 0, **crash), event(22, 2, **crash)) == 1  # a bus


def test_one_dead_does_not_become_six_unless_one_thing_did_it():
    assert situations(event(2, 0, said="Two lawyers died."), event(7, 3, said="A bomb killed seven.")) == 2
    assert situations(event(2, 0, said="A bomb killed two."), event(7, 3, said="The bomb killed seven.")) == 1
    assert situations(event(3, 0), event(6, 3)) == 1
    assert situations(event(9, 0), event(31, 3)) == 1


def test_a_bomb_a_day_after_shells_is_another_although_as_few_died():
    dated = {"when": event(1).evidence, "window": day(NOON - timedelta(days=1))}
    shells = event(6, 0, said="Shells killed six civilians.", **dated)
    dated["window"] = day(NOON)
    assert situations(shells, event("6+", 8, said="A car bomb killed at least six people.", **dated)) == 2
    assert situations(shells, event("6+", 8, said="Shelling killed at least six people.", **dated)) == 1


def test_what_replaces_a_figure_stays_with_it():
    one = event(7, 0, uri="urn:x", source="A")
    moved = event(3, 2, uri="urn:x", version="2", source="A", location=SHADDADI, corrects=one.event_id)
    assert situations(one, moved) == 1


def test_odd_events_are_no_reason_to_stop():
    odd = replace(
        event(0), window=Window(start=NOON, end=NOON - timedelta(days=9), precision="day"), fingerprint="?", source=None
    )
    desk = Desk(
        [odd, replace(event("~0"), language="", version="v" * 9000), event(10**15, location=replace(HARIM, lat=None))]
    )
    assert len(desk.alerts) >= 1
