"""The places that an article names, resolved together."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from operator import attrgetter

from agents.enrich.away import away
from agents.enrich.meaning import Context, choose, plainly, states, towns, vote
from agents.enrich.mention import Mention, name
from agents.enrich.scene import NOWHERE, Scene
from agents.enrich.who import named_groups
from agents.gazetteer import Place, gazetteer
from agents.gazetteer.kinds import beside, joins, off
from streams.records import Reading, Span

UNKNOWN = "ZZ"
MOST = 120  # mentions of an article that are looked at, so that a list of towns does not cost the square of its length
_START = attrgetter("start")
_COMMAS = " ,،"
_DIGIT = re.compile(r"\d")
_DASH = re.compile('[ \\u00a0]?[-–—ـ:](?=[ \\u00a0«"“])|[ \\u00a0][-–—ـ]')  # after a dateline: «الرياض - »


@dataclass(slots=True)
class Atlas:
    """The places of one article, resolved together."""

    mentions: list[Mention]
    country: str = UNKNOWN  # the country the article is about, where that is plain
    scene: Scene = NOWHERE


def named(reading: Reading) -> Atlas:
    """All places that the article names, each with what it means in this article; the scene is not yet told."""
    sentences, spans = _sentences(reading), _spans(reading)
    found = ((span, name(span.text)) for span in spans[:MOST])
    mentions = [Mention(span, meaning) for span, meaning in found if meaning.may_be]
    for mention, after in zip_longest(mentions, mentions[1:]):
        mention.sentence = _sentence_of(mention.span, sentences)
        if mention.sentence is not None:
            _look_around(mention, after)
    groups = cache(lambda: named_groups((s.text for s in sentences), reading.language))
    votes = vote(mentions, groups, reading.source)
    _link(mentions)
    article = Context(votes, states(mentions), towns(mentions), groups, {})
    _settle(mentions, article)
    company = {m.place: m.span.text for m in mentions if m.place is not None and m.place.lat is not None}
    unsure = [m for m in mentions if len(m.name.may_be) > 1 or m.heard or m.inside is not None]
    _settle(unsure, replace(article, company=company))  # now every name can lean on what the others mean
    _say_it_once(mentions)
    if any(m.place is None for m in mentions):  # what means nothing here says nothing of the country
        votes = vote([m for m in mentions if m.place is not None], groups, reading.source)
    return Atlas(mentions, plainly(votes) or UNKNOWN)


def _settle(mentions: list[Mention], article: Context) -> None:
    meant: dict[tuple, Place | None] = {}
    for mention in reversed(mentions):  # what a place lies in mostly stands after it
        said = mention.name, mention.beside.kind, mention.located, mention.inside and id(mention.inside)
        if said not in meant:
            meant[said] = choose(mention, article)
        mention.place = meant[said]


def _say_it_once(mentions: list[Mention]) -> None:
    """Once it was said which of its namesakes a town is ("Lafayette, Louisiana"), it is that one wherever it is named."""
    said = {m.name: m.place for m in reversed(mentions) if m.inside is not None and m.place is not None}
    for mention in mentions:
        meant = said.get(mention.name)
        if meant is None or mention.inside is not None or mention.name.whose:
            continue
        if mention.place is None or (mention.place.country, mention.place.admin1) != (meant.country, meant.admin1):
            mention.place = meant


def _link(mentions: list[Mention]) -> None:
    """Ties "Dar village in Madagali Local Government Area of Adamawa State" together."""
    for mention, after in pairwise(mentions):
        gap = after.span.start - mention.span.end
        if mention.name.whose or after.aside or after.beside.abroad or gap > 60:
            continue
        sentence = mention.sentence
        if sentence is None:
            if gap == len(", "):  # nothing else than this comes between two names so close
                mention.inside = after
        elif after.span.end <= sentence.end:
            between = text_between(sentence, mention.span.end, after.span.start)
            if joins(between) and not _begins_anew(between, after):
                mention.inside, mention.surely, mention.off = after, bool(between.strip(_COMMAS)), off(between)


def _begins_anew(between: str, after: Mention) -> bool:
    """Whether a name behind another begins what is said of something else: "in Sirte, the US military said"."""
    article = between.strip(_COMMAS) in ("the", "a", "an")
    if after.name.first.kind == "demonym":  # right behind the name it is an adjective: «الموصل العراقية»
        return article or (between.strip() != "" and not between.strip(_COMMAS))
    return article and not after.name.whose


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


def _spans(reading: Reading) -> list[Span]:
    """All names in order: those mentioned, and those in the figures' own places."""
    spans = sorted(reading.mentions, key=_START)
    for place in {f.place.start: f.place for f in reading.figures if f.place is not None}.values():
        before = bisect_left(spans, place.end, key=_START) - 1
        if before < 0 or spans[before].end <= place.start:
            spans[before + 1 : before + 1] = _inside(place)
    return spans


def _inside(span: Span) -> list[Span]:
    """The names inside of a place's text; the whole text where it is a name itself."""
    spots = () if gazetteer().candidates(span.text) else gazetteer().spot(span.text)
    return [Span(start=s.start + span.start, end=s.end + span.start, text=s.text) for s in spots] or [span]


def _sentence_of(span: Span, sentences: list[Span]) -> Span | None:
    """The sentence that holds a span."""
    at = bisect_right(sentences, span.start, key=_START) - 1
    return sentences[at] if at >= 0 and span.end <= sentences[at].end else None


def _look_around(mention: Mention, after: Mention | None) -> None:
    """What the words beside a name say of it."""
    sentence = mention.sentence
    start, end = mention.span.start - sentence.start, mention.span.end - sentence.start
    before, behind = sentence.text[max(0, start - 45) : start].rstrip("#-"), sentence.text[end : end + 30]
    owns = after is not None and after.span.start - mention.span.end < 4  # "Niger's Diffa region"
    mention.beside = beside(before, behind, mention.name.named, owns)
    if not mention.name.whose and _DIGIT.search(before):
        mention.away = away(before)
    opens = not before.strip() and not mention.name.whose
    mention.dateline = opens and bool(behind) and (mention.span.text.isupper() or _DASH.match(behind) is not None)
    mention.located = mention.dateline or mention.beside.located


def text_between(sentence: Span, start: int, end: int) -> str:
    return sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]
