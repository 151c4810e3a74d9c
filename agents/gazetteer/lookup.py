"""Look names up, and spot them in running text, in the compiled gazetteer."""

import json
import mmap
from collections.abc import Iterable
from functools import lru_cache
from math import log10
from pathlib import Path

import marisa_trie

from agents.gazetteer.files import COMPILED, DEMONYMS, FIRSTS, MET, NAMES, PLACES, RECORD, STRINGS, TABLES
from agents.gazetteer.place import KINDS, Place
from agents.gazetteer.scope import FOCUS
from agents.gazetteer.spelling import article_variants, key
from agents.gazetteer.spotting import Spotter
from streams.records import Span

# How much a kind of place adds to the order of magnitude of its population.
_WEIGHT = {
    "country": 20.0, "admin1": 0.7, "admin2": 0.0, "city": 1.0, "quarter": 0.8, "camp": 1.0,
    "region": 1.0, "water": 0.3, "border": 0.3, "site": 0.8, "demonym": 0.0,
}  # fmt: skip
_MINOR = 60_000  # people: a smaller town's name may be somebody's
_FOCUS, _OURS, _ITS_OWN_NAME = 1.5, 2.5, 1.0


class NotCompiled(RuntimeError):
    """The compiled gazetteer is missing; the message says how to make it."""


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as stored:
        return mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ)


class Gazetteer:
    """Places by name. Opening takes a few milliseconds; the files are mapped, so processes share them."""

    def __init__(self, folder: Path = COMPILED) -> None:
        """Open the compiled files in `folder`. Raises NotCompiled where there are none."""
        try:
            tables = json.loads((folder / TABLES).read_text("utf-8"))
            self._admin1 = tables["admin1"]
            self._places, self._strings = _mapped(folder / PLACES), _mapped(folder / STRINGS)
            self._names = marisa_trie.RecordTrie("<I").mmap(str(folder / NAMES))
            self._spotter = Spotter(
                marisa_trie.Trie().mmap(str(folder / MET)),
                frozenset((folder / FIRSTS).read_text("utf-8").split("\n")),
                frozenset((folder / DEMONYMS).read_text("utf-8").split("\n")),
                self._minor,
            )
        except (OSError, ValueError, KeyError) as missing:
            raise NotCompiled(
                f"no compiled gazetteer in {folder} ({missing}): run `python -m agents.gazetteer.build`"
            ) from missing

    def spot(self, text: str) -> tuple[Span, ...]:
        """The place names in running text: longest first, at word boundaries, in order, without overlap.

        Arabic prefixes are left outside of the span. Linear in the text. Only names: not "Iraqi".
        """
        return self._spotter.spot(text)

    def mentions(self, text: str) -> tuple[Span, ...]:
        """The place names and the words that say whose something is ("Iraqi", «العراقية»), in order."""
        return self._spotter.spot(text, demonyms=True)

    def _minor(self, name: str) -> bool:
        return all(p.population < _MINOR and p.kind in ("city", "admin2", "region") for p in self.candidates(name))

    def place(self, index: int) -> Place:
        """The place with this number."""
        return self._place(index)[0]

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def _place(self, index: int) -> tuple[Place, bool]:
        number, lat, lon, population, named, admin1, country, kind = RECORD.unpack_from(
            self._places, index * RECORD.size
        )
        name = self._strings[named : self._strings.find(b"\n", named)].decode()
        place = Place(
            name=name, geonames_id=number or None, country=country.decode(),
            admin1=self._admin1[admin1] or None, lat=None if lat > 900 else round(lat, 5),
            lon=None if lon > 900 else round(lon, 5), population=population, kind=KINDS[kind & 127],
        )  # fmt: skip
        return place, bool(kind & 128)

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def candidates(self, name: str) -> tuple[Place, ...]:
        """All places of that name, the likeliest first as far as the name alone can tell.

        The spelling does not matter: case, diacritics, hyphens, apostrophes, alef and hamza, ة or ه,
        ى or ي. Where no place is spelt so, the name is tried with or without its article.
        """
        spelt = key(name)
        found = self._names.get(spelt)
        if not found:
            found = next(filter(None, map(self._names.get, article_variants(spelt))), ())
        return tuple(place for _, place in self._ranked(spelt, (index for (index,) in found)))

    def _ranked(self, spelt: str, found: Iterable[int]) -> list[tuple[float, Place]]:
        ranked = []
        for index in dict.fromkeys(found):
            place, ours = self._place(index)
            weight = log10(place.population + 1) + _WEIGHT[place.kind]
            weight += _FOCUS * (place.country in FOCUS) + _OURS * ours + _ITS_OWN_NAME * (key(place.name) == spelt)
            ranked.append((-weight, index, place))
        return [(weight, place) for weight, _, place in sorted(ranked, key=lambda r: r[:2])]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The process's gazetteer. Raises NotCompiled, saying what to run, where it was not built."""
    return Gazetteer()
