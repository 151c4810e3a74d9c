"""Which claims belong together: found claim by claim in the order of the world, whatever order they came in.

A claim that is newer than everything near it joins the situation that most speaks for, or opens one.
One that arrives late might have changed where those after it went; so the situations around it are
gathered, and all their claims find their places again, as if they had come in order.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from agents.alert.claims import Claim
from agents.alert.match import AMBIGUOUS, ENOUGH, LIKELY, NOTHING, Profile, evidence, grown, likely
from agents.alert.situations import Held, Situation, Situations

REGROUPED = 120  # claims that find their places again, at most; a late one in a larger crowd joins as it stands

Groups = list[list[Claim]]
Sort = tuple[str, str, str, str]  # as Situation.sort
Home = TypeVar("Home")


def settled(claim: Claim, sort: Sort, situations: Situations) -> tuple[list[Situation], Groups]:
    """The situations that the claim concerns, and their claims with it in groups, its own group first."""
    near, cumulative = situations.near(sort, claim), sort[3] == "cumulative"
    near += [one for one in situations.of_events(sort, (claim.event_id, claim.corrects)) if one not in near]
    home = _home(claim, [(held.situation, held.situation.claims, held.profile) for held in near], cumulative)
    replaced = bool(situations.of_events(sort, (claim.event_id,)))  # by its withdrawal, which came first
    if replaced or situations.newest(sort) > claim.order:
        concerned = _neighbourhood(near, situations)
        claims = [one for situation in concerned for one in situation.claims if one.event_id != claim.event_id]
        if len(claims) < REGROUPED and (replaced or any(one.order > claim.order for one in claims)):
            groups = grouped([*claims, claim], cumulative)
            return concerned, sorted(groups, key=lambda group: all(one is not claim for one in group))
    if home is None:
        return [], [[claim]]
    others = [one for one in home.claims if one.event_id != claim.event_id]
    return [home], [sorted([*others, claim], key=lambda one: one.order)]


def _neighbourhood(near: list[Held], situations: Situations) -> list[Situation]:
    """All situations whose claims may find another place: those around a claim, those around them, and so on.

    Even of other towns: together, two claims may speak for what neither speaks for alone.
    """
    waiting = [held.situation for held in near]
    found, claims = {one.key: one for one in waiting}, 0
    while waiting and claims < REGROUPED:
        situation = waiting.pop()
        claims += len(situation.claims)
        for other in situation.claims:
            for held in situations.near(situation.sort, other):
                one = held.situation
                if one.key not in found:
                    found[one.key] = one
                    waiting.append(one)
    return list(found.values())


def grouped(claims: Iterable[Claim], cumulative: bool) -> Groups:
    """Claims in groups, each in the order of the world; the same for any order in which they are given."""
    groups: Groups = []
    profiles: list[Profile] = []
    for claim in sorted(claims, key=lambda one: one.order):
        home = _home(claim, list(zip(range(len(groups)), groups, profiles, strict=True)), cumulative)
        if home is None:
            groups.append([claim])
            profiles.append(grown(NOTHING, claim))
        else:
            groups[home].append(claim)
            profiles[home] = grown(profiles[home], claim)
    return groups


def _home(claim: Claim, groups: Iterable[tuple[Home, Sequence[Claim], Profile]], cumulative: bool) -> Home | None:
    """Where its article's earlier figure is, if it replaces one; else where most speaks for it, if enough does."""
    found: list[tuple[float, tuple, Home]] = []
    for home, members, known in groups:
        if claim.corrects and any(one.event_id == claim.corrects for one in members):
            return home
        speaks = evidence(claim, known, cumulative)
        if speaks >= ENOUGH or (speaks >= LIKELY - AMBIGUOUS and likely(claim, known)):
            found.append((speaks, members[-1].order, home))
    found.sort(key=lambda one: one[:2], reverse=True)
    if not found:
        return None
    best, _, home = found[0]
    alone = len(found) == 1 or best - found[1][0] >= AMBIGUOUS
    return home if best >= ENOUGH or (best >= LIKELY and alone) else None


def continued(group: Sequence[Claim], known: Iterable[Situation]) -> Situation | None:
    """The situation that a group continues: the one that most of it comes from."""
    ids = {one.event_id for one in group}
    shared = [(sum(one.event_id in ids for one in situation.claims), situation.key, situation) for situation in known]
    most = max(shared, key=lambda found: found[:2], default=None)
    return most[2] if most and most[0] else None
