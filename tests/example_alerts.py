"""Alerts that tests of what goes out share: each kind of trouble that a format may meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streams.records import Alert, Location, Quote, Span, Values, Window

TIME = datetime(2026, 5, 9, 17, 36, 5, tzinfo=UTC)


def quote(sentence, number):
    at = sentence.index(number)
    span = Span(start=at, end=at + len(number), text=number)
    return Quote(sentence=Span(start=0, end=len(sentence), text=sentence), evidence=span, number=span)


FIRST = Alert(
    alert_id="a1", kind="first", situation="s1", measure="killed", unit="person", qualifier="at_least",
    low=9, best=9, high=9, what={"en": "at least 9 killed", "ar": "مقتل 9 على الأقل"}, where={"en": "Tikrit", "ar": "تكريت"},
    who={"en": "people"}, when={"en": "9 May 2026"}, country="IQ",
    location=Location(name="Tikrit", country="IQ", geonames_id=90150, admin1="Salah al-Din", lat=34.6, lon=43.7, precision=1),
    window=Window(start=TIME, end=TIME, precision="day"), evidence=quote("At least 9 were killed.", "9"),
    headline="Market hit", link="https://news.example/1?a=1&b=2", source="Example & Sons", sources=("Example & Sons",),
    provisional=True, severity="moderate", event_id="e1", uri="urn:example:1", version="1", versionCreated=TIME,
)  # fmt: skip
RAISED = replace(
    FIRST, alert_id="a2", kind="raised", best=12, high=12, delta=3, previous=Values(low=9, best=9, high=9),
    provisional=False, severity="severe", evidence=quote("قُتل 12 شخصا في السوق.", "12"),
)  # fmt: skip
GONE = replace(RAISED, alert_id="a3", kind="withdrawn", low=None, best=None, high=None, delta=None)
FLED = replace(
    FIRST, alert_id="a4", situation="s2", measure="displaced", unit="household", best=300, location=None, country="ZZ",
    where={}, link=None, evidence=quote("=cmd|' /C calc'!A0 300 families\x0b fled\ufffe \x1b[2J<b>", "300"),
)  # fmt: skip
VAGUE = replace(
    FIRST, alert_id="a5", situation="s3", measure="killed_or_injured", low=None, best=None, high=None, magnitude="dozens",
    location=replace(FIRST.location, lat=None, lon=None, precision=6),
)  # fmt: skip
ALERTS = [FIRST, RAISED, GONE, FLED, VAGUE]

SAYS = {
    "en": "At least {n} people were killed in a blast in {place}, police said.",
    "ar": "قالت الشرطة إن {n} شخصا على الأقل قتلوا في انفجار في {place}.",
}
PLACES = (
    ("Basra", "البصرة", "IQ", 30.509, 47.78), ("Taiz", "تعز", "YE", 13.58, 44.02), ("Aleppo", "حلب", "SY", 36.2, 37.16),
    ("Khartoum", "الخرطوم", "SD", 15.55, 32.53), ("Goma", "غوما", "CD", -1.67, 29.22), ("Kherson", "خيرسون", "UA", 46.65, 32.6),
)  # fmt: skip
SEVERITIES = ("minor", "moderate", "severe", "extreme")


def numbered(number, count=12, language="en", **changes):
    """The alert of this number, a situation of its own: its place, its minute and its severity follow from the number."""
    english, arabic, country, lat, lon = PLACES[number % len(PLACES)]
    told = SAYS[language].format(n=count, place=arabic if language == "ar" else english)
    made = replace(
        FIRST, alert_id=f"alert-{number}", situation=f"situation-{number}", low=count, best=count, high=count,
        what={"en": f"at least {count} killed", language: told}, where={"en": english, "ar": arabic}, country=country,
        location=replace(FIRST.location, name=english, country=country, lat=lat, lon=lon), evidence=quote(told, str(count)),
        headline=f"Blast in {english}", link=f"https://news.example/{number}", provisional=number % 2 == 0,
        severity=SEVERITIES[number % 4], event_id=f"event-{number}", versionCreated=TIME + timedelta(minutes=number),
    )  # fmt: skip
    return replace(made, **changes)


def raised(earlier, number, count, language="en"):
    """A later alert of an earlier one's situation, with another count."""
    before = Values(low=earlier.low, best=earlier.best, high=earlier.high)
    same = {
        name: getattr(earlier, name) for name in ("situation", "measure", "country", "where", "location", "severity")
    }
    return numbered(number, count, language, kind="raised", previous=before, delta=count - earlier.best, **same)
