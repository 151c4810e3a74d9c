"""A claim: what one article said of a situation, small enough to keep dozens of them in one record."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from agents.alert.claims.causes import SEASONAL, cause
from agents.alert.claims.company import beside_incident, beyond, company, parts
from agents.alert.claims.copies import short
from agents.alert.claims.say import cues
from agents.enrich.telling import deep, rank
from streams.ids import digest
from streams.records import Event, Location, Magnitude, Measure, Qualifier, Speaker, Time, Window

URI, NAME, QUOTE = 120, 48, 240  # bytes kept at most: a situation's record is bounded
FEW_DAYS, WEEKS = timedelta(days=3), timedelta(days=31)
AT_HOME = frozenset({"displaced", "evacuated", "returned"})  # whose numbers are of another order, and grow for weeks


def cut(text: str | None, size: int) -> str | None:
    """Text of at most so many bytes of UTF-8, cut between characters.

    >>> cut("سروج", 5), cut(None, 5)
    ('سر', None)
    """
    if text is None or len(text) * 4 <= size:
        return text
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def scope(event: Event) -> Literal["incident", "cumulative"]:
    """Whose toll it is. One of a few days that are named is an incident's, even if it is called a total, unless its
    article has an incident's toll beside it; one of some weeks is that of a flood. Of people who had to move there
    is one list.

    A subtotal or background is nobody's.
    """
    if event.scope != "cumulative" or event.measure in AT_HOME:
        return "incident"
    days = event.window.end - event.window.start
    few = event.when and days <= FEW_DAYS and not beside_incident(event)
    return "incident" if few or (days <= WEEKS and _cause(event) in SEASONAL) else "cumulative"


def _cause(event: Event) -> str | None:
    return cause(event.language, event.sentence.text, event.headline)


def article(uri: str) -> str:
    """An article's uri as claims keep it: a digest where it is too long."""
    return uri if len(uri.encode("utf-8", "replace")) <= URI else digest(uri)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That the article took the claim back: by which event, and what came of it."""

    event_id: str
    offset: int
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure of one article version. `verdict` is the alert it gave, or why it gave none."""

    event_id: str
    offset: int  # of the event in its partition's log; -1 where only the withdrawal has come so far
    article: str
    version: str
    at: int  # where in the text it stands
    time: Time  # versionCreated
    source: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    magnitude: Magnitude | None
    speaker: Speaker
    actor: str
    group: str | None
    cause: str | None
    location: Location | None
    window: Window
    dated: bool  # does it say when? Otherwise the window is that of the article
    copy: str  # short fingerprint, agents/alert/claims/copies.py
    revises: bool  # the sentence says that a toll was brought down
    apart: bool  # the sentence tells it from another incident
    corrects: str | None
    quote: str
    rises: bool = False  # the sentence says that a toll rose to this
    moved: bool = False  # of people who had to move
    company: tuple[tuple[Measure, int], ...] = ()  # what its article counts beside it
    parts: tuple[int, ...] = ()  # what it adds up
    beyond: tuple[int, ...] = ()  # what its article counts of another incident
    verdict: str = ""
    gone: Withdrawal | None = None

    def __hash__(self) -> int:
        return hash(self.event_id)  # that of all its parts costs more than what it is kept for

    @property
    def outlet(self) -> str:
        """Who published it; an article without a publisher stands for itself."""
        return self.source or self.article

    @property
    def events(self) -> tuple[str, ...]:
        """The events that it stands for: its assertion, and its withdrawal if that has come."""
        return (self.event_id, self.gone.event_id) if self.gone and self.gone.event_id else (self.event_id,)

    @property
    def deep(self) -> bool:
        """Does it stand further down in its article than where the news are told?"""
        return deep(self.at)

    @property
    def order(self) -> tuple:
        """Claims in the order of the world, not of their arrival: by time, and as an article tells its figures."""
        return (self.time, self.article, *rank(self.low, self.high, self.at), self.event_id)


def claim(event: Event, offset: int) -> Claim:
    """What to keep of an event. A withdrawal keeps the claim under the id of the event it withdraws."""
    place, said = event.location, cues(event.sentence.text, event.language)
    if place is not None:
        place = Location(
            name=cut(place.name, NAME), country=place.country, geonames_id=place.geonames_id,
            admin1=cut(place.admin1, NAME), lat=place.lat, lon=place.lon, precision=place.precision,
        )  # fmt: skip
    gone = event.action == "withdrawn"
    return Claim(
        event_id=event.withdraws or event.event_id if gone else event.event_id,
        offset=-1 if gone else offset,
        article=article(event.uri),
        version=cut(event.version, NAME),
        at=event.evidence.start,
        time=event.versionCreated,
        source=cut(event.source, NAME),
        low=event.low,
        high=event.high,
        qualifier=event.qualifier,
        magnitude=event.magnitude,
        speaker=event.speaker,
        actor=event.actor.kind,
        group=cut(event.actor.group, NAME),
        cause=_cause(event),
        location=place,
        window=event.window,
        dated=event.when is not None,
        copy=short(event.fingerprint),
        revises="revised" in said,
        apart=event.another,
        corrects=event.corrects,
        quote=cut(event.evidence.text, QUOTE),
        rises="rose" in said,
        moved=event.measure in AT_HOME,
        company=company(event),
        parts=parts(event),
        beyond=beyond(event),
    )
