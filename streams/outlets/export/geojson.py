"""GeoJSON (RFC 7946): a feature an alert, with the columns of the table as its properties."""

from collections.abc import Iterable, Iterator

import orjson

from streams.outlets.export.row import row
from streams.records import Alert


def collection(alerts: Iterable[Alert]) -> Iterator[str]:
    """One FeatureCollection. An alert without coordinates is a feature without geometry, not left out."""
    yield '{"type":"FeatureCollection","features":['
    for number, alert in enumerate(alerts):
        yield (",\n" if number else "\n") + orjson.dumps(_feature(alert)).decode()
    yield "\n]}\n"


def _feature(alert: Alert) -> dict[str, object]:
    at = alert.location
    point = None
    if at is not None and at.lat is not None and at.lon is not None:
        point = {"type": "Point", "coordinates": [at.lon, at.lat]}
    return {"type": "Feature", "id": alert.alert_id, "geometry": point, "properties": row(alert)}
