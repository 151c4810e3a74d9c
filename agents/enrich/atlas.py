"""The places that an article names, resolved together."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from operator import attrgetter

from agents.enrich.meaning import Context, choose, plainly, speaks_for, states, vote
from agents.enrich.mention import Mention
from agents.enrich.scene import NOWHERE, Scene
from agents.gazetteer import Place, gazetteer
from agents.gazetteer.kinds import beside, joins
from streams.records import Reading, Span

UNKNOWN = "ZZ"
MOST = 120  # mentions of an article that are looked at, so that a list of towns does not cost the square of its length
_START = attrgetter("start")


@dataclass(slots=True)
class Atlas:
    """The places of one article, resolved together."""

    mentions: list[Mention]
    country: str = UNKNOWN  # the country the article is about, where that is plain
    scene: Scene = NOWHERE


def named(reading: Reading) -> Atlas:
    """All places that the article names, each with what it means in this article; the scene is not yet told."""
    sentences = _sentences(reading)
    spans = {(s.start, s.end): s for s in reading.mentions}
    for figure in reading.figures:
        if figure.place is not None and not _covered(figure.place, spans):
            spans.update(_inside(figure.place))
    mentions = [m for m in (_mention(span) for _, span in sorted(spans.items())[:MOST]) if m.may_be]
    for mention, after in zip_longest(mentions, mentions[1:]):
        sentence = _sentence_of(mention.span, sentences)
        if sentence is not None:
            _look_around(mention, after, sentence)
        mention.speaks_for = speaks_for(mention)
    votes = vote(mentions, sentences, reading)
    _link(mentions, sentences)
    countries = states(mentions)
    _settle(mentions, Context(votes, countries, {}))
    company = {m.place: m.span.text for m in mentions if m.place is not None and m.place.lat is not None}
    _settle(mentions, Context(votes, countries, company))  # now every name can lean on what the others mean
    return Atlas(mentions, plainly(votes) or UNKNOWN)


def _settle(mentions: list[Mention], article: Context) -> None:
    meant: dict[tuple, Place | None] = {}
    for mention in reversed(mentions):  # what a place lies in mostly stands after it
        said = mention.span.text, mention.beside.kind, mention.located, mention.inside and id(mention.inside)
        if said not in meant:
            meant[said] = choose(mention, article)
        mention.place = meant[said]


def _mention(span: Span) -> Mention:
    may_be = gazetteer().weighed(span.text)
    return Mention(span, may_be) if may_be else Mention(span, gazetteer().alike(span.text)[:10], heard=True)


def _link(mentions: list[Mention], sentences: list[Span]) -> None:
    """Ties "Dar village in Madagali Local Government Area of Adamawa State" together."""
    for mention, after in pairwise(mentions):
        if mention.may_be[0][1].kind in ("country", "demonym") or after.span.start - mention.span.end > 60:
            continue
        sentence = _sentence_of(mention.span, sentences)
        if sentence is not None and after.span.end <= sentence.end:
            between = text_between(sentence, mention.span.end, after.span.start)
            if joins(between):
                mention.inside, mention.surely = after, bool(between.strip(" ,"))


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
    mention.beside = beside(before, behind, behind if says_whose else "")
    dateline = behind and mention.span.text.isupper() and not before.strip()
    mention.located = bool(dateline) or mention.beside.located


def text_between(sentence: Span, start: int, end: int) -> str:
    return sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]
