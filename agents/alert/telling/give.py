"""An alert as it is given, and given again word for word when its event is read again after a crash."""

from dataclasses import dataclass

from agents.alert.situations.situation import Situation
from agents.alert.telling.severity import severity
from agents.alert.telling.words import words
from agents.enrich.counting import BARE
from streams.ids import digest
from streams.records import Alert, Event, Kind, Quote, Severity, Values

SOURCES = 16  # named in an alert, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All of an alert that its event does not say."""

    situation: str
    kind: Kind
    says: Values
    previous: Values | None
    sources: tuple[str, ...]
    provisional: bool
    severity: Severity


def given(event: Event, situation: Situation, kind: Kind, told: Values | None) -> Given:
    """What there is to say of a situation, of which `told` was said last."""
    says = situation.toll()
    values = says.values
    of = told if kind == "withdrawn" and told else values
    grave = of.best if of.best is not None else BARE[of.magnitude].low if of.magnitude else None
    return Given(
        situation=situation.id, kind=kind, says=values, previous=told, sources=situation.sources[:SOURCES],
        provisional=says.provisional, severity=severity(event.measure, event.unit, grave),
    )  # fmt: skip


def of_alert(alert: Alert) -> Given:
    """What `given` was when it gave this alert."""
    return Given(
        situation=alert.situation, kind=alert.kind,
        says=Values(low=alert.low, best=alert.best, high=alert.high, magnitude=alert.magnitude),
        previous=alert.previous, sources=alert.sources, provisional=alert.provisional, severity=alert.severity,
    )  # fmt: skip


def alert(event: Event, given: Given) -> Alert:
    """The alert, a function of its event and of what it does not say."""
    says, previous = given.says, given.previous
    known = previous is not None and previous.best is not None and says.best is not None
    return Alert(
        alert_id=digest("alert", given.situation, event.event_id),
        kind=given.kind,
        situation=given.situation,
        measure=event.measure,
        unit=event.unit,
        qualifier=event.qualifier,
        low=says.low,
        best=says.best,
        high=says.high,
        magnitude=says.magnitude,
        previous=previous,
        delta=says.best - previous.best if known else None,
        **words(event, given.kind, says, previous),
        country=event.country,
        location=event.location,
        window=event.window,
        evidence=Quote(sentence=event.sentence, evidence=event.evidence, number=event.number),
        headline=event.headline,
        link=event.link,
        source=event.source,
        sources=given.sources,
        provisional=given.provisional,
        severity=given.severity,
        event_id=event.event_id,
        uri=event.uri,
        version=event.version,
        versionCreated=event.versionCreated,
    )
