"""Tables: CSV for spreadsheets, and HXL, which is CSV with a row of tags under the names."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from streams.outlets.export.row import COLUMNS, Value, row
from streams.records import Alert

FORMULA = ("=", "+", "-", "@")  # a spreadsheet would take a text that begins so for an order


def plain(alerts: Iterable[Alert]) -> Iterator[str]:
    """A line of names, then a line an alert (RFC 4180). Text that a spreadsheet would run has a ' before it."""
    yield _line([column.name for column in COLUMNS])
    for alert in alerts:
        yield _line([_cell(value) for value in row(alert).values()])


def tagged(alerts: Iterable[Alert]) -> Iterator[str]:
    """As plain, with the HXL tags under the names; persons of each measure stand in a column of their own."""
    rows = plain(alerts)
    yield next(rows)
    yield _line([column.tag for column in COLUMNS])
    yield from rows


def _cell(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return str(value).lower() if isinstance(value, bool) else value


def _line(cells: Sequence[Value]) -> str:
    made = io.StringIO()
    csv.writer(made).writerow(cells)
    return made.getvalue()
