"""An alert as the page wants it: a third of its size, the quote cut at its number, nothing to compute there."""

from dataclasses import dataclass
from datetime import datetime

from streams.outlets.shown import clean, right_to_left
from streams.records import Alert, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One alert on the board. `quote` is the sentence before, in and after the words to highlight."""

    id: str
    given: datetime  # when the alert came into Kafka: the order of the board
    written: datetime  # when the article version was
    kind: str
    situation: str
    measure: str
    unit: str
    qualifier: str
    says: Values
    previous: Values | None
    delta: int | None
    where: dict[str, str]
    country: str
    point: tuple[float, float] | None  # latitude, longitude; None where only the country is known
    quote: tuple[str, str, str]
    language: str | None  # of the quote; None where no pack knows it
    rtl: bool  # the quote runs from right to left
    headline: str | None
    link: str | None  # only http and https
    source: str | None
    sources: tuple[str, ...]
    provisional: bool
    severity: str


def card(alert: Alert, given: datetime) -> Card:
    """The card of an alert that came into Kafka at `given`."""
    place, sentence = alert.location, alert.evidence.sentence
    known = place is not None and place.lat is not None and place.lon is not None
    turned = right_to_left(sentence.text)
    return Card(
        id=alert.alert_id,
        given=given,
        written=alert.versionCreated,
        kind=alert.kind,
        situation=alert.situation,
        measure=alert.measure,
        unit=alert.unit,
        qualifier=alert.qualifier,
        says=Values(low=alert.low, best=alert.best, high=alert.high, magnitude=alert.magnitude),
        previous=alert.previous,
        delta=alert.delta,
        where=alert.where,
        country=alert.country,
        point=(round(place.lat, 3), round(place.lon, 3)) if known else None,
        quote=_cut(alert),
        language=next((code for code in alert.what if code != "en"), None if turned else "en"),
        rtl=turned,
        headline=alert.headline and clean(alert.headline),
        link=alert.link if alert.link and alert.link.startswith(("http://", "https://")) else None,
        source=alert.source,
        sources=alert.sources,
        provisional=alert.provisional,
        severity=alert.severity,
    )


def _cut(alert: Alert) -> tuple[str, str, str]:
    """The sentence around its number, or around the evidence where no number is written."""
    sentence, marked = alert.evidence.sentence, alert.evidence.number or alert.evidence.evidence
    start = min(max(0, marked.start - sentence.start), len(sentence.text))
    end = min(max(start, marked.end - sentence.start), len(sentence.text))
    return clean(sentence.text[:start]), clean(sentence.text[start:end]), clean(sentence.text[end:])
