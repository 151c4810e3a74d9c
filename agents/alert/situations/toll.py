"""What a situation says: a fold over its claims in the order of the world, not of their arrival.

The fold keeps a leading figure, and beside it the figures of those who dispute it, each followed as a
strand of its own. It is a plain function of the set of claims, so whatever order they came in, the
situation ends up saying the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from agents.alert.claims.claim import Claim
from agents.alert.claims.copies import COPY, likeness, raw
from agents.alert.claims.numbers import bare, close, least, most, number, same
from streams.records import Measure, Qualifier, Values

NOTHING_SAID = Values(low=None, best=None, high=None)

AT_THE_TIME = timedelta(hours=72)  # apart at most, for two figures to be a dispute rather than news and old news
DISPUTE = 0.4, 0.8  # a lower figure is a dispute where it is this share of the leading one …
DISPUTE_FROM = 10  # … and the toll is at least this; below, an early report explains the difference
OPPOSED = ({"government", "armed_group"},)  # between these any clear difference is a dispute …
OPPOSED_AT_HOME = (
    {"government", "armed_group"},
    {"un", "government"},
    {"ngo", "government"},
)  # … about who had to move
OPPOSED_BY = 0.8
PARTISAN = "armed_group"  # whose clearly higher figure is its own: a dispute, not what a toll has risen to
NAMED = frozenset({"un", "government", "armed_group", "rescue", "ngo"})
FALLS = frozenset({"missing"})  # measures whose later figure replaces a higher one: the missing are found
BEYOND = 1.2  # an article does not begin with less than this part of what it has to tell
HARDLY = 0.95  # a strand that rises by less, and is not the highest, says nothing new
KNOWN = 0.02  # a lower number within this of one stated before is that one again


@dataclass(slots=True)
class Strand:
    """A figure that stands, and who backs it."""

    claim: Claim
    number: int
    qualifier: Qualifier
    backers: list[Claim] = field(default_factory=list)

    def backed(self, claim: Claim) -> None:
        self.backers.append(claim)
        if claim.qualifier == "exact" and number(claim) == self.number:
            self.qualifier = "exact"

    @property
    def weight(self) -> tuple:
        return len({backer.outlet for backer in self.backers}), self.claim.speaker != PARTISAN, self.claim.order


@dataclass(slots=True)
class Toll:
    """What the claims say, all told, and what each of them was to those before it."""

    measure: Measure
    leading: Strand | None = None
    rivals: dict[str, Strand] = field(default_factory=dict)  # by who says so
    word: Claim | None = None  # the strongest bare word that no number has answered
    stated: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)  # numbers that a revision has brought down
    news: dict[str, int] = field(default_factory=dict)  # by article: the number that it begins with
    verdicts: dict[str, str] = field(default_factory=dict)  # by event id

    @property
    def standing(self) -> list[Strand]:
        return ([self.leading] if self.leading else []) + list(self.rivals.values())

    @property
    def best(self) -> Strand | None:
        """The figure that most outlets back; of equals, not an armed group's own, and the newest."""
        return max(self.standing, key=lambda strand: strand.weight, default=None)

    @property
    def values(self) -> Values:
        """A bare word that claims more than the numbers leaves of them only the least: "hundreds" after 5."""
        standing = self.standing
        low = min((least(strand.claim) for strand in standing), default=None)
        if self.word is not None:
            return Values(low=low, best=None, high=None, magnitude=self.word.magnitude)
        high = max((most(strand.claim) for strand in standing), default=None)
        return Values(low=low, best=self.best.number if standing else None, high=high)

    @property
    def provisional(self) -> bool:
        """True until two outlets, neither a copy of the other, back the best figure."""
        best = self.best
        backers = best.backers if best else [self.word] if self.word else []
        first = next(iter(backers), None)
        return not any(independent(first, other) for other in backers[1:])

    def take(self, claim: Claim) -> None:
        """Add the next claim in the order of the world."""
        count = number(claim)
        self.verdicts[claim.event_id] = self._word(claim) if count is None else self._number(claim, count)
        if count is not None:
            self.stated.add(count)
            if not claim.deep:
                self.news.setdefault(claim.article, count)

    def _word(self, claim: Claim) -> str:
        least_meant = bare(claim)[0]
        if self.leading:
            if least_meant <= self.leading.number or (self.word and bare(self.word)[0] >= least_meant):
                return "repeated"
            self.word = claim
            return "raised"
        if self.word is None:
            self.word = claim
            return "first"
        if least_meant <= bare(self.word)[0]:
            return "repeated"
        self.word = claim
        return "raised"

    def _number(self, claim: Claim, count: int) -> str:
        leading = self.leading
        if leading is None:
            below = self.word is not None and count < bare(self.word)[0]
            verdict = "first" if self.word is None else "lowered" if below else "raised"
            self.word = None
            return self._lead(claim, count, verdict)
        if _strand(claim) in self.rivals:
            return self._rival(claim, count)
        if same(claim, leading.number, leading.qualifier):
            leading.backed(claim)
            return "repeated"
        for rival in self.rivals.values():
            if same(claim, rival.number, rival.qualifier):
                rival.backed(claim)
                return "repeated"
        return self._higher(claim, count) if count > leading.number else self._lower(claim, count)

    def _lead(self, claim: Claim, count: int, verdict: str) -> str:
        self.leading = Strand(claim, count, claim.qualifier, [claim])
        self.rivals = {who: r for who, r in self.rivals.items() if claim.time - r.claim.time <= AT_THE_TIME}
        if self.word is not None and bare(self.word)[0] <= count:
            self.word = None
        return verdict

    def _higher(self, claim: Claim, count: int) -> str:
        if any(abs(count - gone) <= KNOWN * gone for gone in self.dropped):
            return "stale"
        if self.word is not None and count < bare(self.word)[0]:
            self._lead(claim, count, "raised")
            return "repeated"  # more than the numbers, and less than the word
        before = self.leading
        clearly = close(count, before.number) < OPPOSED_BY and claim.time - before.claim.time <= AT_THE_TIME
        if clearly and claim.speaker == PARTISAN != before.claim.speaker and _one_incident(claim, before.claim):
            return self._beside(claim, count)
        if claim.deep and count > BEYOND * self.news.get(claim.article, count):
            return self._beside(claim, count) if claim.speaker == PARTISAN else "in_passing"
        opposed = clearly and _opposed(claim, before)
        if opposed:
            self.rivals[_strand(before.claim)] = before
        self._lead(claim, count, "raised")
        return "disputed" if opposed else "raised"

    def _beside(self, claim: Claim, count: int) -> str:
        """It stands beside the leading figure, and does not replace it."""
        self.rivals[_strand(claim)] = Strand(claim, count, claim.qualifier, [claim])
        return "disputed"

    def _lower(self, claim: Claim, count: int) -> str:
        leading = self.leading
        known = self._known(count)
        if (claim.revises or self.measure in FALLS) and not known:
            self.dropped |= {told for told in self.stated if told > count}
            self.rivals.clear()
            return self._lead(claim, count, "lowered")
        if claim.corrects and not known:  # its article takes a figure back that others still state
            self.rivals[leading.claim.outlet] = leading
            return self._lead(claim, count, "lowered")
        if known or claim.time - leading.claim.time > AT_THE_TIME or _own(claim, leading):
            return "stale"
        share = count / leading.number
        passed = claim.speaker not in NAMED and min(self.stated) < count  # a rising toll went by it
        usual = (
            not claim.deep and not passed and leading.number >= DISPUTE_FROM and DISPUTE[0] <= share < DISPUTE[1]
            and _one_incident(claim, leading.claim)
        )  # fmt: skip
        if usual or (_opposed(claim, leading) and share < OPPOSED_BY):
            return self._beside(claim, count)
        return "stale"

    def _known(self, count: int) -> bool:
        """Has this number been stated before?"""
        return count in self.stated or any(abs(count - told) <= KNOWN * told for told in self.stated)

    def _rival(self, claim: Claim, count: int) -> str:
        rival = self.rivals[_strand(claim)]
        if same(claim, rival.number, rival.qualifier):
            rival.backed(claim)
            return "repeated"
        if count < rival.number and not same(claim, self.leading.number, self.leading.qualifier):
            return "stale"
        if self._known(count) and count > rival.number:
            return "repeated"
        if count < self.leading.number and close(count, rival.number) >= HARDLY:
            rival.backed(claim)
            return "repeated"
        del self.rivals[_strand(claim)]
        if same(claim, self.leading.number, self.leading.qualifier):
            self.leading.backed(claim)  # the dispute is over
            return "repeated"
        if count > self.leading.number:
            return self._lead(claim, count, "raised")
        self._beside(claim, count)
        return "raised"


def _strand(claim: Claim) -> str:
    """Whose figure it is: the side that is quoted, else the outlet that prints it."""
    return claim.speaker if claim.speaker in NAMED else claim.outlet


def _own(claim: Claim, leading: Strand) -> bool:
    """Has its own outlet backed the leading figure already?"""
    return any(backer.outlet == claim.outlet for backer in leading.backers)


def _one_incident(claim: Claim, other: Claim) -> bool:
    """Do both tell of the same thing? Days of fighting are many incidents: there, less is no contradiction."""
    if claim.cause and other.cause:
        return claim.cause == other.cause != "fighting"
    here, there = claim.location, other.location
    return here is not None and there is not None and here.name == there.name


def _opposed(claim: Claim, strand: Strand) -> bool:
    speak = {claim.speaker, strand.claim.speaker}
    return speak in (OPPOSED_AT_HOME if claim.moved else OPPOSED)


def independent(one: Claim, other: Claim) -> bool:
    """Two outlets, and not one text."""
    return one.outlet != other.outlet and likeness(raw(one.copy), raw(other.copy)) < COPY


def toll(measure: Measure, claims: Iterable[Claim]) -> Toll:
    """What these claims say, given in the order of the world; withdrawn ones do not count."""
    says = Toll(measure)
    for claim in claims:
        if claim.gone is None:
            says.take(claim)
    return says
