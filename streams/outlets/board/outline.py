"""Cuts the outline of the world that the board draws on: page/world.json, at most 100 kB.

    npm pack world-atlas@2.0.2 && python -m streams.outlets.board.outline world-atlas-2.0.2.tgz

The package carries Natural Earth's 1:50m countries (public domain) as TopoJSON: arcs that neighbours share.
Each arc is thinned by the areas of its triangles (Visvalingam and Whyatt, 1993), just so much that the file fits;
since neighbours share arcs, no gaps open between them. The projection is equirectangular, true at 30 degrees.
"""

import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path
from typing import Any

import orjson

MOST_BYTES = 100_000
UNITS = 20  # a degree of latitude
STRETCH = cos(radians(30))  # of a degree of longitude
SOUTH = -60  # nobody reports from Antarctica
OUTLINE = Path(__file__).parent / "page" / "world.json"

Point = tuple[int, int]
Line = list[Point]


def thinned(line: Line, least: float) -> Line:
    """The line without the points whose triangle with their neighbours is smaller than `least`; its ends stay.

    >>> thinned([(0, 0), (5, 1), (10, 0), (10, 10)], least=6)
    [(0, 0), (10, 0), (10, 10)]
    """
    kept = list(line)
    while len(kept) > 2:
        areas = [_area(kept[i - 1 : i + 2]) for i in range(1, len(kept) - 1)]
        smallest = min(areas)
        if smallest >= least:
            break
        del kept[areas.index(smallest) + 1]
    return kept


def outline(atlas: dict[str, Any]) -> dict[str, Any]:
    """Land to fill and borders to draw, as SVG paths, with the box they lie in; as fine as the size allows."""
    arcs = [_projected(arc, atlas["transform"]) for arc in atlas["arcs"]]
    least = 4.0
    while len(orjson.dumps(found := _cut(atlas["objects"], arcs, least))) > MOST_BYTES:
        arcs = [thinned(arc, least) for arc in arcs]
        least *= 1.3
    return found


def _cut(objects: dict[str, Any], arcs: list[Line], least: float) -> dict[str, Any]:
    arcs = [thinned(arc, least) for arc in arcs]
    rings = [_joined(ring, arcs) for ring in _rings(objects["land"])]
    rings = [ring for ring in rings if _area(ring) >= 2 * least and max(-y for _, y in ring) > SOUTH * UNITS]
    shared = Counter(_own(arc) for ring in _rings(objects["countries"]) for arc in set(map(_own, ring)))
    borders = [arcs[arc] for arc, times in sorted(shared.items()) if times > 1 and len(arcs[arc]) > 1]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return {
        "box": [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)],
        "degree": [round(UNITS * STRETCH, 4), -UNITS],
        "land": "".join(_path(ring[:-1]) + "z" for ring in rings),
        "borders": "".join(map(_path, borders)),
    }


def _projected(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """An arc's steps as whole points of the projection, none twice in a row."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points: Line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        point = round((x * across + west) * UNITS * STRETCH), round(-(y * up + south) * UNITS)
        if not points or points[-1] != point:
            points.append(point)
    return points


def _rings(item: dict[str, Any]) -> Iterator[list[int]]:
    for part in item.get("geometries", ()):
        yield from _rings(part)
    polygons = item.get("arcs", [])
    for polygon in polygons if item["type"] == "MultiPolygon" else [polygons]:
        yield from polygon


def _own(arc: int) -> int:
    """The number of an arc, whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def _joined(ring: list[int], arcs: list[Line]) -> Line:
    points: Line = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += line[1:] if points else line
    return points


def _area(ring: Line) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _path(line: Line) -> str:
    """An SVG path in relative steps."""
    (x, y), *rest = line
    steps, last = [], (x, y)
    for point in rest:
        steps.append(f"{point[0] - last[0]},{point[1] - last[1]}")
        last = point
    return f"M{x},{y}l" + " ".join(steps).replace(",-", "-").replace(" -", "-")


if __name__ == "__main__":
    with tarfile.open(sys.argv[1]) as package:
        member = package.extractfile("package/countries-50m.json")
        assert member is not None
        OUTLINE.write_bytes(orjson.dumps(outline(orjson.loads(member.read()))) + b"\n")
    print(f"{OUTLINE}: {OUTLINE.stat().st_size:,} bytes")
