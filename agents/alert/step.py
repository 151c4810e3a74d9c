"""One event to its alert, or to the reason why there is none."""

from dataclasses import replace
from datetime import timedelta
from heapq import nsmallest

from agents.alert.again import DUPLICATE
from agents.alert.claims.claim import Claim, Withdrawal, claim, scope
from agents.alert.situations.group import continued
from agents.alert.situations.keep import fewer
from agents.alert.situations.late import Groups, settled
from agents.alert.situations.live import Situations
from agents.alert.situations.situation import GIVEN, Situation, Sort, Told
from agents.alert.situations.toll import toll
from agents.alert.telling.beside import beside_many, told_beside, told_in_company, told_in_parts
from agents.alert.telling.give import alert, given
from agents.alert.telling.passing import in_passing, recalled, told_after
from agents.alert.telling.verdict import asserted, withdrawn
from agents.enrich.atlas import UNKNOWN
from agents.outcome import REPLAYABLE, Outcome
from streams.ids import digest
from streams.records import KINDS, Event, Values

# Why an event gave no alert; the closed list of what `Outcome.silenced` may hold.
SILENCED = {
    "repeated": "the toll is known, within its hedge",
    "stale": "a lower toll that is older, was known before, or arrived late",
    "same_article": "this article version has told of the toll already",
    "superseded": "the article took a figure back, and nothing that was told has changed by it",
    "duplicate": "the event stands in the log twice, or was read again after a crash",
    "subtotal": "a part of another figure of the article",
    "background": "an earlier event that the article mentions",
    "in_passing": "what the article only recalls: an old event, one that is tried or commemorated, the toll of a long war, one person beside many",
    "unplaced": "nobody says where: no place is named, and no country is known",
    "told_beside": "known from another list: an incident's toll as a war's, families as people, the dead and the wounded apart, two attacks each",
}
SITUATION_DAYS = 30
FORGET = 4  # expired situations let go with one event, at most


def step(event: Event, offset: int, situations: Situations, days: int = SITUATION_DAYS) -> Outcome:
    """What an event leads to: an alert or a reason, and the situation that it changed.

    `offset` is the event's position in its partition's log. `situations` is read, never changed: the
    caller calls `put` and `drop` once the state is written. A situation is kept for `days` after the last
    article on it, by the articles' own clock.

    One event changes one situation, except where a late one shows that claims belong together otherwise
    than they seemed to: then the first of `remember` is the one that remembers the event.
    """
    known = situations.of_claim(event.country, event.event_id)
    if known is not None and _applied(event, known):
        return DUPLICATE
    if event.scope in ("subtotal", "background"):
        return Outcome(silenced=(event.scope,))
    made = claim(event, offset)
    known = situations.of_claim(event.country, made.event_id)
    if event.action == "withdrawn" and known is not None:
        outcome = _withdraw(event, offset, known, made)
    else:
        outcome = _assert(event, offset, situations, known, made)
    expired = _expired(event, offset, situations, days, outcome)
    return replace(outcome, forget=outcome.forget + expired) if expired else outcome


def _assert(event: Event, offset: int, situations: Situations, known: Situation | None, made: Claim) -> Outcome:
    """A claim finds its situation. A withdrawal that comes before its claim keeps its place."""
    if event.action == "withdrawn":
        made = replace(made, gone=Withdrawal(event_id=event.event_id, offset=offset, verdict="superseded"))
    elif known is not None:
        made = replace(made, gone=_find(known, made.event_id).gone)
    sort = _sort(event)
    concerned, groups = settled(made, sort, situations)
    before = continued([one for one in groups[0] if one is not made], concerned)
    corrected = next((one for one in groups[0] if one.event_id == made.corrects), None)
    if corrected is not None and corrected.gone is None:
        gone = replace(corrected, gone=Withdrawal(event_id="", offset=offset, verdict="superseded"))
        groups[0] = [gone if one is corrected else one for one in groups[0]]
    told, others = before.told if before else None, [one for one in groups[0] if one is not made]
    if made.gone is not None:
        verdict = "superseded"
    else:
        verdict = asserted(told, others, toll(event.measure, groups[0]), made, corrected)
        verdict = _worth(verdict, event, made, situations)
    judged = replace(made, verdict=verdict)
    groups[0] = [judged if one is made else one for one in groups[0]]
    after, *moved = _continued(offset, event, groups, concerned)
    kept = {one.key for one in (after, *moved)}
    outcome = _outcome(event, after, told, verdict)
    changed = tuple(one for one in moved if one not in concerned)
    gone = tuple(one.key for one in concerned if one.key not in kept)
    return replace(outcome, remember=outcome.remember + changed, forget=gone) if changed or gone else outcome


def _sort(event: Event) -> Sort:
    return event.country, event.measure, event.unit, scope(event)


def _worth(verdict: str, event: Event, made: Claim, situations: Situations) -> str:
    """The verdict, unless what would be an alert is told in passing only, or was told elsewhere."""
    sort = _sort(event)
    if verdict not in KINDS:
        return verdict
    if recalled(event, made) or told_after(event):
        return "in_passing"
    if verdict != "first" and scope(event) != "cumulative":
        return verdict
    if in_passing(made, event.measure, event.scope == "cumulative") or (
        event.implicit and (made.deep or beside_many(made, sort, situations))
    ):
        return "in_passing"
    if event.country == UNKNOWN and event.place is None:
        return "unplaced"
    ways = (told_beside, told_in_parts, told_in_company)
    known = verdict == "first" and any(way(made, sort, situations) for way in ways)
    return "told_beside" if known else verdict


def _withdraw(event: Event, offset: int, known: Situation, made: Claim) -> Outcome:
    """The claim of this id is taken back. It stays, marked, so that its event is known again."""
    own = _find(known, made.event_id)
    if own.gone is not None and own.gone.event_id:
        return Outcome(silenced=("superseded",))
    verdict = "superseded"
    by = Withdrawal(event_id=event.event_id, offset=offset, verdict=verdict)
    after = replace(_with(known, replace(own, gone=by)), offset=offset)
    if own.gone is None:
        verdict = withdrawn(known.told, after.toll())
        after = _with(after, replace(own, gone=replace(by, verdict=verdict)))
    return _outcome(event, after, known.told, verdict)


def _outcome(event: Event, after: Situation, told: Values | None, verdict: str) -> Outcome:
    if verdict not in KINDS:
        return Outcome(remember=(after,), silenced=(verdict,))
    gives = given(event, after, verdict, told)
    after = replace(after, given=(*after.given, Told(event_id=event.event_id, says=gives.says))[-GIVEN:])
    return Outcome(records=(alert(event, gives),), remember=(after,))


def _continued(offset: int, event: Event, groups: Groups, concerned: list[Situation]) -> list[Situation]:
    """A situation for each group, continuing the concerned ones; alerts that were given go with their claims."""
    left, result = list(concerned), []
    several = len(groups) > 1 or len(concerned) > 1
    owners = {name: at for at, group in enumerate(groups) for one in group for name in one.events} if several else {}
    for at, group in enumerate(groups):
        old = continued(group, left)
        left = [one for one in left if one is not old]
        if old is not None and at and [one.event_id for one in old.claims] == [one.event_id for one in group]:
            result.append(old)
            continue
        came = [
            one for other in concerned if other is not old
            for one in other.given if owners.get(one.event_id) == at
        ]  # fmt: skip
        stayed = [one for one in old.given if owners.get(one.event_id, at) == at] if old else []
        result.append(
            Situation(
                id=old.id if old else digest("situation", event.event_id, group[0].event_id if at else None),
                country=event.country,
                measure=event.measure,
                unit=event.unit,
                scope=scope(event),
                claims=tuple(fewer(group)),
                given=tuple(came + stayed)[-GIVEN:],
                offset=offset,
            )
        )
    return result


def _applied(event: Event, known: Situation) -> bool:
    """Has the event been taken in? Its situation may hold only the withdrawal, which came first."""
    return any(
        (one.event_id == event.event_id and one.offset >= 0) or (one.gone and one.gone.event_id == event.event_id)
        for one in known.claims
    )


def _find(situation: Situation, event_id: str) -> Claim:
    return next(one for one in situation.claims if one.event_id == event_id)


def _with(situation: Situation, claim: Claim) -> Situation:
    """The situation with a claim in place of the older state of the same one."""
    return replace(situation, claims=tuple(claim if o.event_id == claim.event_id else o for o in situation.claims))


def _expired(event: Event, offset: int, situations: Situations, days: int, outcome: Outcome) -> tuple[str, ...]:
    """Situations that no article within `days` speaks of any more, nor any of the last events: a backlog is not in time order."""
    day = (event.versionCreated - timedelta(days=days)).toordinal()
    aged = nsmallest(FORGET, situations.aged(event.country, day), key=lambda one: one.key)
    if not aged:
        return ()
    changed = {one.key for one in outcome.remember} | set(outcome.forget)
    return tuple(one.key for one in aged if one.key not in changed and offset - one.offset > REPLAYABLE)
