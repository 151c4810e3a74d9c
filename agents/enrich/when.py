"""When it happened: a time expression resolved against the version's own time.

News says "Tuesday" of today on a Tuesday, «الأيام الخمسة الماضية», "since February". The words
are data (windows.toml of each pack); days are UTC. A weekday that is named wins over "today":
what was written in the evening is sent after midnight. Without an expression: the day before, up
to the version.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from agents.enrich import feasts
from agents.enrich.calendars import from_hijri, month_after
from agents.enrich.packs import Phrases, stored, words
from agents.enrich.scene import TOLD
from streams.records import Figure, Window

_DAY = timedelta(days=1)
_UNITS = {"hour": timedelta(hours=1), "day": _DAY, "week": timedelta(days=7)}
_SPELLS = frozenset((*_UNITS, "month", "year"))  # units that something lasts
_EARLY = timedelta(hours=4)  # after midnight "today" may still be the day that it was when the report was written
_EAST = timedelta(hours=6)  # where news of harm mostly comes from, the day begins so much earlier
_SOME, _MANY = 3, 7  # of "for days", "days ago", where no number is said: so many at least, at most
_YEARS, _HIJRI_YEARS = range(1900, 2100), range(1300, 1500)


@dataclass(slots=True)
class Said:
    """What the words of one expression say."""

    weekdays: list[int] = field(default_factory=list)  # Monday is 0
    relative: list[int] = field(default_factory=list)  # days from today
    months: list[int] = field(default_factory=list)
    hijri_month: int | None = None
    feast: str | None = None  # as `feasts.days` has it
    nth: int | None = None  # "the second day of" a feast
    numbers: list[int] = field(default_factory=list)
    unit: str | None = None
    twice: bool = False  # the unit is a dual: «يومين»
    plural: bool = False  # … or a plural: "days", which may be without a number
    spell: bool = False  # something lasts so long until now: "within 48 hours", «خلال 48 ساعة»
    since: bool = False
    last: bool = False
    this: bool = False
    ago: bool = False
    start: bool = False  # "the beginning of"
    eve: bool = False  # the day before a feast
    night: bool = False
    range: bool = False
    hijri: bool = False


@lru_cache(maxsize=64)
def _lexicon(language: str) -> Phrases:
    known = stored(language, "windows")
    listed = {f"{name} {value}": phrases for name, table in known.items() if isinstance(table, dict)
              for value, phrases in table.items()}  # fmt: skip
    return Phrases(listed, known.get("prefixes", ()))


def window(figure: Figure, now: datetime, language: str) -> Window:
    """The time of a figure stated by a version of the time `now`."""
    return windows((figure,), now, language)[0]


def windows(figures: tuple[Figure, ...], now: datetime, language: str) -> list[Window]:
    """The time of each figure. What the article tells of, without a time of its own, was not in another month.

    "The militants were driven out in June", one sentence before, dates no figure of yesterday's blast.
    """
    now = now.astimezone(UTC)
    otherwise = _default(now)
    found = [(resolve(f.when.text, now, language) if f.when else None) or otherwise for f in figures]
    told = [figure.scope in TOLD for figure in figures]
    days = [
        w for figure, w, of_it in zip(figures, found, told, strict=True) if of_it and _its_own(figure) and _sharp(w)
    ]
    if not days:
        return found
    day = max(days, key=lambda w: (days.count(w), w.start))
    return [
        day if of_it and figure.when and not _its_own(figure) and not _sharp(w) else w
        for figure, w, of_it in zip(figures, found, told, strict=True)
    ]


def _its_own(figure: Figure) -> bool:
    when, sentence = figure.when, figure.sentence
    return when is not None and sentence.start <= when.start and when.end <= sentence.end


def _sharp(found: Window) -> bool:
    return found.precision in ("hour", "day")


def _default(now: datetime) -> Window:
    today = _midnight(now)
    return Window(start=(today if now > today else now) - _DAY, end=now, precision="day")


@lru_cache(maxsize=4096)
def resolve(text: str, now: datetime, language: str) -> Window | None:
    """The window of a time expression; None where its words tell nothing, or no such day exists."""
    said = _read(text[:200], language)
    try:
        found = _dated(said, text, now) or _relative(said, now)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    start, end, precision = found
    if said.since and start < now:
        return Window(start=start, end=now, precision="open")
    return Window(start=start, end=end, precision=precision) if start < end else None


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> Said:
    """What an expression says: the same in every article, so that it is read once and must not be changed."""
    said, listed = Said(), words(re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", text))
    known = {first: (what, end) for what, first, end in _lexicon(language).within(listed)}
    skip = 0
    for at, word in enumerate(listed):
        if at < skip:
            continue
        if at in known:
            (name, value), skip = known[at][0].split(" ", 1), known[at][1]
            _take(said, name, value)
        elif word.isdecimal() and len(word) < 5:
            said.numbers.append(int(word))
    return said


def _take(said: Said, name: str, value: str) -> None:
    if name in ("weekdays", "relative", "months", "numbers"):
        listed = getattr(said, name)
        if not (name == "months" and int(value) in listed):
            listed.append(int(value))
    elif name == "hijri_months":
        said.hijri_month = int(value)
    elif name == "feasts":
        said.feast = value
    elif name == "ordinals":
        said.nth = said.nth or int(value)
    elif name == "units":
        said.unit = said.unit or value
    elif name == "duals":
        said.unit, said.twice = value, True
    elif name == "plurals":
        said.unit, said.plural = said.unit or value, True
    elif name == "marks":
        setattr(said, value, True)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _day(start: datetime) -> tuple[datetime, datetime, str]:
    return start, start + _DAY, "day"


def _dated(said: Said, text: str, now: datetime) -> tuple[datetime, datetime, str] | None:
    """Dates of a calendar: a day, a month, or a year."""
    numeric = re.search(r"(?<!\d)(\d{1,4})\s?[-/.–]\s?(\d{1,2})\s?[-/.–]\s?(\d{2,4})(?!\d)", text)
    if numeric:
        one, two, three = map(int, numeric.groups())
        year, month, day = (one, two, three) if one > 31 else (three, two, one)
        if said.hijri or year in _HIJRI_YEARS:
            return _day(_on_weekday(from_hijri(year, month, day), said))
        year += 2000 if year < 100 else 0
        return _day(datetime(year, month, day, tzinfo=UTC) if month < 13 else datetime(year, day, month, tzinfo=UTC))
    if decade := re.search(r"(?<!\d)((?:19|20)\d0)'?s\b", text):
        start = datetime(int(decade[1]), 1, 1, tzinfo=UTC)
        return start, min(start.replace(year=start.year + 10), max(now, start + _DAY)), "year"
    year = next((n for n in said.numbers if n in _YEARS), None)
    if said.feast:
        nth = 0 if said.eve else said.nth if said.unit == "day" or 0 in said.relative else None  # «اليوم الثاني» too
        return *feasts.days(said.feast, now, year, nth), "day"
    days = [n for n in said.numbers if 0 < n < 32]
    if said.hijri_month and year is None and said.unit in (None, "day", "month"):
        hijri = next((n for n in said.numbers if n in _HIJRI_YEARS), None) or _last_hijri(said.hijri_month, now)
        start = from_hijri(hijri, said.hijri_month, days[0] if days else 1)
        return _day(_on_weekday(start, said)) if days else (start, start + timedelta(days=30), "month")
    if said.months and not (days and not year and (said.plural or said.unit not in (None, "day"))):
        starts = []
        for at, month in enumerate(said.months):
            day = days[at] if len(days) > at else days[0] if len(said.months) == 1 and days else None
            starts.append(_in_year(month, day, year, now))
        if said.range and len(said.months) == 1 and len(days) > 1:
            return (
                _in_year(said.months[0], days[0], year, now),
                _in_year(said.months[0], days[1], year, now) + _DAY,
                "day",
            )
        first, last = min(starts), max(starts)
        if days:
            return (first, last + _DAY, "day") if said.range else _day(first)
        return first, month_after(last if said.range else first), "month"
    if (year and not said.unit) or (year and said.unit == "year"):
        start = datetime(year, 1, 1, tzinfo=UTC)
        later = next((n for n in said.numbers if n in _YEARS and n > year), year) if said.range else year
        return start, min(datetime(later + 1, 1, 1, tzinfo=UTC), max(now, start + _DAY)), "year"
    return None


def _last_hijri(month: int, now: datetime) -> int:
    """The Hijri year of the last such month that has begun."""
    year = (now.year - 622) * 33 // 32 + 2
    while from_hijri(year, month, 1) > now:
        year -= 1
    return year


def _on_weekday(start: datetime, said: Said) -> datetime:
    """The Hijri day moved by one where the weekday that is said tells so: months begin with a sighting."""
    moved = {(start + n * _DAY).weekday(): start + n * _DAY for n in (-1, 1, 0)}
    return moved.get(said.weekdays[0], start) if said.weekdays else start


def _in_year(month: int, day: int | None, year: int | None, now: datetime) -> datetime:
    """The day or month meant: the last such one not in the future where no year is said."""
    if year is not None:
        return datetime(year, month, day or 1, tzinfo=UTC)
    start = datetime(now.year, month, day or 1, tzinfo=UTC)
    return start if start <= now + _DAY else start.replace(year=now.year - 1)


def _relative(said: Said, now: datetime) -> tuple[datetime, datetime, str] | None:
    today = _midnight(now)
    count, some = _count(said), said.plural and not said.numbers
    until_now = said.since or said.last or said.twice or said.this or said.spell
    if said.unit and (count or some) and (said.ago or until_now) and not said.weekdays:
        if some and said.ago and not said.since:  # "days ago": one of the last days
            return _back(replace(said, ago=False), _MANY, now)
        return _back(said, count or _SOME, now)
    days = [today + n * _DAY for n in said.relative]
    if days and len(said.weekdays) == 1 and not said.range:
        return _day(_named(said.weekdays[0], days[0], now))
    if days == [today] and now - today < _EARLY and not said.range:
        return today - _DAY, today + _DAY, "day"
    if days and said.night and not said.range:
        # "last night" and «ليلة أمس» are words of their own; this is "yesterday at night"
        evening = min(days) + timedelta(hours=18)
        return evening, min(evening + timedelta(hours=12), max(now, evening + timedelta(hours=1))), "day"
    if said.range or not days:
        for weekday in said.weekdays:
            back = (today.weekday() - weekday) % 7
            days.append(today - timedelta(days=back or (7 if said.last else 0)))
    if days:
        return min(days), max(days) + _DAY, "day"
    if said.unit:
        return _calendar(said, today, now)
    if said.night:
        return today - timedelta(hours=6), max(now, today), "day"
    return None


def _count(said: Said) -> int | None:
    """How many of its unit a stretch of time lasts: a number, two, or one («قبل شهر», "within a week"); None where that is not said."""
    number = 2 if said.twice else next((n for n in said.numbers if n < 1000), None)
    whole = said.last or said.this or said.start or said.plural or said.unit not in _SPELLS
    return number or (1 if (said.since or said.ago or said.spell) and not whole else None)


def _named(weekday: int, near: datetime, now: datetime) -> datetime:
    """ "Today, Monday" in what is sent on Tuesday: the Monday next to the day meant, if it has begun anywhere."""
    day = near + ((weekday - near.weekday() + 3) % 7 - 3) * _DAY
    return day if day <= now + _EAST else day - 7 * _DAY


def _back(said: Said, count: int, now: datetime) -> tuple[datetime, datetime, str]:
    """The last N days, or N days ago."""
    today = _midnight(now)
    if said.unit in ("month", "year"):
        months = count * (12 if said.unit == "year" else 1)
        year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
        start = datetime(year, month + 1, min(now.day, 28), tzinfo=UTC)
        if said.ago and not said.since and said.unit == "month":
            return start.replace(day=1), month_after(start), "month"
        if said.ago and not said.since:
            return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC), "year"
        return start, now, said.unit
    step = _UNITS[said.unit] * count
    if said.ago and not said.since:
        if said.unit == "hour":
            return now - step, now - step + _UNITS["hour"], "hour"
        start = today - step
        return start, start + _UNITS[said.unit], said.unit
    return (now - step if said.unit == "hour" else today - step), now, "hour" if said.unit == "hour" else said.unit


def _calendar(said: Said, today: datetime, now: datetime) -> tuple[datetime, datetime, str] | None:
    """Last week, this month, the beginning of the year, the weekend."""
    if not (said.last or said.this or said.start or said.since or said.unit == "weekend"):
        return None
    monday = today - timedelta(days=today.weekday())
    if said.unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        return saturday, min(saturday + 2 * _DAY, max(now, saturday + _DAY)), "day"
    this_month, this_year = today.replace(day=1), today.replace(month=1, day=1)
    starts = {"hour": now, "day": today, "week": monday, "month": this_month, "year": this_year}
    start = starts[said.unit]
    if not said.last:
        return start, max(now, start + timedelta(hours=1)), said.unit
    if said.unit == "hour":
        return now - _UNITS["hour"], now, "hour"
    before = _back(Said(unit=said.unit), 1, start)[0]
    return before, start, said.unit
