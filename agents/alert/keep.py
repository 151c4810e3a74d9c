"""Situations as they change: a claim added, a claim taken back. Always a new record; the old one stays."""

from bisect import insort
from collections import Counter
from dataclasses import replace

from agents.alert.claims import Claim, Withdrawal
from agents.alert.numbers import number
from agents.alert.situations import CLAIMS, SOURCES, Situation


def with_claim(situation: Situation, claim: Claim, offset: int) -> Situation:
    """The situation with one claim more, or with the claim in place of an older state of the same one."""
    claims = [other for other in situation.claims if other.event_id != claim.event_id]
    insort(claims, claim, key=lambda one: one.order)
    sources = situation.sources
    if claim.outlet not in sources and len(sources) < SOURCES:
        sources = (*sources, claim.outlet)
    return replace(situation, claims=tuple(fewer(claims)), sources=sources, offset=max(offset, situation.offset))


def without_claim(situation: Situation, event_id: str, by: Withdrawal) -> Situation:
    """The situation with the claim of this id taken back. It stays, marked, to know its event again."""
    claims = tuple(replace(one, gone=by) if one.event_id == event_id else one for one in situation.claims)
    return replace(situation, claims=claims, offset=max(by.offset, situation.offset))


def fewer(claims: list[Claim]) -> list[Claim]:
    """At most CLAIMS of them, without changing what they say: of a number the first and the last claim stay.

    What goes first is the oldest claim in the midst of those that state the most repeated number; where
    all numbers differ, the oldest.
    """
    while len(claims) > CLAIMS:
        stated = [(number(one), one.gone is None) for one in claims]
        often, times = Counter(stated).most_common(1)[0]
        claims = list(claims)
        del claims[_second(stated, often) if times > 2 else 0]
    return claims


def _second(stated: list, often: object) -> int:
    return stated.index(often, stated.index(often) + 1)
