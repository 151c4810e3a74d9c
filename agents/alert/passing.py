"""Is a toll what the article tells, or does it only recall it?

News begin with what is new. What stands further down and is old, or counts a whole war, a reader knows
or can do without; when it becomes the news itself, an article will begin with it.
"""

from datetime import timedelta

from agents.alert.claims import Claim
from agents.alert.numbers import number
from agents.alert.situation import Sort

OLD = timedelta(days=10)  # between an event and an article that tells of it further down …
ANCIENT = timedelta(days=60)  # … or anywhere; and between a war's beginning and one that counts its dead further down
LONG = timedelta(days=31)  # a window so long is no incident's, whatever was read
A_WAR = 20_000  # no incident kills or wounds so many, whatever was read


def in_passing(claim: Claim, sort: Sort) -> bool:
    """Does its article only recall this toll?"""
    _, measure, _, scope = sort
    window, deep = claim.window, claim.deep
    ago, since = claim.time - window.end, claim.time - window.start
    if ago > ANCIENT or not deep:
        return ago > ANCIENT
    if measure in ("killed", "injured") and (number(claim) or 0) >= A_WAR:
        return True
    if scope == "cumulative" or window.end - window.start > LONG:
        return not claim.dated or since > ANCIENT
    return ago > OLD
