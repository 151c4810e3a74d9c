"""Which claims belong together: found claim by claim in the order of the world, whatever order they came in.

A claim that is newer than everything near it joins the situation that most speaks for, or opens one.
One that arrives late might have changed where those after it went; so the situations around it are
gathered, and all their claims find their places again, as if they had come in order.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from agents.alert.claims import Claim
from agents.alert.match import ENOUGH, Profile, evidence, profile
from agents.alert.situations import Situation, Situations

REGROUPED = 160  # claims that find their places again, at most; a late one in a larger crowd joins as it stands

Groups = list[list[Claim]]
Sort = tuple[str, str, str, str]  # as Situation.sort
Home = TypeVar("Home")


def settled(claim: Claim, sort: Sort, situations: Situations) -> tuple[list[Situation], Groups]:
    """The situations that the claim concerns, and their claims with it in groups, its own group first."""
    near, cumulative = _around(claim, sort, situations), sort[3] == "cumulative"
    late = [one for one in near.values() if one.claims[-1].order > claim.order]
    if late:
        wider = dict(near)
        for situation in late:
            for other in situation.claims:
                if other.order > claim.order:
                    wider |= _around(other, sort, situations)
        claims = [one for situation in wider.values() for one in situation.claims if one.event_id != claim.event_id]
        if len(claims) < REGROUPED:
            groups = grouped([*claims, claim], cumulative)
            return list(wider.values()), sorted(groups, key=lambda group: all(one is not claim for one in group))
    home = _home(claim, [(one, one.claims, profile(one.claims)) for one in near.values()], cumulative)
    if home is None:
        return [], [[claim]]
    others = [one for one in home.claims if one.event_id != claim.event_id]
    return [home], [sorted([*others, claim], key=lambda one: one.order)]


def _around(claim: Claim, sort: Sort, situations: Situations) -> dict[str, Situation]:
    """The situations that the claim may be about, by key."""
    found = {held.situation.key: held.situation for held in situations.near(sort, claim)}
    for event_id in (claim.event_id, claim.corrects):
        known = situations.of_claim(sort[0], event_id) if event_id else None
        if known is not None and known.sort == sort:
            found[known.key] = known
    return found


def grouped(claims: Iterable[Claim], cumulative: bool) -> Groups:
    """Claims in groups, each in the order of the world; the same for any order in which they are given."""
    groups: Groups = []
    profiles: list[Profile] = []
    for claim in sorted(claims, key=lambda one: one.order):
        home = _home(claim, list(zip(range(len(groups)), groups, profiles, strict=True)), cumulative)
        if home is None:
            groups.append([claim])
            profiles.append(profile([claim]))
        else:
            groups[home].append(claim)
            profiles[home] = profile(groups[home])
    return groups


def _home(claim: Claim, groups: Iterable[tuple[Home, Sequence[Claim], Profile]], cumulative: bool) -> Home | None:
    """Where its article's earlier figure is, if it replaces one; else where most speaks for it, if enough does."""
    best, most = None, (ENOUGH,)
    for home, members, known in groups:
        if claim.corrects and any(one.event_id == claim.corrects for one in members):
            return home
        found = (evidence(claim, known, cumulative), members[-1].order)
        if found >= most:
            best, most = home, found
    return best


def continued(group: Sequence[Claim], known: Iterable[Situation]) -> Situation | None:
    """The situation that a group continues: the one that most of it comes from."""
    ids = {one.event_id for one in group}
    shared = [(sum(one.event_id in ids for one in situation.claims), situation.key, situation) for situation in known]
    most = max(shared, key=lambda found: found[:2], default=None)
    return most[2] if most and most[0] else None
