"""Households as persons: an estimate beside what was stated."""

import pytest
from enrich.readings import figure, reading

from agents.enrich.events import events_of
from agents.enrich.households import sizes
from agents.gazetteer import gazetteer
from streams.records import Event, Persons


def told(text: str, number: str, **said: object) -> Event:
    """The event of a text whose only figure is displaced households."""
    (event,) = events_of(reading(text, figure(text, number, number, measure="displaced", unit="household", **said)))
    return event


def test_the_estimate_stands_beside_the_stated_number() -> None:
    event = told("In Mosul at least 300 families fled.", "300", low=300, high=None, place="Mosul", qualifier="at_least")
    size, source = sizes()["IQ"]
    assert (event.low, event.high, event.unit) == (300, None, "household")
    assert event.persons == Persons(low=round(300 * size), high=None, household_size=size, source=source)


def test_a_bare_word_is_estimated_by_what_it_claims() -> None:
    event = told("In Mosul dozens of families fled.", "dozens", magnitude="dozens", place="Mosul", qualifier="vague")
    size, _ = sizes()["IQ"]
    assert (event.low, event.high, event.interval.low, event.interval.acled) == (None, None, 20, 12)
    assert (event.persons.low, event.persons.high) == (round(20 * size), round(200 * size))


def test_nothing_is_estimated_where_the_average_is_not_known_or_persons_are_stated() -> None:
    assert told("Dozens of families fled.", "Dozens", magnitude="dozens").persons is None
    text = "In Mosul 300 people fled."
    (event,) = events_of(reading(text, figure(text, "300", "300", 300, measure="displaced", place="Mosul")))
    assert (event.country, event.persons) == ("IQ", None)


@pytest.mark.parametrize("country", sizes())
def test_a_size_is_of_a_country_and_has_a_source(country: str) -> None:
    size, source = sizes()[country]
    assert gazetteer().country_name(country) != country
    assert 2 <= size <= 9
    name, _, year = source.rpartition(", ")
    assert name.endswith(" (from memory)")
    assert 1995 <= int(year) <= 2025
