"""Events as enrich would write them, for made-up news; and a reader who takes them one after the other."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from struct import pack

from agents.alert.situations.live import Situations
from agents.flow import Alert
from agents.outcome import Outcome
from agents.read import apply
from streams.ids import digest
from streams.records import Actor, Event, Location, Span, Window
from streams.records import Alert as AlertRecord

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)  # a Tuesday
HARIM = Location(name="Harim", country="SY", geonames_id=901, admin1="Idlib", lat=36.21, lon=36.52, precision=1)
SALQIN = Location(name="Salqin", country="SY", geonames_id=902, admin1="Idlib", lat=36.14, lon=36.45, precision=1)
SHADDADI = Location(name="Shaddadi", country="SY", geonames_id=903, admin1="Hasaka", lat=36.06, lon=40.73, precision=1)
IDLIB = Location(name="Idlib", country="SY", geonames_id=904, admin1="Idlib", lat=35.8, lon=36.7, precision=4)
SYRIA = Location(name="Syria", country="SY", geonames_id=905, precision=6)


def fingerprint(text: object) -> str:
    """One of the fingerprints that texts could have: the same for the same text."""
    random = Random(str(text))
    return b64encode(pack("<64I", *(random.getrandbits(32) for _ in range(64)))).decode()


def day(of: datetime) -> Window:
    start = of.replace(hour=0, minute=0)
    return Window(start=start, end=start + timedelta(days=1), precision="day")


def event(
    count: int | str | None, hours: float = 0, *, said: str | None = None, source: str | None = None, **fields
) -> Event:
    """An article says `count` people were killed, so many hours after NOON.

    A count like "30+" is "at least 30", "~30" about 30, ">30" more than 30, "20-30" a range; a word is a magnitude.
    """
    low, high, qualifier, magnitude = _figure(count)
    uri = fields.pop("uri", None) or f"urn:news:{source}:{hours}:{count}"
    version = fields.pop("version", "1")
    text = said or f"The toll was put at {count} on Tuesday."
    span = Span(start=0, end=len(text), text=text)
    made = Event(
        measure="killed", low=low, high=high, qualifier=qualifier, magnitude=magnitude, evidence=span, sentence=span,
        rule="test", event_id=digest(uri, version, count, fields.get("measure", "killed"), fields.get("place")),
        action="asserted", uri=uri, version=version, versionCreated=NOON + timedelta(hours=hours), language="en",
        source=source or f"Paper {uri[-12:]}", link="https://news.example/1", headline=None, fingerprint=fingerprint(uri),
        country="SY", location=HARIM, actor=Actor(kind="unknown"), window=day(NOON),
    )  # fmt: skip
    return replace(made, **fields)


def _figure(count: int | str | None) -> tuple:
    match count:
        case int():
            return count, count, "exact", None
        case str() if count.isalpha() or "_" in count:
            return None, None, "vague", count
        case str() if count.startswith("~"):
            return int(count[1:]), int(count[1:]), "approx", None
        case str() if count.startswith(">"):
            return int(count[1:]), None, "more_than", None
        case str() if count.endswith("+"):
            return int(count[:-1]), None, "at_least", None
        case str():
            low, high = count.split("-")
            return int(low), int(high), "range", None
    raise ValueError(count)


def at(place: int, made: Event, dated: bool = True) -> Event:
    """The event, told so many characters into its article."""
    span = Span(start=place, end=place + 9, text=made.evidence.text)
    return replace(made, evidence=span, when=span if dated else None)


def taken_back(old: Event, hours: float, version: str = "2") -> Event:
    """A later version of the article no longer says it."""
    return replace(
        old, action="withdrawn", withdraws=old.event_id, corrects=None, version=version,
        event_id=digest(old.event_id, "withdrawn", version), versionCreated=NOON + timedelta(hours=hours),
    )  # fmt: skip


class Desk:
    """Reads events from one partition's log and keeps the state as the shell does: as bytes."""

    def __init__(self, log: list[Event] | tuple = (), store: dict[bytes, bytes] | None = None) -> None:
        self.stage = Alert(dict(store or {}))
        self.stage.recall()
        self.offset = 0
        self.alerts: list[AlertRecord] = []
        self.silenced: list[str] = []
        for one in log:
            self.take(one)

    @property
    def store(self) -> dict[bytes, bytes]:
        return self.stage.store

    @property
    def situations(self) -> Situations:
        return self.stage.situations

    def take(self, one: Event, offset: int | None = None) -> Outcome:
        """Step one event; without an offset, the next of the log."""
        at = self.offset if offset is None else offset
        self.offset = max(self.offset, at + 1)
        outcome = self.stage.step(one, at)
        apply(self.stage, outcome)
        self.alerts += outcome.records
        self.silenced += outcome.silenced
        return outcome

    def tell(self, one: Event) -> str:
        """The kind of alert that an event gives, or the reason why there is none."""
        outcome = self.take(one)
        (said,) = [alert.kind for alert in outcome.records] or outcome.silenced
        return said

    def recovered(self) -> "Desk":
        """The same desk after a crash: the state read again from its bytes, in another order."""
        other = Desk(store={key: self.store[key] for key in sorted(self.store)})
        other.offset = self.offset
        return other

    def says(self) -> list[tuple]:
        return says(self.situations)


def says(situations: Situations) -> list[tuple]:
    """What all situations say, apart from the names they were given on the way."""
    return sorted(
        (
            one.sort,
            tuple(c.event_id for c in one.claims if c.gone is None),
            str(one.toll().values),
            sorted(one.sources),
        )
        for one in situations
        if any(c.gone is None for c in one.claims)
    )
