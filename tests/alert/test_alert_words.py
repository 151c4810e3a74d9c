"""Alerts in words, the phrases of every language, and a situation's history for a person."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from alert.stories import NOON, Desk, day, event, taken_back

from agents.alert.claims.causes import CAUSES, FAMILIES, cause
from agents.alert.claims.say import LANG, cues, say
from agents.alert.history import history
from agents.alert.step import SILENCED
from agents.alert.telling.severity import STEPS
from streams.records import KINDS, MEASURES, Actor, Event, Magnitude, Qualifier, Span

CODES = sorted(path.parent.name for path in LANG.glob("*/say.toml"))


@pytest.mark.parametrize("code", CODES)
def test_a_language_says_everything(code):
    phrases = say(code)
    assert set(phrases.kinds) == set(KINDS)
    assert set(phrases.measures) == set(phrases.households) == set(MEASURES) == set(STEPS)
    assert set(phrases.hedges) == set(get_args(Qualifier))
    assert set(phrases.magnitudes) == set(get_args(Magnitude))
    assert set(phrases.actors) == set(get_args(Actor.__annotations__["kind"]))
    assert len(phrases.months) == 12


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["revised", "rose", "recalled"])
def test_cues_match_their_examples(code, name):
    cue = tomllib.loads((LANG / code / "say.toml").read_text("utf-8"))["say"]["cue"][name]
    assert [text for text in cue["matches"] if name not in cues(text, code)] == []
    assert [text for text in cue["differs"] if name in cues(text, code)] == []
    assert cue["matches"]
    assert cue["differs"]


@pytest.mark.parametrize("path", sorted(LANG.glob("*/causes.toml")), ids=lambda path: path.parent.name)
def test_causes_are_known_and_no_word_has_two(path):
    words = tomllib.loads(path.read_text("utf-8"))["causes"]["words"]
    assert set(words) <= set(CAUSES) == set(FAMILIES)
    all_words = [word for listed in words.values() for word in listed]
    assert sorted(all_words) == sorted(set(all_words))


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "Torrential rains swept the valley and 14 people drowned in the floods.", "flood"),
        ("en", "A car bomb blast near the bus station killed nine.", "bombing"),
        ("en-GB", "The ferry capsized within minutes.", "shipwreck"),
        ("en", "Nineteen people died.", None),
        ("ar", "ضربت السيول المدينة وقتل 14 شخصا", "flood"),
        ("ar", "قتل تسعة في انفجار سيارة مفخخة", "bombing"),
        ("xx", "bomb", None),
        ("", "bomb", None),
        ("../en", "bomb", None),
    ],
)
def test_cause(language, text, named):
    assert cause(language, text) == named


def _span(text: str) -> Span:
    return Span(start=0, end=len(text), text=text)


def test_what_where_who_when_in_english_and_in_the_articles_language():
    report: Event = event("19+", 1, source="B", language="ar", victims=_span("مدنيا"), place=_span("بلدة حارم"))
    alert = Desk([event(12, 0, source="A"), report]).alerts[-1]
    assert alert.what == {
        "en": "Toll rises: at least 19 killed (before: 12)",
        "ar": "ارتفاع الحصيلة: عدد القتلى: 19 على الأقل (سابقا: 12)",
    }
    assert alert.where == {"en": "Harim, Idlib", "ar": "بلدة حارم"}
    assert alert.who == {"en": "people", "ar": "مدنيا"}
    assert alert.when == {"en": "6 May 2031", "ar": "6 مايو 2031"}


def test_others_are_people():
    """ "More than 40 others were wounded" does not say who."""
    told = replace(event(40), language="en", victims=Span(start=0, end=6, text="others"))
    assert Desk([told]).alerts[0].who["en"] == say("en").actors[told.actor.kind]


def test_a_language_without_phrases_gets_english():
    (alert,) = Desk([event("dozens", 0, language="xx")]).alerts
    assert alert.what == {"en": "dozens killed"}


def test_disputed_alert_names_both_ends():
    desk = Desk([event(1200, 0, source="A", speaker="armed_group"), event(300, 1, source="B", speaker="government")])
    assert desk.alerts[-1].what["en"].startswith("Sources disagree: 300 to 1,200 killed")


def test_history_explains_every_decision_with_its_quote():
    first = event(12, 0, source="Dispatch", said="Twelve died when the shell hit.", uri="urn:a")
    desk = Desk([first, event(12, 1, source="Courier"), event(19, 2, source="Post"), taken_back(first, 3)])
    (situation,) = desk.situations
    text = history(situation)
    for part in (
        "19 killed", "Harim, SY", "Dispatch", "Courier", "“Twelve died when the shell hit.”", "alert: first",
        "repeated: the toll is known", "alert: raised", "taken back by the article",
    ):  # fmt: skip
        assert part in text


def test_history_says_why_there_was_no_alert():
    past = event(40, 0, source="Old News", said="Forty died in the floods of last spring.", uri="urn:past")
    past = replace(past, window=day(NOON - timedelta(days=90)))
    desk = Desk([past])
    (situation,) = desk.situations
    assert "in_passing: what the article only recalls" in history(situation)
    assert "“Forty died in the floods of last spring.”" in history(situation)
    reasons = {"repeated", "stale", "same_article", "superseded", "in_passing", "told_beside"}
    assert reasons | {"duplicate", "subtotal", "background", "unplaced"} == set(SILENCED)
