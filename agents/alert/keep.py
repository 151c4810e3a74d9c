"""A situation's claims within bounds."""

from collections import Counter

from agents.alert.claims import Claim
from agents.alert.numbers import number
from agents.alert.situations import CLAIMS


def fewer(claims: list[Claim]) -> list[Claim]:
    """At most CLAIMS of them, without changing what they say: of a number the first and the last claim stay.

    What goes first is the second oldest of those that state the most repeated number; where no number is
    stated three times, the oldest claim.
    """
    while len(claims) > CLAIMS:
        stated = [(number(one), one.gone is None) for one in claims]
        often, times = Counter(stated).most_common(1)[0]
        at = stated.index(often, stated.index(often) + 1) if times > 2 else 0
        claims = claims[:at] + claims[at + 1 :]
    return claims
