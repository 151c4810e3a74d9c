"""Common Alerting Protocol 1.2 (OASIS): first is an Alert, a changed toll an Update, a withdrawn one a Cancel."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from streams.outlets.export.row import words
from streams.outlets.shown import clean
from streams.records import Alert

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
NOT_IN_XML = re.compile("[\ufffe\uffff]")
CERTAINTY = {True: "Likely", False: "Observed"}  # by `provisional`: one source, or two that agree
EXACT = 3  # where_prec up to which a point tells where: the place, near it, its district
RADIUS = {1: 5, 2: 25, 3: 50}  # kilometres around the point, by where_prec
REMEMBERED = 100_000  # situations whose last message is known, for the references of the next


def feed(alerts: Iterable[Alert], sender: str = "tollwire") -> Iterator[str]:
    """A CAP document an alert, each on one line; `sender` is a name that is the sender's alone, such as a domain.

    Alerts of a situation come in their order, as its partition has them. An Update or Cancel names the
    message before it; where that was not among these alerts (or is too long ago), it is sent as an Alert.
    """
    last: dict[str, str] = {}
    for alert in alerts:
        yield Xml.tostring(document(alert, sender, last.pop(alert.situation, None)), "unicode") + "\n"
        last[alert.situation] = f"{sender},{alert.alert_id},{_moment(alert.versionCreated)}"
        if len(last) > REMEMBERED:
            del last[next(iter(last))]


def document(alert: Alert, sender: str, before: str | None) -> Xml.Element:
    """One message; `before` is the reference to the situation's last one."""
    kind = "Cancel" if alert.kind == "withdrawn" else "Update"
    root = Xml.Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", alert.alert_id)
    _add(root, "sender", sender)
    _add(root, "sent", _moment(alert.versionCreated))
    _add(root, "status", "Actual")
    _add(root, "msgType", kind if before else "Alert")
    _add(root, "source", alert.source)
    _add(root, "scope", "Public")
    _add(root, "note", f"{alert.kind}: {words(alert.what)}")
    _add(root, "references", before)
    for language in alert.what:
        _info(root, alert, language)
    return root


def _info(root: Xml.Element, alert: Alert, language: str) -> None:
    info = Xml.SubElement(root, "info")
    what = alert.what[language]
    _add(info, "language", language)
    _add(info, "category", "Safety")
    _add(info, "event", f"people {alert.measure.replace('_', ' ')}")
    _add(info, "urgency", "Past")
    _add(info, "severity", alert.severity.capitalize())
    _add(info, "certainty", CERTAINTY[alert.provisional])
    _add(info, "onset", _moment(alert.window.start))
    _add(info, "senderName", ", ".join(alert.sources) or alert.source)
    where = alert.where.get(language) or words(alert.where) or alert.country
    _add(info, "headline", f"{where}: {what}")
    _add(info, "description", alert.evidence.sentence.text)
    _add(info, "web", alert.link if alert.link and ":" in alert.link else None)
    for name in ("situation", "kind", "measure", "unit", "qualifier", "low", "best", "high", "magnitude"):
        value = getattr(alert, name)
        if value is not None:
            parameter = Xml.SubElement(info, "parameter")
            _add(parameter, "valueName", name)
            _add(parameter, "value", str(value))
    _area(info, alert, where)


def _area(info: Xml.Element, alert: Alert, where: str) -> None:
    area = Xml.SubElement(info, "area")
    _add(area, "areaDesc", where)
    at = alert.location
    if at is not None and at.lat is not None and at.lon is not None and at.precision <= EXACT:
        _add(area, "circle", f"{at.lat},{at.lon} {RADIUS[at.precision]}")
    codes = {"ISO 3166-1": alert.country, "GeoNames": at and at.geonames_id}
    for name, code in codes.items():
        if code not in (None, "ZZ"):
            geocode = Xml.SubElement(area, "geocode")
            _add(geocode, "valueName", name)
            _add(geocode, "value", str(code))


def _add(parent: Xml.Element, name: str, text: str | None) -> None:
    """A child with this text; none where there is no text."""
    if text:
        Xml.SubElement(parent, name).text = NOT_IN_XML.sub("", clean(text))


def _moment(time: datetime) -> str:
    """CAP's own form: no fractions, and -00:00 where it is UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"
