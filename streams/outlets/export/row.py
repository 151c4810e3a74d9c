"""An alert as one flat row: the columns, each with its HXL tag (https://hxlstandard.org, version 1.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from streams.outlets.shown import clean
from streams.records import MEASURES, Alert

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, its HXL tag, and what an alert has there; None where it has nothing."""

    name: str
    tag: str
    of: Callable[[Alert], Value]


def row(alert: Alert) -> dict[str, Value]:
    """Column name → value; text is on one line, without control characters."""
    return {column.name: _plain(column.of(alert)) for column in COLUMNS}


def words(said: dict[str, str]) -> str | None:
    """The English words, or those of the article's language; None where there are none."""
    return said.get("en") or next(iter(said.values()), None)


def _plain(value: Value) -> Value:
    return clean(value) if isinstance(value, str) else value


def _moment(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


def _place(name: str, alert: Alert) -> Value:
    return getattr(alert.location, name) if alert.location else None


def _field(name: str, alert: Alert) -> Value:
    return getattr(alert, name)


def _persons(measure: str, alert: Alert) -> int | None:
    """The best figure in the column of its measure; households are not persons."""
    return alert.best if alert.measure == measure and alert.unit == "person" else None


COLUMNS = (
    Column("alert_id", "#meta+id", partial(_field, "alert_id")),
    Column("situation", "#event+id", partial(_field, "situation")),
    Column("kind", "#status+kind", partial(_field, "kind")),
    Column("reported", "#date+reported", lambda alert: _moment(alert.versionCreated)),
    Column("occurred_from", "#date+occurred+start", lambda alert: _moment(alert.window.start)),
    Column("occurred_before", "#date+occurred+end", lambda alert: _moment(alert.window.end)),
    Column("occurred_precision", "#date+occurred+precision", lambda alert: alert.window.precision),
    Column("country", "#country+code", partial(_field, "country")),
    Column("admin1", "#adm1+name", partial(_place, "admin1")),
    Column("place", "#loc+name", lambda alert: words(alert.where) or _place("name", alert)),
    Column("geonames_id", "#loc+code+v_geonames", partial(_place, "geonames_id")),
    Column("lat", "#geo+lat", partial(_place, "lat")),
    Column("lon", "#geo+lon", partial(_place, "lon")),
    Column("where_prec", "#geo+precision", partial(_place, "precision")),
    Column("measure", "#indicator+type", partial(_field, "measure")),
    Column("unit", "#indicator+unit", partial(_field, "unit")),
    *(Column(measure, f"#affected+{measure}", partial(_persons, measure)) for measure in MEASURES),
    Column("households", "#affected+hh", lambda alert: alert.best if alert.unit == "household" else None),
    Column("low", "#affected+min", partial(_field, "low")),
    Column("best", "#affected+best", partial(_field, "best")),
    Column("high", "#affected+max", partial(_field, "high")),
    Column("magnitude", "#affected+magnitude", partial(_field, "magnitude")),
    Column("qualifier", "#affected+qualifier", partial(_field, "qualifier")),
    Column("previous", "#affected+previous", lambda alert: alert.previous.best if alert.previous else None),
    Column("delta", "#affected+change", partial(_field, "delta")),
    Column("severity", "#severity", partial(_field, "severity")),
    Column("provisional", "#status+provisional", partial(_field, "provisional")),
    Column("what", "#description+what", lambda alert: words(alert.what)),
    Column("who", "#description+who", lambda alert: words(alert.who)),
    Column("quote", "#description+quote", lambda alert: alert.evidence.sentence.text),
    Column("source", "#meta+source", partial(_field, "source")),
    Column("sources", "#meta+source+list", lambda alert: "; ".join(alert.sources)),
    Column("link", "#meta+url", partial(_field, "link")),
    Column("article", "#meta+article", partial(_field, "uri")),
    Column("version", "#meta+version", partial(_field, "version")),
)
