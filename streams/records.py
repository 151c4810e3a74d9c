"""The records that flow: frozen, validated on the way in, the same names on the wire.

Times are timezone-aware datetimes (RFC 3339 in UTC on the wire). Spans count code points of the
article version's text, `headline + "\\n\\n" + body` (the body alone where there is no headline).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import Meta

Time = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0)]
Text = Annotated[str, Meta(min_length=1)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="ISO 3166; ZZ where unknown")]

Measure = Literal["killed", "injured", "killed_or_injured", "missing", "captured", "displaced", "evacuated", "returned"]
Qualifier = Literal["exact", "approx", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
Magnitude = Literal[
    "several", "dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"
]
Unit = Literal["person", "household"]
Scope = Literal["incident", "cumulative", "subtotal", "background"]
PubStatus = Literal["usable", "withheld", "canceled"]
Category = Literal["stock", "flow"]
Action = Literal["asserted", "withdrawn"]
Kind = Literal["first", "raised", "lowered", "corrected", "disputed", "withdrawn"]
Severity = Literal["minor", "moderate", "severe", "extreme"]

MEASURES: tuple[str, ...] = get_args(Measure)
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article, with the names of IPTC ninjs 3."""

    uri: Text
    version: Text
    versionCreated: Time
    firstCreated: Time | None = None
    language: str | None = None  # BCP 47; detected where absent
    pubStatus: PubStatus = "usable"
    headline: str | None = None
    body: str = ""
    source: str | None = None  # the publisher's name
    link: str | None = None

    @property
    def text(self) -> str:
        """The text that every span of this version counts in."""
        return f"{self.headline}\n\n{self.body}" if self.headline else self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of an article version's text: `article.text[start:end] == text`, always."""

    start: Count
    end: Count
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people that an article states, and the characters that prove it.

    `low` and `high` are both the number where it is exact or approximate; "at least 12" has no
    high, "up to 12" no low; a bare word ("dozens") has neither, but a `magnitude`.
    """

    measure: Measure
    low: Count | None
    high: Count | None
    qualifier: Qualifier
    magnitude: Magnitude | None = None
    unit: Unit = "person"
    implicit: bool = False  # no number is written: "a soldier was killed"
    scope: Scope = "incident"
    another: bool = False  # its sentence speaks of one event beside another: "in a separate attack"
    victims: Span | None = None
    place: Span | None = None
    when: Span | None = None
    attribution: Span | None = None
    evidence: Span  # holds the number and the word that gives the measure; at most 200 characters
    number: Span | None = None  # the number's own characters, to highlight; None where implicit
    sentence: Span  # the sentence around the evidence, to quote; at most 600 characters
    rule: str  # the name of the rule that bound the number to its measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All figures that one article version states; an empty list too."""

    uri: Text
    version: Text
    versionCreated: Time
    language: str
    pubStatus: PubStatus
    headline: str | None
    source: str | None
    link: str | None
    content: str  # digest of status, headline and body: equal where a new version says the same
    fingerprint: str  # MinHash of the text, base64 of 64 unsigned 32-bit integers, little endian
    mentions: tuple[Span, ...] = ()  # places of the opening, the end and the figures, for resolving `place`
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in the world. Where only the country is sure: precision 6, without coordinates."""

    name: str  # English; "120 km north of Baghdad" where the place is told by a town far off, and has no id then
    country: Country
    geonames_id: int | None = None
    admin1: str | None = None
    lat: float | None = None  # degrees, WGS 84
    lon: float | None = None
    precision: Annotated[int, Meta(ge=1, le=7)]  # UCDP where_prec: 1 exact … 4 admin1, 6 country


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who was hurt: a class of people, and the named group where one is named."""

    kind: Literal[
        "civilian", "combatant", "security_forces", "journalist", "aid_worker", "medical_worker",
        "child", "woman", "migrant", "prisoner", "official", "unknown",
    ]  # fmt: skip
    group: str | None = None  # id of a named group, as in enrich/groups.toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When it happened: from `start` up to, not including, `end`."""

    start: Time
    end: Time
    precision: Literal["hour", "day", "week", "month", "year", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Households as persons: an estimate beside the stated number, never instead of it."""

    low: Count | None
    high: Count | None
    household_size: float
    source: str


Speaker = Literal["un", "government", "armed_group", "rescue", "ngo", "witness", "media", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What a bare word ("dozens") claims, and the one number that ACLED codes for it, where it has one."""

    low: Count
    high: Count | None
    acled: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number that an article version states, as far as it tells which news they are."""

    measure: Measure
    count: Count
    unit: Unit = "person"
    scope: Scope = "incident"
    at: Count  # where its evidence begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Figure):
    """A figure placed in the world: asserted by an article version, or withdrawn by a later one."""

    event_id: Text
    action: Action
    withdraws: str | None = None  # the event_id of the asserted event, where action is withdrawn
    corrects: str | None = None  # the event_id that this one replaces in the same article
    uri: Text
    version: Text
    versionCreated: Time
    language: str
    source: str | None
    link: str | None
    headline: str | None
    fingerprint: str
    country: Country
    location: Location | None = None
    actor: Actor
    window: Window
    speaker: Speaker = "unknown"
    persons: Persons | None = None
    interval: Interval | None = None  # where `magnitude` is a bare word: low and high stay as stated, null
    counted: tuple[Counted, ...] = ()  # the numbers of its article version, in their order, its own among them; a few
    category: Category | None = None  # of people who had to move: a stock at one time, or a flow over some


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a situation says of its measure: the least, the best, and the most claimed."""

    low: Count | None
    best: Count | None
    high: Count | None
    magnitude: Magnitude | None = None  # where only bare words are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The proof: a sentence of the article, and where in it the number stands."""

    sentence: Span
    evidence: Span
    number: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One change that a reader must know."""

    alert_id: Text
    kind: Kind
    situation: Text
    measure: Measure
    unit: Unit
    qualifier: Qualifier
    low: Count | None
    best: Count | None
    high: Count | None
    magnitude: Magnitude | None = None
    previous: Values | None = None
    delta: int | None = None  # best less the previous best
    what: dict[str, str]  # in words, by language: English and the article's
    where: dict[str, str]
    who: dict[str, str]
    when: dict[str, str]
    country: Country
    location: Location | None
    window: Window
    evidence: Quote
    headline: str | None
    link: str | None
    source: str | None
    sources: tuple[str, ...]  # all that have spoken so far, in the order they came
    provisional: bool  # until two independent sources agree
    severity: Severity
    event_id: Text  # the event that caused it
    uri: Text
    version: Text
    versionCreated: Time
