"""The place of a figure as sentences close by tell it more closely: the town of its province, the quarter of its town."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from agents.extract.about.standing import WIDE, called, extent, loose, smaller, within
from agents.extract.about.where import AHEAD, of_part, smallest, turns
from agents.extract.named.places import places
from agents.extract.text.page import Page
from agents.gazetteer import gazetteer
from streams.records import Figure, Span

BACK = 2  # sentences back that may name the town of the province named here
BEHIND = 2  # sentences behind a town that may name its quarter

Told = dict[int, list[Figure]]  # the figures of each sentence


def narrower(page: Page, found: list[Figure]) -> list[Figure]:
    """The figures of a page, each with the closest place that is told of it."""
    told: Told = defaultdict(list)
    for figure in found:
        told[page.sentence_at(figure.evidence.start)].append(figure)
    return [_narrower(page, figure, told) for figure in found]


def _narrower(page: Page, figure: Figure, told: Told) -> Figure:
    if figure.place is None or figure.scope == "cumulative":
        return figure
    n, m = page.sentence_at(figure.evidence.start), page.sentence_at(figure.place.start)
    best = figure.place
    if not _one_of_two(page, m, best):  # no town lies in both
        best = _finer(page, n, m, figure, told) or best
    best = _quarter(page, m, best, told[n], told) or best
    return figure if best is figure.place else replace(figure, place=best)


def _one_of_two(page: Page, m: int, place: Span) -> bool:
    """ "In Hama and Idlib", «في حماة وإدلب»: is another place joined to it?"""
    items = page.items(m)
    for one, two in pairwise(places(page, m)):
        if place in (one, two):
            between = [i for i in items if one.end <= i.start and i.end <= two.start]
            inside = any(i.joined and i.start < two.start < i.end for i in items)
            if inside or (len(between) == 1 and between[0].has("conj")):
                return True
    return False


def _finer(page: Page, n: int, m: int, figure: Figure, told: Told) -> Span | None:
    """A town near sentence n, where the figure's place, of sentence m, is a country or a province.

    Where a sentence close by counts others with the same fate there, the figure is of more places, or of another one.
    """
    broad = figure.place
    alike = [s for s in places(page, m) if s.text == broad.text]  # "in Hama", then "Hama province"
    level = max((extent(page, m, s) for s in alike), default=0)
    if level < WIDE:
        return None
    turned = turns(page, n)  # what stands before it is about something else
    before = () if turned else range(n - 1, max(-1, n - 1 - BACK), -1)
    behind = range(n + 1, min(n + 1 + AHEAD, len(page.ends)))
    ahead = behind if n < AHEAD or turned else [k for k in behind if _says_where(page, k)]
    early = range(min(AHEAD, n - BACK)) if m != n and not turned else ()
    for k in [*before, *ahead, *early]:
        near = places(page, k)
        found = [s for s in near if loose(page, k, s) == 0 and extent(page, k, s) < level and s.text != broad.text]
        found = [s for s in found if within(s, broad) and not of_part(page, k, page.ends[k][0], s)]
        if found:
            return None if _others(figure, told[k]) else smallest(page, k, found[0], near)
    return None


def _says_where(page: Page, n: int) -> bool:
    """ "The blast took place in Mosul": does sentence n tell of an event known by then?"""
    return {"took_place", "cause"} <= page.marks(n) and not turns(page, n)


def _others(figure: Figure, near: list[Figure]) -> bool:
    """Do the figures of a sentence close by count other people with the same fate, several of them?"""
    alike = [f for f in near if f.measure == figure.measure and (f.low or f.high or 0) > 1]
    return bool(alike) and all(_number(f) != _number(figure) for f in alike)


def _number(figure: Figure) -> tuple[int | None, str | None]:
    return figure.low if figure.low is not None else figure.high, figure.magnitude


def _quarter(page: Page, m: int, town: Span, own: list[Figure], told: Told) -> Span | None:
    """The quarter, street or village of a town that a sentence behind names, if it states no figure but the `own` ones."""
    named = gazetteer().candidates(town.text)
    if not named or named[0].kind != "city":
        return None
    known = {(f.measure, _number(f)) for f in own}
    for k in range(m + 1, min(m + 1 + BEHIND, len(page.ends))):
        if "place_small" not in page.marks(k) or any((f.measure, _number(f)) not in known for f in told[k]):
            continue
        for place in places(page, k):
            small = called(page, k, place, "place_small") and place.text != town.text
            if small and loose(page, k, place) == extent(page, k, place) == 0 and within(place, town):
                return place
    return None


def closer(page: Page, one: Span, two: Span) -> Span:
    """Of the two places that two mentions of a figure give: the later one, if it is smaller and may lie in the first."""
    n, m = page.sentence_at(one.start), page.sentence_at(two.start)
    return two if m > n and smaller(page, m, two, n, one) else one
