"""A situation's history for a person: what was said when and by whom, with quotes, and what came of it."""

from collections.abc import Iterator

from agents.alert.claims.claim import Claim
from agents.alert.claims.say import Say, say
from agents.alert.situations.situation import Situation
from agents.alert.step import SILENCED
from streams.records import KINDS, Location, Values

ENGLISH: Say = say("en")


def history(situation: Situation) -> str:
    """The history as plain text, a paragraph a claim, in the order of the world."""
    return "\n".join(_lines(situation))


def _lines(situation: Situation) -> Iterator[str]:
    toll = situation.toll()
    phrases = ENGLISH.measures if situation.unit == "person" else ENGLISH.households
    yield f"Situation {situation.id}: {phrases[situation.measure].format(n=_values(toll.values))}"
    yield f"  {_place(situation)}, {situation.country}; {situation.scope} toll; {len(situation.sources)} sources"
    yield (
        "  provisional: no two independent sources agree yet" if toll.provisional else "  two independent sources agree"
    )
    for one in situation.claims:
        yield ""
        yield f"{one.time:%Y-%m-%d %H:%M} UTC  {one.outlet}  (version {one.version} of {one.article})"
        yield f"  says {phrases[situation.measure].format(n=_figure(one))}{_by(one)}{_at(one.location)}"
        yield f"  “{one.quote}”"
        yield f"  → {_verdict(one.verdict)}"
        if one.gone:
            yield f"  → taken back by the article: {_verdict(one.gone.verdict)}"


def _values(values: Values) -> str:
    if values.best is None:
        return ENGLISH.magnitudes[values.magnitude] if values.magnitude else "nobody, as far as is still said,"
    best = ENGLISH.number(values.best)
    if values.low == values.high:
        return best
    return f"{best} ({ENGLISH.number(values.low)} to {ENGLISH.number(values.high)})"


def _figure(one: Claim) -> str:
    return ENGLISH.count(one.low, one.high, one.qualifier, one.magnitude)


def _by(one: Claim) -> str:
    return f", according to {one.speaker.replace('_', ' ')}" if one.speaker != "unknown" else ""


def _at(place: Location | None) -> str:
    return f", {place.name}" if place else ""


def _place(situation: Situation) -> str:
    placed = [one.location for one in situation.claims if one.location]
    return min(placed, key=lambda place: place.precision).name if placed else ENGLISH.unknown_place


def _verdict(verdict: str) -> str:
    if verdict in KINDS:
        return f"alert: {verdict}"
    return f"{verdict}: {SILENCED[verdict]}" if verdict in SILENCED else "not judged"
