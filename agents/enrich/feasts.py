"""The days of a feast: of the calendar's date, of a Hijri one, or so many days from Easter."""

from datetime import UTC, datetime, timedelta

from agents.enrich.calendars import easter, from_hijri

_DAY = timedelta(days=1)
_SOON = timedelta(days=20)


def days(feast: str, now: datetime, year: int | None = None, day: int | None = None) -> tuple[datetime, datetime]:
    """From the first day of the feast meant to the end of the last: the year's, else the last one that has begun.

    `feast` is as windows.toml has it: "12-25", "easter -2", "hijri 10-01 3" for three days from the first of Shawwal;
    between | stand several that one word may mean. `day` is the one said of them: "the second day of Eid".
    Hijri months begin with a sighting, so their feasts may begin a day before the arithmetic calendar has them.
    Raises ValueError where the feast is only coming: nothing has happened on it that an article without a year means.

    >>> now = datetime(2019, 8, 20, tzinfo=UTC)
    >>> said = [("12-25",), ("easter -2",), ("hijri 10-01 3 | hijri 12-10 4",), ("hijri 12-10 4", None, 2)]
    >>> for feast, *rest in said:
    ...     start, end = days(feast, now, *rest)
    ...     print(start.date(), end.date())
    2018-12-25 2018-12-26
    2019-04-19 2019-04-20
    2019-08-11 2019-08-16
    2019-08-12 2019-08-14
    """
    years = (year,) if year else (now.year - 1, now.year, now.year + 1)
    found = [begins for one in feast.split("|") for y in years for begins in _begins(one.split(), y)]
    if not year and any(now + _DAY < start <= now + _SOON for start, _, _ in found):
        raise ValueError(f"{feast} is coming")
    start, lasts, early = max(one for one in found if year or one[0] <= now + _DAY)
    if day is not None:
        start, lasts = start + (day - 1) * _DAY, 1
    return start - early * _DAY, start + lasts * _DAY


def _begins(said: list[str], year: int) -> list[tuple[datetime, int, int]]:
    """In a Gregorian year: (first day, how many days it lasts, how many earlier it may begin)."""
    if said[0] == "easter":
        return [(easter(year) + int(said[1]) * _DAY, 1, 0)]
    if said[0] == "hijri":
        month, day = map(int, said[1].split("-"))
        about = (year - 622) * 33 // 32
        found = [from_hijri(about + n, month, day) for n in range(3)]
        return [(start, int(said[2]), 1) for start in found if start.year == year]
    month, day = map(int, said[0].split("-"))
    return [(datetime(year, month, day, tzinfo=UTC), 1, 0)]
