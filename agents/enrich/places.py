"""Where it happened: a figure's place, resolved by the other places of its article.

A name alone says little (there are four Bethlehems in America). What decides is the country that
the article is about, the province named beside, what lies near, and what the text calls it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from math import cos, hypot, radians
from operator import attrgetter

from agents.enrich.scene import NOWHERE, TOLD, Scene, attached, scene
from agents.enrich.who import homes
from agents.gazetteer import Place, gazetteer
from agents.gazetteer.kinds import is_aside, joins, locates, told
from agents.gazetteer.spelling import key
from streams.records import Figure, Location, Reading, Span

UNKNOWN = "ZZ"
MOST = 120  # mentions of an article that are looked at, so that a list of towns does not cost the square of its length
_KNOWN = 150_000  # people: a larger town is meant by its name even in an article about another country
_HEARD_CLEARLY = 4.2  # weight of a town known by sound that no other place has to confirm
_BACKED = 0.5  # what the article must say for the country of a small place, where it says more for another
_OUTLET = 0.5  # what the outlet's own country counts
_HOME = 0.9  # what a group's name says for the country that it is at home in
_OFF = 350.0  # kilometres that a town may lie "north of" another
NEAR = 150.0  # kilometres within which two places of an article speak for each other
_START = attrgetter("start")
_COARSE = ("country", "demonym", "admin1", "region", "water", "border")


@dataclass(slots=True)
class Mention:
    """A place name in the article, with the places that it may mean."""

    span: Span
    may_be: tuple[tuple[float, Place], ...]
    place: Place | None = None  # what it means here; None where nothing of that name can be meant
    kind: str | None = None  # what the words beside it call it
    near_by: bool = False
    located: bool = False  # the words before say that something happened there
    surely: bool = False  # … said in words, not with a comma only
    inside: "Mention | None" = None  # what the text says it lies in: "Taji, north of Baghdad"
    heard: bool = False  # found by its sound only
    aside: bool = False  # named for another reason than that it happened there


@dataclass(slots=True)
class Atlas:
    """The places of one article, resolved together."""

    mentions: list[Mention]
    votes: dict[str, float] = field(default_factory=dict)  # how much speaks for each country
    country: str = UNKNOWN  # the country the article is about, where that is plain
    scene: Scene = NOWHERE


def atlas(reading: Reading) -> Atlas:
    """All places that the article names, each with what it means in this article."""
    sentences = _sentences(reading)
    spans = {(s.start, s.end): s for s in reading.mentions}
    for figure in reading.figures:
        if figure.place is not None and not _covered(figure.place, spans):
            spans.update(_inside(figure.place))
    mentions = [_mention(span) for _, span in sorted(spans.items())[:MOST]]
    found = Atlas([m for m in mentions if m.may_be])
    for mention, after in zip_longest(found.mentions, found.mentions[1:]):
        sentence = _sentence_of(mention.span, sentences)
        if sentence is not None:
            _look_around(mention, after, sentence)
    _vote(found, sentences, reading)
    _link(found, sentences)
    for settled in (False, True):  # the second time every name can lean on what the others mean
        meant: dict[tuple, Place | None] = {}
        for mention in reversed(found.mentions):  # what a place lies in mostly stands after it
            said = mention.span.text, mention.kind, mention.located, mention.inside and id(mention.inside)
            if said not in meant:
                meant[said] = _choose(mention, found, settled)
            mention.place = meant[said]
    stated = ((figure, _own(figure, found)) for figure in reading.figures)
    found.scene = scene(found.mentions, [(figure, own[0]) for figure, own in stated if own is not None])
    return found


def _mention(span: Span) -> Mention:
    may_be = gazetteer().weighed(span.text)
    return Mention(span, may_be) if may_be else Mention(span, gazetteer().alike(span.text)[:10], heard=True)


def _link(places: Atlas, sentences: list[Span]) -> None:
    """Ties "Dar village in Madagali Local Government Area of Adamawa State" together."""
    for mention, after in pairwise(places.mentions):
        if mention.may_be[0][1].kind in ("country", "demonym") or after.span.start - mention.span.end > 60:
            continue
        sentence = _sentence_of(mention.span, sentences)
        if sentence is not None and after.span.end <= sentence.end:
            between = _text(sentence, mention.span.end, after.span.start)
            if joins(between):
                mention.inside, mention.surely = after, bool(between.strip(" ,"))


def locate(figure: Figure, places: Atlas) -> tuple[str, Location | None]:
    """The figure's country (ZZ where unknown) and its place (None where not even the country is sure)."""
    own = _right_after(figure, places)
    if own is None:
        own = _own(figure, places)
        people = _of_people(figure, places) if own is None else None
        if people is not None:
            return _in_country(people, figure, places)
        if own is not None and figure.scope in TOLD:
            own = _rather(own, figure, places)
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
    return country, Location(
        name=place.name, country=country, geonames_id=place.geonames_id, admin1=place.admin1, lat=place.lat,
        lon=place.lon, precision=precision,
    )  # fmt: skip


def _rather(own: tuple[Mention, int], figure: Figure, places: Atlas) -> tuple[Mention, int]:
    """The place that the figure's clause says, where its own is only named beside: "in Taji, north of Baghdad"."""
    named = own[0]
    if attached(figure, named) and not named.near_by:
        return own
    said = [
        m for m in _within(figure.sentence, places)
        if m.place and m.located and not (m.aside or m.near_by) and m.place.kind != "demonym" and m.place != named.place
    ]  # fmt: skip
    behind = [m for m in said if m.span.start >= figure.evidence.end and attached(figure, m)]
    if behind and behind[0].place.country not in (named.place.country, UNKNOWN):
        return behind[0], 0
    fine = [m for m in said if m.place.country == named.place.country and _fineness(m) == 3 >= _fineness(named)]
    if fine and (not named.located or named.near_by):
        at = figure.evidence.start
        return min(fine, key=lambda m: abs(m.span.start - at)), 0
    return own


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
        return own.place.kind == "country" and told.mention is not None
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
            between = _text(figure.sentence, figure.evidence.end, start)
            if len(between) < 12 and between.strip() and "," not in between and joins(between):
                return (mention, 0) if mention.place.kind not in _COARSE else None
    return None


def _sentences(reading: Reading) -> list[Span]:
    """The stretches of the text that the reading carries, without overlap."""
    known = {f.sentence.start: f.sentence for f in reading.figures}
    if reading.headline:
        known.setdefault(0, Span(start=0, end=len(reading.headline), text=reading.headline))
    found: list[Span] = []
    for _, span in sorted(known.items()):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _covered(span: Span, spans: dict) -> bool:
    return any(start < span.end and span.start < end for start, end in spans)


def _inside(span: Span) -> dict[tuple[int, int], Span]:
    """The names inside of a place's text; the whole text where it is a name itself."""
    spots = () if gazetteer().candidates(span.text) else gazetteer().spot(span.text)
    found = {}
    for s in spots:
        start, end = s.start + span.start, s.end + span.start
        found[start, end] = Span(start=start, end=end, text=s.text)
    return found or {(span.start, span.end): span}


def _sentence_of(span: Span, sentences: list[Span]) -> Span | None:
    """The sentence that holds a span."""
    at = bisect_right(sentences, span.start, key=_START) - 1
    return sentences[at] if at >= 0 and span.end <= sentences[at].end else None


def _look_around(mention: Mention, after: Mention | None, sentence: Span) -> None:
    """What the words beside a name say of it."""
    start, end = mention.span.start - sentence.start, mention.span.end - sentence.start
    before, behind = sentence.text[max(0, start - 45) : start].rstrip("#-"), sentence.text[end : end + 30]
    owns = after is not None and after.span.start - mention.span.end < 4  # "Niger's Diffa region"
    whole = mention.may_be[0][1].kind == "country"  # of a town's or province's people it is still the place
    says_whose = (whole and not owns) or behind[:1] == "-"
    mention.aside = is_aside(before, behind if says_whose else "")
    mention.kind, mention.near_by = told(before, behind)
    dateline = behind and mention.span.text.isupper() and not before.strip()
    mention.located = bool(dateline) or locates(before)


def _vote(places: Atlas, sentences: Iterable[Span], reading: Reading) -> None:
    """Which countries the article's names speak for, each name once; a group's home and the outlet's a little."""
    votes: dict[str, float] = defaultdict(float)
    for name in {key(m.span.text): m for m in reversed(places.mentions)}.values():
        for country, weight in _speaks_for(name):
            votes[country] += weight
    for country in {home for s in sentences for home in homes(s.text, reading.language)}:
        votes[country] += _HOME
    for place in gazetteer().candidates(reading.source or "")[:1]:
        if place.kind == "demonym":
            votes[place.country] += _OUTLET
    places.votes = dict(votes)
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if ranked and ranked[0][1] >= _OUTLET and (len(ranked) == 1 or ranked[0][1] > 1.5 * ranked[1][1]):
        places.country = ranked[0][0]


def _speaks_for(mention: Mention) -> list[tuple[str, float]]:
    best, first = mention.may_be[0]
    if mention.aside:
        return [(first.country, 0.3)]
    if first.kind == "country":
        return [(first.country, 3.0)]
    if first.kind == "demonym":
        return [(first.country, 1.5)]
    likely: dict[str, float] = {}
    for weight, place in mention.may_be[:8]:
        if weight > best - 2.0:
            likely.setdefault(place.country, weight)
    sure = 2.0 if first.population >= 200_000 or first.kind == "admin1" else 1.2
    if mention.heard:
        sure = 0.3
    return [(country, sure / len(likely) ** 1.5) for country in likely]


def _choose(mention: Mention, places: Atlas, settled: bool) -> Place | None:
    """The place that the name means here; None where all places of the name are out of the question."""
    may_be = mention.may_be
    if len(may_be) == 1 and may_be[0][1].kind in ("country", "demonym"):
        return may_be[0][1]
    own, kind = dict(_speaks_for(mention)), mention.kind
    most = max((v - own.get(c, 0.0) for c, v in places.votes.items()), default=0.0)
    around = mention.inside.place if mention.inside else None
    best, chosen, backed = -1e9, None, 0.0
    for weight, place in may_be[:20]:
        said = places.votes.get(place.country, 0.0) - own.get(place.country, 0.0)
        score = weight + 2.0 * min(said, 3.0) - (1.0 if most >= 2.0 and said <= 0 else 0.0)
        if kind is not None and place.kind != "country":
            score += 2.5 * (place.kind == kind) + 1.0 * (kind == "city" and place.kind in ("quarter", "camp", "site"))
        if around is not None and place.kind not in ("country", "demonym"):
            score += 4.0 if _lies_in(place, mention.inside) else -4.0
        if settled and place.lat is not None:
            score += _company(place, mention, places)
        if score > best:
            best, chosen, backed = score, place, said
    if chosen is None or chosen.kind in ("country", "demonym"):
        return chosen
    if (
        around is not None
        and not lies_in(chosen, around, mention.inside.near_by)
        and (mention.surely or chosen.population < _KNOWN)
    ):
        return None
    seat = any(p.kind == "admin1" and p.country == chosen.country for _, p in may_be)  # of its province
    small = chosen.population < _KNOWN and chosen.kind not in ("admin1", "region", "water")
    small = small and not (seat and mention.located)
    if mention.heard and backed <= 0.1 and (best < _HEARD_CLEARLY or most >= _HOME):
        return None
    if small and mention.located and not mention.heard and _only_there(chosen, mention, places):
        return chosen
    return None if small and backed < _BACKED and most >= _HOME else chosen


def _only_there(place: Place, mention: Mention, places: Atlas) -> bool:
    """Whether the name is of one country alone, and no other is named but by whose planes or troops they were."""
    others = {m.may_be[0][1].country for m in places.mentions if m.may_be[0][1].kind in ("country", "admin1")}
    return {p.country for _, p in mention.may_be} == {place.country} and others <= {place.country}


def _lies_in(place: Place, around: Mention) -> bool:
    """Whether a place lies in what a mention means, or in the province that has the same name."""
    if lies_in(place, around.place, around.near_by):
        return True
    country = around.place.country
    return any(p.kind == "admin1" and p.country == country and lies_in(place, p) for _, p in around.may_be)


def lies_in(place: Place, around: Place, off: bool = False) -> bool:
    """Whether a place can lie in another: in its country and province, or close by; `off`: "north of" it."""
    if place.country != around.country:
        return False
    if around.kind in ("country", "demonym"):
        return True
    if off and None not in (place.lat, around.lat):
        return kilometres(place, around) < _OFF
    if around.kind == "admin1" or place.lat is None or around.lat is None:
        return place.admin1 in (None, around.name, around.admin1)
    return kilometres(place, around) < (300.0 if around.kind in ("region", "water") else 90.0)


def _company(place: Place, mention: Mention, places: Atlas) -> float:
    """What the other places of the article say for this one: the province named, and what lies near."""
    inside = near = 0.0
    for other in places.mentions:
        there = other.place
        if there is None or there.lat is None or other.span.text == mention.span.text or there == place:
            continue
        if there.country == place.country and there.kind == "admin1" and there.name == place.admin1:
            inside = 2.5
        elif there.kind not in ("admin1", "region") and kilometres(place, there) < NEAR:
            near = 1.5
    return inside + near


def kilometres(one: Place, other: Place) -> float:
    """Distance of two places that have coordinates; good enough within a country."""
    north = (one.lat - other.lat) * 111.2
    east = ((one.lon - other.lon + 180) % 360 - 180) * 111.2 * cos(radians((one.lat + other.lat) / 2))
    return hypot(north, east)


def _own(figure: Figure, places: Atlas) -> tuple[Mention, int] | None:
    """The mention that stands in the figure's own place; else what contains a place that nobody knows."""
    if figure.place is None:
        return None
    inside = [m for m in places.mentions if m.span.start < figure.place.end and figure.place.start < m.span.end]
    named = [m for m in inside if m.place is not None and m.place.kind != "demonym"]
    if named and all(m.aside for m in named):
        return None
    if named:
        return min(named, key=lambda m: (-_fineness(m), m.span.start)), 0
    for mention in inside:
        while mention.inside is not None:  # the place is not known, what it lies in is
            mention = mention.inside
            if mention.place is not None and mention.place.kind != "demonym":
                return mention, 2
    around = [
        m for m in _within(figure.sentence, places)
        if m.place is not None and m.place.kind != "demonym" and m.span.start >= figure.place.end
        and joins(_text(figure.sentence, figure.place.end, m.span.start))
    ]  # fmt: skip
    if around:  # "Kautakari village of Damboa": the village is not known, what it lies in is
        return around[0], 2
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


def _text(sentence: Span, start: int, end: int) -> str:
    return sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]


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
