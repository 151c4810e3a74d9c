"""Which claims belong together: found claim by claim in the order of the world, whatever order they came in.

A claim that is newer than everything near it joins the situation that most speaks for, or opens one. One
that arrives late may change where those after it go (`late.py`).
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from agents.alert.claims.claim import Claim
from agents.alert.matching.match import AMBIGUOUS, ENOUGH, LIKELY, Evidence, evidence, likely
from agents.alert.matching.profile import Look, Profile, look
from agents.alert.situations.situation import Situation

Home = TypeVar("Home")


def home(claim: Claim, groups: Iterable[tuple[Home, Sequence[Claim], Profile]], cumulative: bool) -> Home | None:
    """Where its article's earlier figure is, if it replaces one; else where most speaks for it, if enough does."""
    mine = look(claim)
    found: list[tuple[float, tuple, Home]] = []
    for group, members, known in groups:
        if claim.corrects and any(one.event_id == claim.corrects for one in members):
            return group
        speaks = evidence(mine, known, cumulative)
        if counts(mine, known, speaks):
            found.append((speaks.total, members[-1].order, group))
    found.sort(key=lambda one: one[:2], reverse=True)
    if not found:
        return None
    best, _, group = found[0]
    alone = len(found) == 1 or best - found[1][0] >= AMBIGUOUS
    return group if best >= ENOUGH or (best >= LIKELY and alone) else None


def counts(mine: Look, known: Profile, speaks: Evidence) -> bool:
    """May so much evidence decide where the claim goes, if only by making it ambiguous?"""
    return speaks.total >= ENOUGH or (speaks.total >= LIKELY - AMBIGUOUS and likely(mine, known, speaks))


def continued(group: Sequence[Claim], known: Iterable[Situation]) -> Situation | None:
    """The situation that a group continues: the one that most of it comes from."""
    ids = {one.event_id for one in group}
    shared = [(sum(one.event_id in ids for one in situation.claims), situation.key, situation) for situation in known]
    most = max(shared, key=lambda found: found[:2], default=None)
    return most[2] if most and most[0] else None
