"""State stays small and comes back as it was."""

from dataclasses import replace
from datetime import timedelta

from alert.stories import HARIM, NOON, Desk, day, event

from agents.alert.situations.situation import CLAIMS, GIVEN, Situation
from streams import wire

LONG = "ش" * 5_000
LIMIT = 64 * 1024


def test_a_record_stays_under_64_kilobytes_whatever_comes():
    desk = Desk()
    for at in range(3 * CLAIMS):
        one = event(40 + 7 * at, at / 60, said=LONG[:190], source=LONG, uri=f"urn:{at}:{LONG}", version=LONG)
        place = replace(HARIM, name=LONG, admin1=LONG)
        desk.take(replace(one, location=place, actor=replace(one.actor, group=LONG), headline=LONG, link=LONG))
    (situation,) = desk.situations
    assert len(situation.claims) == CLAIMS
    assert len(situation.given) == GIVEN
    assert all(len(value) < LIMIT for value in desk.store.values())


def test_what_is_kept_says_what_all_of_it_said():
    tolls = [30, 30, 31, 28, 30, 32, 30, 27] * 20
    desk = Desk([event(toll, at / 10, source=f"S{at % 30}") for at, toll in enumerate(tolls)])
    (situation,) = desk.situations
    assert len(situation.claims) == CLAIMS
    assert situation.toll().values.best == 32
    assert desk.tell(event(30, 50)) == "stale"
    assert desk.tell(event(33, 51)) == "raised"


def test_a_record_comes_back_from_its_bytes_as_it_was():
    desk = Desk([event("20-30", 0, location=None), event("dozens", 1), event(44, 2), event(90, 3, scope="cumulative")])
    for one in desk.situations:
        assert wire.decode(wire.encode(one), Situation) == one


def test_what_the_index_holds_goes_with_its_situations():
    desk = Desk([event(n % 50 + 1, n, uri=f"urn:{n}", window=day(NOON + timedelta(hours=n))) for n in range(300)])
    for one in list(desk.situations):
        desk.situations.drop(one.key)
    assert len(desk.situations) == 0
    held = desk.situations
    assert [held._held, held._filed, held._claims, held._days] == [{}] * 4
    held.drop("not there")


def test_an_old_event_that_a_full_situation_let_go_of_is_not_told_again():
    log = [event(10 + n, n / 60, source=f"S{n}") for n in range(CLAIMS + GIVEN + 20)]
    again = Desk(log).recovered()
    assert all(not again.take(log[offset], offset).remember for offset in range(len(log)))
