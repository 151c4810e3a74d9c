"""One event to its alert, or to the reason why there is none.

The same event at the same offset is the same event read again after a crash: it gives the very same
alert again and changes nothing. The same event at another offset is a duplicate in the log.
"""

from dataclasses import replace
from datetime import timedelta
from heapq import nsmallest

from agents.alert.claims import Claim, Withdrawal, claim
from agents.alert.give import alert, given
from agents.alert.keep import with_claim, without_claim
from agents.alert.match import ENOUGH, evidence
from agents.alert.situations import CLAIMS, GIVEN, Situation, Situations
from agents.alert.verdict import asserted, withdrawn
from agents.outcome import Outcome
from streams.ids import digest
from streams.records import KINDS, Event

# Why an event gave no alert; the closed list of what `Outcome.silenced` may hold.
SILENCED = {
    "repeated": "the toll is known, within its hedge",
    "stale": "a lower toll that is older, was known before, or arrived late",
    "same_article": "this article version has told of the toll already",
    "superseded": "the article took a figure back, and nothing that was told has changed by it",
    "duplicate": "the event stands in the log twice",
    "subtotal": "a part of another figure of the article",
    "background": "an earlier event that the article mentions",
}
SITUATION_DAYS = 30
REPLAYABLE = 10_000  # events that may be read again after a crash, at most: what they changed must not expire yet
FORGET = 4  # expired situations let go with one event, at most


def step(event: Event, offset: int, situations: Situations, days: int = SITUATION_DAYS) -> Outcome:
    """What an event leads to: an alert or a reason, and the situation that it changed.

    `offset` is the event's position in its partition's log. `situations` is read, never changed: the
    caller calls `put` and `drop` once the state is written. A situation is kept for `days` after the last
    article on it, by the articles' own clock.
    """
    applied = situations.of_event(event.country, event.event_id)
    if applied is not None and (again := _again(event, offset, applied)):
        return again
    if event.scope in ("subtotal", "background"):
        return Outcome(silenced=(event.scope,))
    made = claim(event, offset)
    before = _home(event, made, situations) or _new(event, offset)
    if offset <= before.offset and len(before.claims) == CLAIMS:
        return Outcome(silenced=("duplicate",))  # read again, and the situation has let go of it since
    if event.action == "withdrawn":
        after, verdict = _withdraw(before, made, event, offset)
    else:
        after, verdict = _assert(before, made, offset)
    alerts = ()
    if verdict in KINDS:
        gift = given(event, offset, after, verdict, after.toll(), before.told)
        after = replace(after, given=(*after.given, gift)[-GIVEN:])
        alerts = (alert(event, after, gift),)
    return Outcome(
        records=alerts,
        remember=(after,),
        forget=_expired(event, offset, situations, days, after.key),
        silenced=() if alerts else (verdict,),
    )


def _again(event: Event, offset: int, situation: Situation) -> Outcome | None:
    """The answer to an event that the situation has applied; None where it has only heard of it."""
    for gift in situation.given:
        if gift.event_id == event.event_id:
            if gift.offset == offset:
                return Outcome(records=(alert(event, situation, gift),))
            return Outcome(silenced=("duplicate",))
    for one in situation.claims:
        if one.event_id == event.event_id and one.offset >= 0:
            return Outcome(silenced=(one.verdict if one.offset == offset else "duplicate",))
        if one.gone is not None and one.gone.event_id == event.event_id:
            return Outcome(silenced=(one.gone.verdict if one.gone.offset == offset else "duplicate",))
    return None


def _home(event: Event, made: Claim, situations: Situations) -> Situation | None:
    """The situation that the event is about: its own article's where it says so, else the one with most evidence."""
    sort = (event.measure, event.unit, event.scope)
    for name in (event.event_id, event.withdraws, event.corrects):
        found = situations.of_event(event.country, name) if name else None
        if found is not None and (found.measure, found.unit, found.scope) == sort:
            return found
    best, most = None, ENOUGH
    cumulative = event.scope == "cumulative"
    for held in situations.near(event.country, *sort, made):
        found = evidence(made, held.profile, cumulative)
        if found > most or (found == most and best is None):
            best, most = held.situation, found
    return best


def _new(event: Event, offset: int) -> Situation:
    return Situation(
        id=digest("situation", event.country, event.measure, event.unit, event.scope, event.event_id),
        country=event.country, measure=event.measure, unit=event.unit, scope=event.scope,
        claims=(), sources=(), offset=offset,
    )  # fmt: skip


def _assert(before: Situation, made: Claim, offset: int) -> tuple[Situation, str]:
    """The situation with the claim, and what came of it."""
    own = next((one for one in before.claims if one.event_id == made.event_id), None)
    if own is not None:  # its withdrawal came first
        return with_claim(before, replace(made, gone=own.gone, verdict="superseded"), offset), "superseded"
    corrected = next((one for one in before.claims if one.event_id == made.corrects), None)
    after = before
    if corrected is not None and corrected.gone is None:
        after = without_claim(before, corrected.event_id, Withdrawal(event_id="", offset=offset, verdict="superseded"))
    after = with_claim(after, made, offset)
    verdict = asserted(before, after.toll(), made, corrected)
    return with_claim(after, replace(made, verdict=verdict), offset), verdict


def _withdraw(before: Situation, made: Claim, event: Event, offset: int) -> tuple[Situation, str]:
    """The situation with the claim taken back, and what came of it."""
    by = Withdrawal(event_id=event.event_id, offset=offset, verdict="superseded")
    own = next((one for one in before.claims if one.event_id == made.event_id), None)
    if own is None:  # what it withdraws is still to come, or long forgotten
        return with_claim(before, replace(made, gone=by), offset), "superseded"
    if own.gone is not None and own.gone.event_id:
        return before, "superseded"
    after = without_claim(before, own.event_id, by)
    verdict = withdrawn(before, after.toll()) if own.gone is None else "superseded"
    return without_claim(after, own.event_id, replace(by, verdict=verdict)), verdict


def _expired(event: Event, offset: int, situations: Situations, days: int, but: str) -> tuple[str, ...]:
    """Situations that no article within `days` speaks of any more, and none that may be read again."""
    day = (event.versionCreated - timedelta(days=days)).toordinal()
    return tuple(
        old.key for old in nsmallest(FORGET, situations.aged(event.country, day), key=lambda one: one.key)
        if old.key != but and offset - old.offset > REPLAYABLE
    )  # fmt: skip
