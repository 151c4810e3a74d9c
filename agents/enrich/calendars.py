"""Days of the Hijri calendar, Easter, and months."""

from datetime import UTC, datetime, timedelta

_EPOCH = 1948440  # Julian day of 1 Muharram 1
_UNIX = 2440588  # Julian day of 1 January 1970


def from_hijri(year: int, month: int, day: int) -> datetime:
    """The day by the arithmetic calendar (30 years with 11 leap days); sightings may differ by one.

    Raises ValueError for a month or day that no year has.

    >>> from_hijri(1436, 9, 1).date().isoformat()
    '2015-06-18'
    """
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no day {day} of month {month}")
    julian = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _EPOCH - 1
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=julian - _UNIX)


def easter(year: int) -> datetime:
    """Easter Sunday of the western churches, by the Gregorian computus (Meeus, Jones and Butcher).

    >>> easter(2016).date().isoformat(), easter(2019).date().isoformat()
    ('2016-03-27', '2019-04-21')
    """
    golden, (century, of_it) = year % 19, divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_it // 4) - epact - of_it % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return datetime(year, month, day + 1, tzinfo=UTC)


def month_after(moment: datetime) -> datetime:
    """The first day of the next month."""
    return datetime(moment.year + moment.month // 12, moment.month % 12 + 1, 1, tzinfo=UTC)
