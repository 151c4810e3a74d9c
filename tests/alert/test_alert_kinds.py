"""Which update deserves an alert, and of which kind."""

from itertools import pairwise

import pytest
from alert.stories import HARIM, Desk, at, event

from agents.enrich.telling import LEAD
from streams.records import Window


@pytest.mark.parametrize(
    ("told", "then", "verdict"),
    [
        (14, 19, "raised"),
        (14, 14, "repeated"),
        (14, "14+", "repeated"),
        ("~40", "40+", "repeated"),
        ("40+", "~40", "repeated"),
        (41, "~40", "repeated"),  # "nearly 40" after 41
        (35, "~40", "raised"),
        (40, ">40", "repeated"),
        (40, "41+", "raised"),
        (">40", 46, "raised"),
        (44, ">40", "repeated"),
        (44, "40-50", "repeated"),
        (44, "50-60", "raised"),
        (44, "dozens", "repeated"),
        (44, "several", "repeated"),
        (44, "hundreds", "raised"),
        ("dozens", "dozens", "repeated"),
        ("dozens", "hundreds", "raised"),
        ("dozens", 44, "raised"),
        ("several", 12, "raised"),
        ("dozens", 6, "lowered"),
        (44, 41, "stale"),  # a little lower: what was known before
        (140, 90, "disputed"),  # clearly lower, by another outlet, at the time
        (9, 5, "stale"),  # few: an early report explains it
        (140, 12, "stale"),  # too far: a part of the toll
    ],
)
def test_second_report(told, then, verdict):
    desk = Desk([event(told, 0, source="Dispatch")])
    assert [alert.kind for alert in desk.alerts] == ["first"]
    assert desk.tell(event(then, 2, source="Courier")) == verdict


def test_what_is_disputed_is_news_again_when_it_rises_by_more_than_a_little():
    desk = Desk([event(80, 0, source="A"), event(42, 1, source="B")])
    assert [alert.kind for alert in desk.alerts] == ["first", "disputed"]
    assert desk.tell(event(43, 2, source="B")) == "repeated"
    assert desk.tell(event(50, 3, source="B")) == "raised"


def test_an_older_toll_of_one_that_has_risen_is_no_dispute_unless_somebody_says_so():
    told = [event(20, 0, source="A"), event(90, 1, source="B")]
    assert Desk(told).tell(event(60, 2, source="C")) == "stale"
    assert Desk(told).tell(event(60, 2, source="C", speaker="ngo")) == "disputed"
    assert Desk(told[1:]).tell(event(60, 2, source="C")) == "disputed"


def test_a_word_that_claims_more_than_the_numbers_is_what_is_said():
    desk = Desk([event(5, 0, source="A"), event("hundreds", 1, source="B")])
    alert = desk.alerts[-1]
    assert (alert.kind, alert.low, alert.best, alert.high, alert.magnitude) == ("raised", 5, None, None, "hundreds")
    assert desk.tell(event(6, 2, source="C")) == "repeated"
    assert desk.tell(event(240, 3, source="D")) == "raised"
    assert (desk.alerts[-1].best, desk.alerts[-1].magnitude) == (240, None)


def test_an_alert_says_something_else_than_the_one_before():
    """A side that comes closer to the other's figure changes nothing of what is said of both."""
    desk = Desk(
        [event(40, 0, source="A"), event(25, 1, source="B"), event(26, 2, source="C"), event(28, 3, source="B")]
    )
    said = [(alert.low, alert.best, alert.high, alert.magnitude) for alert in desk.alerts]
    assert all(one != two for one, two in pairwise(said))


def test_number_stated_before_is_stale_when_it_comes_back():
    desk = Desk([event(70, 0, source="A"), event(140, 1, source="B")])
    assert desk.tell(event(70, 3, source="C")) == "stale"


def test_older_article_arriving_late_is_never_a_revision():
    desk = Desk([event(52, 5, source="A", said="The toll was revised down to 52.")])
    assert desk.tell(event(70, -3, source="B")) == "stale"  # more than was told, and brought down since
    desk = Desk([event(52, 5, source="A")])
    assert desk.tell(event(70, -3, source="B")) == "raised"  # what is said is more now than what was told
    desk = Desk([event(140, 5, source="A")])
    assert desk.tell(event(90, 1, source="B")) == "stale"
    assert desk.tell(event(90, 1, source="C", said="The toll was revised down to 90.")) == "stale"


def test_revision_lowers_a_toll_and_the_old_number_does_not_raise_it_again():
    desk = Desk([event(60, 0, source="A")])
    assert desk.tell(event(49, 4, source="B", said="Rescuers lowered the toll to 49.")) == "lowered"
    assert desk.tell(event(60, 5, source="C")) == "stale"
    assert desk.tell(event(51, 6, source="C")) == "raised"


def test_the_missing_become_fewer():
    desk = Desk([event(120, 0, measure="missing", source="A")])
    assert desk.tell(event(85, 5, measure="missing", source="B")) == "lowered"
    assert desk.tell(event(120, 6, measure="missing", source="C")) == "stale"


def test_more_missing_in_an_older_article_that_arrives_late_is_no_news():
    desk = Desk([event(4, 6, measure="missing", source="A")])
    assert desk.tell(event(7, 0, measure="missing", source="B")) == "stale"
    assert desk.tell(event(7, 3, measure="missing", source="C")) == "stale"


def test_a_lower_figure_further_down_disputes_nothing():
    assert Desk([event(140, 0, source="A")]).tell(at(LEAD, event(90, 2, source="B"))) == "stale"


def test_two_sides_are_followed_side_by_side():
    desk = Desk([event(45, 0, source="A", speaker="armed_group")])
    assert desk.tell(event(13, 1, source="B", speaker="government")) == "disputed"
    assert (desk.alerts[-1].low, desk.alerts[-1].high) == (13, 45)
    assert desk.tell(event(13, 2, source="C", speaker="government")) == "repeated"
    assert desk.tell(event(17, 3, source="B", speaker="government")) == "raised"
    assert desk.tell(event(50, 4, source="A", speaker="armed_group")) == "raised"
    assert (desk.alerts[-1].low, desk.alerts[-1].high) == (17, 50)
    assert desk.tell(event(17, 5, source="D")) == "repeated"


def test_the_other_side_may_say_more():
    desk = Desk([event(13, 0, source="A", speaker="government")])
    assert desk.tell(event(45, 1, source="B", speaker="armed_group")) == "disputed"
    assert desk.tell(event(15, 2, source="A", speaker="government")) == "raised"


def test_one_alert_for_an_article_that_states_two_figures():
    desk = Desk([event(30, 0, uri="urn:x"), event("28+", 0, uri="urn:x"), event("dozens", 0, uri="urn:x")])
    assert [alert.kind for alert in desk.alerts] == ["first"]
    desk = Desk([event("28+", 0, uri="urn:x"), event(30, 0, uri="urn:x")])
    assert [alert.kind for alert in desk.alerts] == ["first"]
    assert desk.silenced == ["same_article"]
    assert desk.tell(event(30, 1, source="B")) == "repeated"  # it stands in the article that told of 28


def test_an_article_that_states_a_much_higher_figure_too_gives_both():
    desk = Desk([event(28, 0, uri="urn:x"), event(70, 0, uri="urn:x")])
    assert [alert.best for alert in desk.alerts] == [28, 70]


def test_an_article_begins_with_the_most_that_it_has_to_tell_of_an_incident():
    desk = Desk([event("26+", 0, uri="urn:x")])
    assert desk.tell(at(LEAD, event(75, 0, uri="urn:x", speaker="ngo"))) == "in_passing"  # of the week
    assert desk.tell(at(LEAD, event(31, 0, uri="urn:x"))) == "same_article"
    assert desk.tell(event(35, 1, source="B")) == "raised"
    assert desk.alerts[-1].high == 35


def test_what_attackers_claim_does_not_raise_a_toll():
    desk = Desk([event("22+", 0, source="A", speaker="ngo")])
    assert desk.tell(at(LEAD, event(40, 1, source="B", speaker="armed_group"))) == "disputed"
    assert (desk.alerts[-1].low, desk.alerts[-1].best, desk.alerts[-1].high) == (22, 22, 40)
    assert desk.tell(event(40, 2, source="C", speaker="armed_group")) == "repeated"
    assert desk.tell(event(32, 3, source="D", speaker="rescue")) == "raised"


@pytest.mark.parametrize("scope", ["subtotal", "background"])
def test_parts_and_background_never_alert(scope):
    desk = Desk()
    assert desk.tell(event(500, scope=scope)) == scope
    assert len(desk.situations) == 0


def test_cumulative_toll_lives_beside_the_incident():
    desk = Desk([event(12, 0, source="A")])
    war = Window(start=event(1).window.start.replace(year=2029), end=event(1).window.end, precision="open")
    assert desk.tell(event(9_000, 0, source="A", scope="cumulative", window=war)) == "first"
    assert desk.tell(event(14, 1, source="B")) == "raised"
    assert desk.tell(event(9_000, 2, source="C", scope="cumulative", window=war)) == "repeated"
    assert desk.tell(event(9_100, 3, source="C", scope="cumulative", window=war)) == "raised"
    assert len(desk.situations) == 2


def test_values_name_what_was_before():
    desk = Desk([event(12, 0, source="A"), event("19+", 1, source="B")])
    alert = desk.alerts[-1]
    assert (alert.low, alert.best, alert.high, alert.delta, alert.previous.best) == (19, 19, 19, 7, 12)
    assert alert.sources == ("A", "B")
    assert alert.location == HARIM


def test_provisional_until_two_independent_sources_agree():
    print_of_a = event(12, 0, source="A").fingerprint
    desk = Desk([event(12, 0, source="A"), event(12, 1, source="B", fingerprint=print_of_a)])
    (situation,) = desk.situations
    assert desk.alerts[0].provisional
    assert situation.toll().provisional  # a copy, and nobody else
    desk.take(event(12, 2, source="C"))
    (situation,) = desk.situations
    assert not situation.toll().provisional


def test_a_bare_word_is_as_grave_as_the_least_it_claims():
    (alert,) = Desk().take(event("hundreds_of_thousands", measure="displaced", unit="household", language="ar")).records
    assert alert.severity == "extreme"
    assert alert.what["en"] == "hundreds of thousands of families displaced"
    assert alert.what["ar"] == "عدد الأسر النازحة: مئات الآلاف"
