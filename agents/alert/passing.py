"""Is a toll what the article tells, or does it only recall it?

News begin with what is new. What stands further down and is old, or counts a whole war, a reader knows
or can do without; when it becomes the news itself, an article will begin with it.
"""

from datetime import timedelta

from agents.alert.claims import Claim

LEAD = 500  # code points from the start of an article: its headline and first paragraph
OLD = timedelta(days=10)  # between an event and an article that tells of it further down …
ANCIENT = timedelta(days=60)  # … or anywhere; and between a war's beginning and one that counts its dead further down
LONG = timedelta(days=31)  # a window so long is no incident's, whatever was read


def in_passing(claim: Claim, cumulative: bool) -> bool:
    """Does its article only recall this toll?"""
    window = claim.window
    if cumulative or window.end - window.start > LONG:
        return claim.at >= LEAD and (not claim.dated or claim.time - window.start > ANCIENT)
    return claim.time - window.end > (OLD if claim.at >= LEAD else ANCIENT)
