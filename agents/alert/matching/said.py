"""How much the numbers say for one event: what is told of a claim and of a situation, and what stands beside it."""

from agents.alert.claims.causes import SINGULAR, SLOW
from agents.alert.claims.numbers import bare, close, same
from agents.alert.matching.profile import Look, Profile

# How much an equal number speaks for one event: the larger, the rarer.
LARGE = 20
EQUAL = ((LARGE, 2.0), (10, 1.5), (5, 0.9), (0, 0.4))
UNUSUAL = 2.2  # on top, for a number of three digits or more that is not rounded: 148, 4,844
ALMOST = 2.0  # within a twentieth, from LARGE on
NEARLY, NEARLY_LARGE, TWICE = 0.7, 1.5, 0.5  # within a fifth; within a tenth of LARGE; up to half as much again
A_HALF_MORE = 0.66  # share of two numbers, of which one is up to half as much again
GREW, GROWTH = 0.1, 0.4  # a toll may become more than twice what it was …
SLOWLY = 0.2  # … and five times, where it grows for weeks
FEW, ANEW = 3, -1.8  # one of so few that becomes more than twice as much is the next incident, unless one cause is told
FELL = -1.5  # a later toll of less than 2/5 of any known: another incident in the same town
FAR_OFF, BEYOND = -1.5, -4.0  # or one of more than ten times as much; a hundred times: a whole war's
APART, NEXT_CRASH = -4.0, -2.0  # the sentence speaks of "another attack", and the number is another; it is of a crash
IN_A_WORD = 0.4  # "dozens", where the number is 40 or nobody has one
SURELY = 2.8
IN_COMPANY = ((10, SURELY), (5, 1.5))  # as many dead beside as many wounded, by how many they are together
ROSE = 1.5  # a toll that "rose to" the number is one that was told before
CRASH = 10  # a road crash of so few does not become one of more or fewer: it is the next one


def telling(count: int) -> bool:
    """Is the number one that two events hardly share: not small, and not round?"""
    return count >= LARGE and count % 5 != 0


def said(mine: Look, other: Profile) -> float:
    """What the claim's number says, beside those that were told of the situation."""
    claim, count = mine.claim, mine.count
    if count is None:
        return IN_A_WORD if said_before(mine, other) or not other.numbers else 0.0
    if not other.numbers:
        return FELL if other.words and count < min(other.words) else 0.0
    nearest = other.numbers[0]
    if len(other.numbers) > 1 and count != nearest:
        nearest = min(other.numbers, key=lambda told: (abs(told - count), told))
    share = close(nearest, count)
    if nearest == count or same(claim, nearest):
        worth = next(worth for least, worth in EQUAL if count >= least)
        return worth + UNUSUAL if nearest == count >= 100 and count % 10 else worth
    apart = _next(mine, other, nearest) + (ROSE if risen(mine, other) else 0.0)
    if share >= 0.9 and count >= LARGE:
        return apart + (ALMOST if share >= 0.95 else NEARLY_LARGE)
    if share >= 0.8:
        return apart + NEARLY
    if share >= A_HALF_MORE:
        return apart + TWICE
    if count < nearest:
        return apart + (FELL if share < 0.4 else 0.0)
    if claim.cause in SINGULAR and claim.cause in other.causes:
        return apart + GREW
    if nearest <= FEW and share < GROWTH and claim.cause not in other.causes:
        return apart + ANEW
    return apart + (BEYOND if share < 0.01 else FAR_OFF if share < 0.1 else GREW if share >= GROWTH else 0.0)


def _next(mine: Look, other: Profile, told: int) -> float:
    """What says that it is the next incident, where another number was told of this one."""
    claim = mine.claim
    share = close(told, mine.count)
    added_up = any(close(told, part) > share for part in claim.parts)  # it adds up several, of which this is one
    if claim.apart or added_up or beyond(mine, other, told):
        return APART
    crashes = claim.cause == "road_crash" and claim.cause in other.causes and max(mine.count, told) < CRASH
    return NEXT_CRASH if crashes else 0.0


def beyond(mine: Look, other: Profile, told: int) -> bool:
    """Does its article begin with it, and count further down what others have told of: another incident?"""
    known = len(other.articles) > (mine.claim.article in other.articles)
    return known and told in mine.claim.beyond and close(told, mine.count) < A_HALF_MORE


def risen(mine: Look, other: Profile) -> bool:
    """Is it said to have risen, and higher than all that was told, by no more than a toll may grow?"""
    if not mine.claim.rises or mine.count is None:
        return False
    growth = SLOWLY if mine.claim.cause in SLOW else GROWTH
    return growth * mine.count <= max(other.numbers, default=0) < mine.count


def said_before(mine: Look, other: Profile) -> bool:
    """Is a bare word said of a number that is known?"""
    least, most = bare(mine.claim)
    return any(least <= told <= (most or told) for told in other.numbers)


def in_company(mine: Look, other: Profile) -> float:
    """What it says that its article counts as many beside it as another did: 17 dead and 52 wounded."""
    shared = mine.company & other.company if mine.company and mine.count in other.numbers else None
    if not shared:
        return 0.0
    together = mine.count + max(count for _, count in shared)
    return next((worth for least, worth in IN_COMPANY if together >= least), 0.0)
