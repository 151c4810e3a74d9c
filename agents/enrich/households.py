"""Households as persons: by the average household of the country (`households.tsv`)."""

import csv
from functools import lru_cache
from importlib.resources import files

from streams.records import Figure, Interval, Persons


@lru_cache(maxsize=1)
def sizes() -> dict[str, tuple[float, str]]:
    """Country to (persons in the average household, where that comes from). The table is from memory, and says so."""
    text = files("agents.enrich").joinpath("households.tsv").read_text("utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return {row["country"]: (float(row["size"]), f"{row['source']} (from memory), {row['year']}") for row in rows}


def persons(figure: Figure, country: str, claimed: Interval | None) -> Persons | None:
    """An estimate beside the stated number, or beside what a bare word claims.

    None for persons, and where the country's average is not known.
    """
    stated = claimed or figure
    if figure.unit != "household" or country not in sizes() or (stated.low is None and stated.high is None):
        return None
    size, source = sizes()[country]
    low, high = (None if n is None else round(n * size) for n in (stated.low, stated.high))
    return Persons(low=low, high=high, household_size=size, source=source)
