"""Where it happened: a figure's place, by its own words, the places of its article, and the scene."""

from agents.enrich.atlas import UNKNOWN, Atlas, named, text_between
from agents.enrich.mention import Mention
from agents.enrich.scene import FINE, TOLD, Scene, attached, scene
from agents.gazetteer import gazetteer
from agents.gazetteer.kinds import joins
from streams.records import Figure, Location, Reading, Span

_APART = 15.0  # kilometres from a town's middle from which on it is another place
_RIGHT_BEHIND = 25  # characters between a place and the name of what it lies in
_COARSE = ("country", "demonym", "admin1", "region", "water", "border")


def whereabouts(reading: Reading) -> list[tuple[str, Location | None]]:
    """Of each figure the country (ZZ where unknown) and the place (None where not even the country is sure)."""
    places = named(reading)
    stated = [(figure, _own(figure, places)) for figure in reading.figures]
    places.scene = scene(places.mentions, [(figure, own[0]) for figure, own in stated if own is not None])
    return [_locate(figure, own, places) for figure, own in stated]


def _locate(figure: Figure, own: tuple[Mention, int] | None, places: Atlas) -> tuple[str, Location | None]:
    after = _right_after(figure, places)
    if after is not None:
        own = after
    elif own is None:
        people = _of_people(figure, places)
        if people is not None:
            return _in_country(people, figure, places)
    elif figure.scope in TOLD:
        own = _rather(own, figure, places)
        if _only_written_there(own[0], places):
            return _in_country(places.country, figure, places)
        if _yields(own[0], figure, places.scene):
            return _in_country(places.scene.country, figure, places)
    own = own or _fallback(figure, places)
    if own is None and figure.scope in TOLD and places.scene.country is not None:
        return _in_country(places.scene.country, figure, places)
    if own is None:
        return places.country, _country(places.country)
    mention, precision = own
    finer = _finer(mention, figure, places)
    return _located(finer, 0, places) if finer is not None else _located(mention, precision, places)


def _located(mention: Mention, precision: int, places: Atlas) -> tuple[str, Location | None]:
    place = mention.place
    country = places.country if place.country == UNKNOWN else place.country  # a sea lies in no country
    if place.kind in ("country", "demonym"):
        return country, _country(country)
    precision = max(precision, place.precision, 2 if mention.near_by else 0)
    there = mention.away
    if there is not None and there.kilometres >= _APART and place.lat is not None and place.kind in FINE:
        lat, lon = there.from_there(place.lat, place.lon)
        name = f"{there.kilometres:.0f} km {there.side} of {place.name}"
        return country, Location(name=name, country=country, lat=lat, lon=lon, precision=precision)
    return country, Location(
        name=place.name, country=country, geonames_id=place.geonames_id, admin1=place.admin1, lat=place.lat,
        lon=place.lon, precision=precision,
    )  # fmt: skip


def _rather(own: tuple[Mention, int], figure: Figure, places: Atlas) -> tuple[Mention, int]:
    """The place that the figure's clause says, where its own is only named beside: "in Taji, north of Baghdad"."""
    ours = own[0]
    if attached(figure, ours) and not ours.near_by and not ours.dateline:
        return own
    said = [
        m for m in _within(figure.sentence, places)
        if m.place and m.located and not (m.aside or m.near_by) and m.place.kind != "demonym" and m.place != ours.place
    ]  # fmt: skip
    behind = [m for m in said if m.span.start >= figure.evidence.end and attached(figure, m)]
    if behind and behind[0].place.country not in (ours.place.country, UNKNOWN):
        return behind[0], 0
    fine = [m for m in said if m.place.country == ours.place.country and _fineness(m) == 3 >= _fineness(ours)]
    if fine and (not ours.located or ours.near_by):
        at = figure.evidence.start
        return min(fine, key=lambda m: abs(m.span.start - at)), 0
    return own


def _only_written_there(own: Mention, places: Atlas) -> bool:
    """Whether a dateline is not where it happened: the article is about another country, and names it or places there."""
    if not own.dateline or places.country in (UNKNOWN, own.place.country):
        return False
    return any(m.place and m.place.country == places.country and m.place.kind != "demonym" for m in places.mentions)


def _of_people(figure: Figure, places: Atlas) -> str | None:
    """The country in "off the Belgian coast", «بلدة تركية», where no place is named."""
    if figure.place is None:
        return None
    inside = [m for m in places.mentions if m.span.start < figure.place.end and figure.place.start < m.span.end]
    return next((m.place.country for m in inside if m.place and m.place.kind == "demonym" and not m.aside), None)


def _yields(own: Mention, figure: Figure, told: Scene) -> bool:
    """Whether the scene is the figure's place rather than what the figure itself names."""
    if told.country is None:
        return False
    if own.place.country in (told.country, UNKNOWN):
        return own.place.kind == "country" and told.mention is not None and not told.spread
    sentence, there = figure.sentence, told.mention
    apart = not (sentence.start <= own.span.start and own.span.end <= sentence.end)
    beside = there is not None and any(s in sentence.text for s in (there.span.text, there.place.name))
    return (apart or beside) and not attached(figure, own)


def _in_country(country: str, figure: Figure, places: Atlas) -> tuple[str, Location | None]:
    """The place in the figure's own sentence, else the scene, where they lie in the country; else the country."""
    there = [
        m for m in _within(figure.sentence, places)
        if m.place and not m.aside and m.place.country == country and m.place.kind not in ("demonym", "country")
    ]  # fmt: skip
    if there:
        at = figure.evidence.start
        return _located(min(there, key=lambda m: (-_fineness(m), abs(m.span.start - at))), 2, places)
    told = places.scene.mention if figure.scope in TOLD else None
    if told is not None and told.place.country == country:
        return _located(told, 2, places)
    return country, _country(country)


def _right_after(figure: Figure, places: Atlas) -> tuple[Mention, int] | None:
    """The place in "… were killed in Kuala Lumpur": nothing but "in" between it and the evidence."""
    for mention in places.mentions:
        start = mention.span.start
        if figure.evidence.end < start <= figure.sentence.end and mention.place and not mention.aside:
            between = text_between(figure.sentence, figure.evidence.end, start)
            if len(between) < 12 and between.strip() and "," not in between and joins(between):
                return (mention, 0) if mention.place.kind not in _COARSE else None
    return None


def _own(figure: Figure, places: Atlas) -> tuple[Mention, int] | None:
    """The mention that stands in the figure's own place; else what contains a place that nobody knows."""
    if figure.place is None:
        return None
    inside = [m for m in places.mentions if m.span.start < figure.place.end and figure.place.start < m.span.end]
    ours = [m for m in inside if m.place is not None and m.place.kind != "demonym"]
    if ours and all(m.aside for m in ours):
        return None
    if ours:
        return min(ours, key=lambda m: (-_fineness(m), m.span.start)), 0
    for mention in inside:
        while mention.inside is not None:  # the place is not known, what it lies in is
            mention = mention.inside
            if mention.place is not None and mention.place.kind != "demonym":
                return mention, 2
    around = _around(figure.place, places)
    return (around, 2) if around is not None else None


def _around(place: Span, places: Atlas) -> Mention | None:
    """What a place lies in that nobody knows, by the name behind it: "Kautakari village of Damboa".

    In a sentence that the reading does not carry, the next name is it where it stands right behind.
    """
    for mention in places.mentions:
        gap, sentence = mention.span.start - place.end, mention.sentence
        if gap < 0 or mention.place is None or mention.place.kind == "demonym":
            continue
        if sentence is None or place.start < sentence.start:
            return mention if sentence is None and gap < _RIGHT_BEHIND else None
        if joins(text_between(sentence, place.end, mention.span.start)):
            return mention
    return None


def _fallback(figure: Figure, places: Atlas) -> tuple[Mention, int] | None:
    """Where the figure names no place, or one that nobody knows: its sentence, else the article's first.

    For a place that nobody knows only what can hold it: a province, a country.
    """
    able = [m for m in places.mentions if m.place and m.place.kind != "demonym" and not m.aside]
    inside = [m for m in able if figure.sentence.start <= m.span.start and m.span.end <= figure.sentence.end]
    if inside:
        at = figure.evidence.start
        return min(inside, key=lambda m: (abs(m.span.start - at), m.span.start)), 2 if figure.place else 0
    if figure.place is not None and len({m.place.name for m in able if m.place.kind not in _COARSE}) > 0:
        able = [m for m in able if m.place.kind in _COARSE]
    if figure.scope == "background":
        return None
    sure = [m for m in able if m.place.country == places.country]
    fine = [m for m in sure if m.place.kind != "country"]
    told = places.scene.mention
    if not fine and told is not None and told.place.country == places.country and figure.scope in TOLD:
        return told, 3
    if not sure or len({m.place.admin1 for m in fine}) > 3:
        return None  # too many places to say which
    return (fine or sure)[0], 2


def _within(sentence: Span, places: Atlas) -> list[Mention]:
    return [m for m in places.mentions if sentence.start <= m.span.start and m.span.end <= sentence.end]


def _fineness(mention: Mention) -> int:
    kind = mention.place.kind
    return (
        3
        if kind in ("city", "quarter", "camp", "site")
        else 2
        if kind == "admin2"
        else 1
        if kind not in ("country", "demonym")
        else 0
    )


def _finer(mention: Mention, figure: Figure, places: Atlas) -> Mention | None:
    """A town, where the figure's own place is only the country or province around it.

    The nearest in the figure's sentence; else the only one that the article names there.
    """
    if mention.place.kind not in _COARSE or figure.scope not in ("incident", "subtotal"):
        return None
    lies_there = [
        m for m in places.mentions
        if m.place and not m.aside and m.place.country == mention.place.country and _fineness(m) > _fineness(mention)
        and m.place.name != mention.place.name  # "Kano State" is not the city of Kano
        and (mention.place.kind != "admin1" or m.place.admin1 == mention.place.admin1)
    ]  # fmt: skip
    inside = [m for m in lies_there if figure.sentence.start <= m.span.start and m.span.end <= figure.sentence.end]
    if inside:
        at = figure.evidence.start
        return min(inside, key=lambda m: (-_fineness(m), abs(m.span.start - at), m.span.start))
    return lies_there[0] if len({m.place.name for m in lies_there}) == 1 else None


def _country(code: str) -> Location | None:
    if code == UNKNOWN:
        return None
    return Location(name=gazetteer().country_name(code), country=code, precision=6)
