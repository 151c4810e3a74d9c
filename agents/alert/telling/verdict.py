"""Is it news? An alert is due where what the situation says now differs from what a reader was told.

The article's own clock decides what is newer. These rules only decide about alerts: what a situation
says is `toll`'s, and does not depend on the order in which events came.
"""

from collections.abc import Sequence

from agents.alert.claims.claim import Claim
from agents.alert.claims.numbers import BARE, number, same
from agents.alert.situations.toll import NOTHING_SAID, Toll
from streams.records import KINDS, Values

BEYOND = 1.2  # an article that has given an alert gives another only for a number so much higher than the one told


def asserted(told: Values | None, others: Sequence[Claim], now: Toll, claim: Claim, corrected: Claim | None) -> str:
    """The kind of alert that a new claim gives, or why it gives none.

    `told` is what the last alert said, `others` the situation's other claims, `now` what they say with
    this one; `corrected` the claim of the same article that this one replaces.
    """
    verdict, count = now.verdicts[claim.event_id], number(claim)
    if told is None:  # of what there was before, nothing was worth an alert
        return "first" if verdict in KINDS or verdict == "repeated" else verdict
    if corrected is not None:
        return _correction(now, claim, told)
    most_told, changed = _most(told), now.values != told
    higher = count is not None and (most_told is None or (count > most_told and not same(claim, most_told)))
    if any(other.gone is None and other.time > claim.time for other in others):
        if verdict in KINDS and higher and now.values != told:
            return "raised"
        return "stale" if higher or (count is not None and most_told is not None and count < most_told) else "repeated"
    if verdict in ("first", "repeated") and told != NOTHING_SAID:
        verdict = "raised" if higher else "repeated"  # known, but from an article that told of another number
    if verdict in KINDS and not changed:
        return "repeated"  # one of several that disagree moved, and what is said of them all did not
    if verdict in KINDS and count is not None and _beside(others, count):
        return "repeated"
    if verdict in KINDS and _has_told(others, claim):
        return verdict if higher and (most_told is None or count > BEYOND * most_told) else "same_article"
    return verdict


def withdrawn(told: Values | None, now: Toll) -> str:
    """The kind of alert that a withdrawal gives, or "superseded". `now` is what is said without the claim."""
    says = now.values
    if told is None or told == NOTHING_SAID:
        return "superseded"
    if not now.standing and now.word is None:
        return "withdrawn"
    if told.best is not None and (says.best is None or says.best < told.best):
        return "corrected"
    return "superseded"


def _correction(now: Toll, claim: Claim, told: Values) -> str:
    best = now.values.best
    if best is None or told.best is None:
        changed = best is not told.best or now.values.magnitude != told.magnitude
        return "corrected" if changed else "repeated"
    count = number(claim)
    if best == told.best or (count is not None and same(claim, told.best)):
        return "repeated"
    return "raised" if best > told.best else "corrected"


def _most(told: Values) -> int | None:
    """The most that a reader was told; of a bare word, the least that it claims."""
    return BARE[told.magnitude].low if told.magnitude else told.high


def _beside(others: Sequence[Claim], count: int) -> bool:
    """Does an article that has given an alert state this number too? A reader can see it there."""
    return any(other.verdict == "same_article" and number(other) == count for other in others)


def _has_told(others: Sequence[Claim], claim: Claim) -> bool:
    return any(
        other.article == claim.article and other.version == claim.version and other.verdict in KINDS for other in others
    )
