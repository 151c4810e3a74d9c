"""A situation's claims within bounds."""

from agents.alert.claims.claim import Claim
from agents.alert.claims.numbers import number
from agents.alert.situations.situation import CLAIMS


def fewer(claims: list[Claim]) -> list[Claim]:
    """At most CLAIMS of them, the same ones whatever order they came in, without changing what they say.

    Of every number the first and the last claim stay; what else stays is drawn by event id, as good as by
    lot. Where numbers alone are too many, the oldest claims go.
    """
    if len(claims) <= CLAIMS:
        return claims
    first: dict[tuple, Claim] = {}
    last: dict[tuple, Claim] = {}
    for one in claims:
        stated = number(one), one.gone is None
        first.setdefault(stated, one)
        last[stated] = one
    ends = {one.event_id for one in (*first.values(), *last.values())}
    lot = sorted(one.event_id for one in claims if one.event_id not in ends)
    stay = ends | set(lot[: max(0, CLAIMS - len(ends))])
    return [one for one in claims if one.event_id in stay][-CLAIMS:]
