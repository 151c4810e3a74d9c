"""An alert in words: what, where, who and when, in English and in the article's language."""

from datetime import timedelta

from agents.alert.claims.say import Say, say
from streams.records import Event, Kind, Values, Window


def words(event: Event, kind: Kind, says: Values, previous: Values | None) -> dict[str, dict[str, str]]:
    """`what`, `where`, `who`, `when`, each by language. A language without phrases is left to English."""
    tongues = [found for code in dict.fromkeys(("en", event.language)) if (found := say(code))]
    own = event.language.split("-")[0].lower()
    return {
        "what": {tongue.code: _what(tongue, event, kind, says, previous) for tongue in tongues},
        "where": {tongue.code: _where(tongue, event, tongue.code == own) for tongue in tongues},
        "who": {tongue.code: _who(tongue, event, tongue.code == own) for tongue in tongues},
        "when": {tongue.code: _when(tongue, event.window) for tongue in tongues},
    }


def _what(tongue: Say, event: Event, kind: Kind, says: Values, previous: Values | None) -> str:
    if kind == "disputed" and says.low is not None and says.low != says.high:
        count = tongue.count(says.low, says.high, "range", None)
    else:
        count = tongue.count(event.low, event.high, event.qualifier, event.magnitude, event.unit)
    measures = tongue.measures if event.unit == "person" else tongue.households
    toll = measures[event.measure].format(n=count)
    if kind != "withdrawn" and previous is not None and previous.best not in (None, says.best):
        toll = tongue.previously.format(now=toll, before=tongue.number(previous.best))
    return tongue.kinds[kind].format(toll=toll)


def _where(tongue: Say, event: Event, own: bool) -> str:
    if own and tongue.code != "en" and event.place is not None:
        return event.place.text
    if event.location is None:
        return event.place.text if event.place is not None else tongue.unknown_place
    name, area = event.location.name, event.location.admin1
    return f"{name}, {area}" if area and area != name else name


def _who(tongue: Say, event: Event, own: bool) -> str:
    if own and event.victims is not None and event.victims.text.lower() not in tongue.unnamed:
        return event.victims.text
    return tongue.actors[event.actor.kind]


def _when(tongue: Say, window: Window) -> str:
    first, last = window.start.date(), (window.end - timedelta(microseconds=1)).date()
    start, end = (
        tongue.day.format(day=day.day, month=tongue.months[day.month - 1], year=day.year) for day in (first, last)
    )
    return start if first >= last else tongue.days.format(start=start, end=end)
