"""Read again after a crash, twice in the log, taken back, expired: what is told must stay true."""

from dataclasses import replace

import pytest
from alert.stories import NOON, Desk, event, taken_back

from agents.alert.again import is_situation

STORY = [
    event(12, 0, source="A"),
    event(12, 1, source="B"),
    event(19, 2, source="C"),
    event("dozens", 3, source="D"),
    event(60, 4, source="E"),
]


def test_read_again_gives_the_very_same_alerts_and_changes_nothing():
    desk = Desk(STORY)
    before = dict(desk.store)
    again = desk.recovered()
    for offset, one in enumerate(STORY):
        outcome = again.take(one, offset)
        assert outcome.records or outcome.silenced == ("duplicate",)
    assert again.alerts == desk.alerts
    assert again.store == before


@pytest.mark.parametrize("crash", range(len(STORY) + 1))
def test_a_crash_anywhere_gives_what_an_undisturbed_run_gives(crash):
    whole, until = Desk(STORY), Desk(STORY[:crash])
    after = until.recovered()
    for offset, one in enumerate(STORY):
        after.take(one, offset)
    assert after.alerts == whole.alerts
    assert after.says() == whole.says()


def test_the_same_event_elsewhere_in_the_log_is_a_duplicate():
    desk = Desk(STORY)
    says = desk.says()
    assert [desk.tell(one) for one in STORY] == ["duplicate"] * len(STORY)
    assert desk.says() == says


def test_ids_depend_on_nothing_but_the_events():
    one, other = Desk(STORY), Desk([event(3, 0, uri="urn:before", location=None), *STORY])
    assert {alert.alert_id for alert in one.alerts} < {alert.alert_id for alert in other.alerts}


def test_correction_is_one_alert_where_the_new_figure_comes_first():
    old = event(12, 0, source="A", uri="urn:x")
    new = event(9, 3, source="A", uri="urn:x", version="2", corrects=old.event_id)
    desk = Desk([old])
    assert desk.tell(new) == "corrected"
    assert (desk.alerts[-1].best, desk.alerts[-1].previous.best, desk.alerts[-1].delta) == (9, 12, -3)
    assert desk.tell(taken_back(old, 3)) == "superseded"
    assert [c.event_id for (s,) in [desk.situations] for c in s.claims if c.gone is None] == [new.event_id]


def test_correction_says_so_where_the_old_figure_goes_first():
    old = event(12, 0, source="A", uri="urn:x")
    new = event(9, 3, source="A", uri="urn:x", version="2", corrects=old.event_id)
    desk = Desk([old])
    assert desk.tell(taken_back(old, 3)) == "withdrawn"  # nothing is left, and nobody knows what follows
    assert desk.tell(new) == "corrected"


def test_correction_upwards_is_a_rise():
    old = event(12, 0, source="A", uri="urn:x")
    desk = Desk([old])
    assert desk.tell(event(15, 3, source="A", uri="urn:x", version="2", corrects=old.event_id)) == "raised"


def test_correction_of_what_others_still_say_is_no_news():
    old = event(12, 0, source="A", uri="urn:x")
    desk = Desk([old, event(12, 1, source="B"), event(12, 2, source="C")])
    assert desk.tell(event(9, 3, source="A", uri="urn:x", version="2", corrects=old.event_id)) in ("repeated", "stale")
    assert desk.tell(taken_back(old, 3)) == "superseded"


def test_withdrawal_is_news_where_it_changes_what_was_told():
    only, other = event(12, 0, source="A"), event(19, 1, source="B")
    desk = Desk([only])
    assert desk.tell(taken_back(only, 2)) == "withdrawn"
    assert desk.alerts[-1].best is None
    assert desk.alerts[-1].previous.best == 12
    desk = Desk([only, other])
    assert desk.tell(taken_back(other, 2)) == "corrected"
    assert desk.alerts[-1].best == 12
    desk = Desk([only, other])
    assert desk.tell(taken_back(only, 2)) == "superseded"


def test_after_a_withdrawal_the_next_report_is_the_first():
    only = event(12, 0, source="A")
    desk = Desk([only, taken_back(only, 2)])
    assert desk.tell(event(12, 3, source="B")) == "first"


def test_withdrawal_before_its_figure_keeps_it_from_being_told():
    only = event(12, 0, source="A")
    desk = Desk()
    assert desk.tell(taken_back(only, 2)) == "superseded"
    assert desk.tell(only) == "superseded"
    assert desk.alerts == []
    assert desk.tell(only) == "duplicate"


def test_a_withdrawal_that_came_first_had_the_text_of_a_later_version():
    only = event(12, 0, source="A")
    desk = Desk([replace(taken_back(only, 2), fingerprint=event(99).fingerprint), only, event(13, 1, source="B")])
    for one in list(desk.situations):
        desk.situations.drop(one.key)
    assert len(desk.situations) == 0


def test_situations_expire_by_the_articles_clock_but_not_while_a_backlog_may_speak_of_them():
    desk = Desk([event(12, 0, source="A")])
    later = {"location": None, "window": None}
    desk.take(event(3, 24 * 40, uri="urn:later", **{**later, "window": event(1).window}))
    assert len(desk.situations) == 2
    desk.offset = 50_000
    desk.take(event(900, 24 * 41, uri="urn:latest", location=None))
    assert len(desk.situations) == 2  # the first one is gone, and the latest is new
    assert all(one.last > NOON for one in desk.situations)
    assert sorted(filter(is_situation, map(bytes.decode, desk.store))) == sorted(one.key for one in desk.situations)
    desk.offset = 100_000
    desk.take(event(901, 24 * 41, uri="urn:last", location=None))
    assert len(desk.store) == len(desk.situations) + 1, "answers that nobody can ask for any more go too"
