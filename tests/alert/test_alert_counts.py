"""What the alert agent counts of the alerts that it sends."""

from dataclasses import replace

from example_alerts import FIRST, FLED, GONE, RAISED
from prometheus_client import REGISTRY

from agents.alert.agent import _count
from streams.records import Values


def persons(measure, direction):
    return REGISTRY.get_sample_value("tollwire_toll_persons_total", {"measure": measure, "direction": direction})


def test_people_are_counted_as_tolls_rise_and_fall():
    up, down, fled = persons("killed", "up"), persons("killed", "down"), persons("displaced", "up")
    _count(FIRST)  # 9
    _count(RAISED)  # 9 → 12
    assert persons("killed", "up") - up == 12
    _count(replace(RAISED, kind="lowered", best=7, previous=Values(low=12, best=12, high=12)))
    _count(replace(GONE, previous=Values(low=7, best=7, high=7)))
    assert persons("killed", "down") - down == 12, "what is withdrawn is taken back"
    _count(FLED)
    assert persons("displaced", "up") == fled, "households are not people"
