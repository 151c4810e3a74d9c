"""What a claim is filed under, and where to look for the situations that it may be about.

Two claims between which `match` finds enough evidence share a key, whichever of them came first.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import floor, log

from agents.alert.claims.causes import SINGULAR, SLOW
from agents.alert.claims.claim import Claim
from agents.alert.claims.copies import bands, raw
from agents.alert.claims.numbers import bare, number
from agents.alert.claims.places import coarse
from agents.alert.matching.match import RARE
from agents.alert.matching.said import LARGE, telling
from streams.records import Location


def filings(claim: Claim, cumulative: bool) -> Iterator[tuple]:
    """The keys under which the situation of a claim can be found, among those of its sort."""
    yield from _shared(claim, cumulative)
    place, count, days = claim.location, number(claim), _days(claim)
    vague = coarse(place)
    if place is not None and count:
        yield "count at", place.geonames_id or place.name, _size(count)
    for day in days:
        yield from _daily(claim, day)
        if not vague:
            yield "name", place.name, day
            row, column = _cell(place)
            for east in (-1, 0, 1):
                yield "cell", row, column + east, day
        if place is not None and place.admin1:
            yield "area", place.admin1, day
            if vague:
                yield "whole area", place.admin1, day
        if count:
            yield "count", _size(count), day
            if vague:
                yield "vague count", _size(count), day
            if telling(count):
                yield "number", count, day
            if count >= LARGE and place is not None and place.admin1:
                yield "count in area", place.admin1, _size(count), day
            for beside in claim.company:
                yield "beside", *beside, count, day
        elif count is None:
            yield "word", day
            if vague:
                yield "vague word", day


def probes(claim: Claim, cumulative: bool) -> Iterator[tuple]:
    """The keys under which to look for a claim's situation."""
    yield from _shared(claim, cumulative)
    place, count, days = claim.location, number(claim), _days(claim)
    vague, sizes = coarse(place), _sizes(claim)
    if place is not None and (count is not None or not claim.dated):
        for size in sizes:
            yield "count at", place.geonames_id or place.name, size
    row, column = (0, 0) if vague else _cell(place)
    for day in range(days[0] - 1, days[-1] + 2):
        yield from _daily(claim, day)
        if not vague:
            yield "name", place.name, day
            for north in (-1, 0, 1):
                yield "cell", row + north, column, day
        if place is not None and place.admin1:
            yield "area" if vague else "whole area", place.admin1, day
        for size in sizes:
            yield "count" if vague else "vague count", size, day
        if count is not None and telling(count):
            yield "number", count, day
        if count is not None and count >= LARGE and place is not None and place.admin1:
            for size in sizes:
                yield "count in area", place.admin1, size, day
        if count is not None:
            for beside in claim.company:
                yield "beside", *beside, count, day
        yield "word" if vague else "vague word", day


def _shared(claim: Claim, cumulative: bool) -> Iterator[tuple]:
    """What stands in both lists, apart from days: the article, its text, slow disasters, places of cumulative tolls."""
    yield "article", claim.article
    yield from bands(raw(claim.copy))
    if claim.cause in SLOW:
        yield "slow", claim.cause
    if (cumulative or claim.moved) and not coarse(claim.location):
        yield "place", claim.location.geonames_id or claim.location.name


def _daily(claim: Claim, day: int) -> Iterator[tuple]:
    """What stands in both lists of a day: who is hurt seldom, and what happens seldom."""
    if claim.actor in RARE:
        yield claim.actor, day
    if claim.cause in SINGULAR:
        yield "once", claim.cause, day


def _days(claim: Claim) -> range:
    """The days (ordinals) that the claim is about: its window's, the last three before it was written where that is long."""
    window = claim.window
    end = (window.end - timedelta(microseconds=1)).toordinal()
    start = window.start.toordinal()
    if not start <= end <= start + 3:
        end = claim.time.toordinal()
        start = end - 2
    return range(start, end + 1)


def _cell(place: Location) -> tuple[int, int]:
    """Half a degree each way: what is near lies in the same cell or the next one, up to 60 degrees north."""
    return floor(place.lat * 2), floor(place.lon * 2)


def _size(count: int) -> int:
    """Numbers of which one is at most half as much again have the same size, or neighbouring ones."""
    return floor(log(count) * 2)


def _sizes(claim: Claim) -> range:
    """The sizes of numbers that the claim's figure may be another report of."""
    count = number(claim)
    if count is None:
        least, most = bare(claim)
        return range(_size(max(least, 1)), _size(most or least * 20) + 1)
    return range(_size(count) - 1, _size(count) + 2) if count else range(0)
