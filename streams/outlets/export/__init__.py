"""Alerts in the formats that others read: one module a format, each from alerts to pieces of text, as they come."""

from collections.abc import Callable, Iterable, Iterator

from streams.outlets.export import cap, geojson, lines, table
from streams.records import Alert

Format = Callable[[Iterable[Alert]], Iterator[str]]

FORMATS: dict[str, Format] = {
    "json": lines.json_lines,
    "csv": table.plain,
    "hxl": table.tagged,
    "geojson": geojson.collection,
    "cap": cap.feed,
}
