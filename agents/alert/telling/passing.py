"""Is a toll what the article tells, or does it only recall it?

News begin with what is new. What stands further down and is old, or counts a whole war, a reader knows
or can do without; when it becomes the news itself, an article will begin with it.
"""

from datetime import timedelta

from agents.alert.claims.claim import AT_HOME, FEW_DAYS, Claim
from agents.alert.claims.numbers import bare, number
from agents.alert.claims.say import cues
from streams.records import Event, Window

OLD = timedelta(days=10)  # between an event and an article that tells of it further down …
ANCIENT = timedelta(days=60)  # … or anywhere; and between a war's beginning and one that counts its dead further down
LONG = timedelta(days=31)  # a window so long is no incident's, whatever was read
YEAR = timedelta(days=365)  # people may be on the move for so long before their number is no news
MANIFOLD = 100  # a total of so many times what the article begins with is of another time or place, whatever was read
A_WAR = 20_000  # no incident kills or wounds so many, whatever was read
SOME, THOUSANDS = 20, 1_000  # a word for fewer, or for more people, is no news further down
OPENING = 300  # code points, of a headline and a sentence: behind them, a total over years is no news …
FAR_DOWN = 4_000  # … and from where on what has no day is no news of it


def recalled(event: Event, claim: Claim) -> bool:
    """Is it told at a trial, or to commemorate? A headline speaks for what its article begins with."""
    said = "recalled" in cues(event.sentence.text, event.language)
    return said or (not claim.deep and "recalled" in cues(event.headline or "", event.language))


def told_after(event: Event) -> bool:
    """Is it a total, told behind an incident: "Nine died. The war has killed 40,000"?"""
    if event.scope != "cumulative":
        return False
    long = _long(event.measure, event.window)
    for one in event.counted:
        if one.at >= event.evidence.start or one.scope == "subtotal":
            continue
        if one.measure == event.measure and (event.low or 0) >= MANIFOLD * one.count:
            return True
        if one.scope == "incident" and (long or (one.measure == event.measure and event.measure not in AT_HOME)):
            return True
    return False


def _long(measure: str, window: Window) -> bool:
    """Is it a time of which nobody waits to hear how many it were?"""
    return window.end - window.start > (YEAR if measure in AT_HOME else LONG)


def in_passing(claim: Claim, measure: str, total: bool) -> bool:
    """Does its article only recall this toll? `total`: it is called one, over many incidents."""
    window, count = claim.window, number(claim)
    ago, since, days = claim.time - window.end, claim.time - window.start, window.end - window.start
    if ago > ANCIENT or not claim.deep:
        return ago > ANCIENT or (total and claim.at >= OPENING and _long(measure, window))
    if measure not in AT_HOME and (count or 0) >= A_WAR:
        return True
    if count is None and (bare(claim)[0] < SOME or (measure not in AT_HOME and bare(claim)[0] >= THOUSANDS)):
        return True
    if claim.at >= FAR_DOWN and not claim.dated:
        return True
    if total or days > LONG:
        return not claim.dated or since > ANCIENT or days <= FEW_DAYS  # a total of a day or two has its days misread
    return ago > OLD
