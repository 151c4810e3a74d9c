"""What a reader knows from beside a situation: the same people counted in another list.

One article calls a toll the incident's, another the war's; one counts families whom another calls people, one the dead
and the wounded together and another each apart. That is no news. It only decides about alerts: situations stay apart.
"""

from collections import Counter

from agents.alert.claims.claim import Claim
from agents.alert.claims.numbers import bare, number, same
from agents.alert.claims.places import WITHIN
from agents.alert.matching.match import ENOUGH, OVERLAP, evidence
from agents.alert.matching.profile import look
from agents.alert.situations.live import Situations
from agents.alert.situations.situation import Sort
from streams.records import MEASURES, Values

OTHER_SCOPE = {"incident": "cumulative", "cumulative": "incident"}
OTHER_UNIT = {"person": "household", "household": "person"}
APART = ("killed", "injured")
BY_CHANCE = 5  # fewer are told of more than one event in one article
NEARLY_ALL = 0.8  # of a sum, that is known: one of its parts may have grown
TOGETHER = 3  # articles that tell of two situations show that they are one event's


def told_beside(claim: Claim, sort: Sort, situations: Situations) -> bool:
    """Has a reader been told this number under the other scope or unit, or as many dead and wounded, each apart?"""
    country, measure, unit, scope = sort
    count = number(claim)
    others = _told(claim, (country, measure, unit, OTHER_SCOPE[scope]), situations, whenever=True)
    others += _told(claim, (country, measure, OTHER_UNIT[unit], scope), situations, scope == "cumulative")
    if count is not None and any(told.best is not None and same(claim, told.best) for told in others):
        return True
    if measure != "killed_or_injured":
        return False
    apart = [_told(claim, (country, one, unit, scope), situations, scope == "cumulative") for one in APART]
    least_meant = bare(claim)[0] if count is None else count
    return least_meant <= sum(max((told.high or 0 for told in all_told), default=0) for all_told in apart)


def told_in_parts(claim: Claim, sort: Sort, situations: Situations) -> bool:
    """Does it add up what a reader was told of several incidents, each apart?"""
    if not claim.parts:
        return False
    told = 0
    for held in situations.near(sort, claim):
        speaks = evidence(look(claim), held.profile)
        if held.situation.told and speaks.place >= WITHIN and speaks.time == OVERLAP:
            told += held.situation.told.best or 0
    return told >= NEARLY_ALL * sum(claim.parts)


def told_in_company(claim: Claim, sort: Sort, situations: Situations) -> bool:
    """Is it known from an event that its article tells of, although it was read at another place or day?

    What several articles tell together is one event: its dead are known to be this article's, so its wounded are too.
    """
    country, measure, unit, scope = sort
    count = number(claim)
    if count is None or count < BY_CHANCE:
        return False
    for other in (one for one in MEASURES if one != measure):
        for beside in situations.of_article((country, other, unit, scope), claim.article):
            together = Counter(
                held for article in beside.profile.articles for held in situations.of_article(sort, article)
            )
            if any(count in held.profile.numbers for held, articles in together.items() if articles >= TOGETHER):
                return True
    return False


def beside_many(claim: Claim, sort: Sort, situations: Situations) -> bool:
    """Is it one person, of whom an article tells that has more of them to tell of?"""
    return any(
        claim.article in held.profile.articles and max(held.profile.numbers, default=0) > 1
        for held in situations.near(sort, claim)
    )


def _told(claim: Claim, sort: Sort, situations: Situations, whenever: bool) -> list[Values]:
    """What readers were told of situations of another sort that the claim would be about if it were of that sort."""
    return [
        told for held in situations.near(sort, claim)
        if (told := held.situation.told) and evidence(look(claim), held.profile, whenever).total >= ENOUGH
    ]  # fmt: skip
