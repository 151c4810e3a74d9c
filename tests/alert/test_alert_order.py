"""Whatever order events come in, situations end up saying the same (property tests over made-up stories)."""

from dataclasses import replace
from datetime import timedelta

from alert.stories import HARIM, IDLIB, NOON, SALQIN, SHADDADI, SYRIA, Desk, day, event, taken_back
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agents.alert.claims.numbers import number
from agents.alert.matching.said import telling
from streams.records import Actor, Counted

COUNTS = st.one_of(
    st.integers(1, 200),
    st.sampled_from(["several", "dozens", "hundreds", "~30", "30+", ">30", "20-30", "~100", "100+", ">100"]),
)
PLACES = st.sampled_from([HARIM, SALQIN, SHADDADI, IDLIB, SYRIA, None])
SAID = st.sampled_from(
    [
        "A bomb killed them.",
        "The floods killed them.",
        "They died.",
        "The toll was revised down.",
        "The toll rose.",
    ]
)
COUNTED = st.lists(
    st.builds(
        Counted, measure=st.sampled_from(["killed", "injured"]), count=st.integers(1, 60), at=st.integers(0, 900),
        scope=st.sampled_from(["incident", "subtotal"]),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@st.composite
def stories(draw, places=PLACES):
    """Some articles, some of which state two figures, correct themselves, copy each other, or are taken back."""
    events = []
    for article in range(draw(st.integers(2, 8))):
        hour = draw(st.integers(0, 60))
        common = {
            "uri": f"urn:{article}", "source": draw(st.sampled_from("ABCD")), "location": draw(places), "said": draw(SAID),
            "speaker": draw(st.sampled_from(["unknown", "government", "armed_group"])),
            "another": draw(st.booleans()), "counted": draw(COUNTED),
            "actor": Actor(kind=draw(st.sampled_from(["unknown", "combatant", "security_forces"]))),
            "window": day(NOON + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5])))),
        }  # fmt: skip
        first = event(draw(COUNTS), hour, **common)
        if events and draw(st.booleans()):
            first = replace(first, fingerprint=draw(st.sampled_from(events)).fingerprint)
        events.append(first)
        if draw(st.integers(0, 3)) == 0:
            events.append(event(draw(COUNTS), hour, **(common | {"place": None})))
        if draw(st.integers(0, 3)) == 0:
            later = hour + draw(st.integers(1, 30))
            if draw(st.booleans()):
                events.append(event(draw(COUNTS), later, version="2", corrects=first.event_id, **common))
            events.append(taken_back(first, later))
    return list({one.event_id: one for one in events}.values())


@settings(max_examples=300, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_any_order_ends_in_the_same_situations(story, random):
    shuffled = list(story)
    random.shuffle(shuffled)
    assert Desk(story).says() == Desk(shuffled).says()


@settings(max_examples=150, deadline=None)
@given(stories(), st.data())
def test_any_stretch_read_again_changes_nothing(story, data):
    desk = Desk(story)
    whole, store = list(desk.alerts), dict(desk.store)
    start = data.draw(st.integers(0, len(story)))
    again = desk.recovered()
    for offset in range(start, len(story)):
        again.take(story[offset], offset)
    assert again.says() == desk.says()
    assert again.store == store
    ids = [alert.alert_id for alert in whole]
    assert [alert.alert_id for alert in again.alerts] == ids[len(ids) - len(again.alerts) :]
    assert again.alerts == whole[len(ids) - len(again.alerts) :]


@settings(max_examples=150, deadline=None)
@given(stories(), st.data())
def test_a_crash_at_any_point_gives_what_an_undisturbed_run_gives(story, data):
    crash = data.draw(st.integers(0, len(story)))
    committed = data.draw(st.integers(0, crash))
    whole, until = Desk(story), Desk(story[:crash])
    after = until.recovered()
    for offset in range(committed, len(story)):
        after.take(story[offset], offset)
    assert after.says() == whole.says()
    assert {a.alert_id: a for a in until.alerts + after.alerts} == {a.alert_id: a for a in whole.alerts}


@settings(max_examples=100, deadline=None)
@given(stories(places=st.just(HARIM)), stories(places=st.just(SHADDADI)), st.randoms(use_true_random=False))
def test_interleaving_two_situations_gives_each_the_same_alerts(one, other, random):
    assume(
        {n for n in map(number, one) if n and telling(n)}.isdisjoint(map(number, other))
    )  # an equal one may join them
    other = [replace(e, uri=e.uri + "x", event_id=e.event_id + "x", fingerprint="", counted=()) for e in other]
    other = [
        replace(e, withdraws=e.withdraws and e.withdraws + "x", corrects=e.corrects and e.corrects + "x") for e in other
    ]
    mixed, left, right = [], list(one), list(other)
    while left or right:
        source = left if left and (not right or random.random() < 0.5) else right
        mixed.append(source.pop(0))
    alone = {a.alert_id for log in (one, other) for a in Desk(log).alerts}
    assert {a.alert_id for a in Desk(mixed).alerts} == alone
