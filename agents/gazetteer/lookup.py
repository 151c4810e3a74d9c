"""Look names up, and spot them in running text, in the compiled gazetteer."""

import json
import mmap
import re
from functools import lru_cache
from math import log10
from pathlib import Path

import marisa_trie

from agents.gazetteer.arabic import ArabicNames
from agents.gazetteer.files import (
    COMPILED,
    DEMONYMS,
    FIRSTS,
    LISTED,
    MET,
    NAMED,
    NAMED_AT,
    NAMES,
    OURS,
    PLACES,
    RECORD,
    SOUNDS,
    STRINGS,
    TABLES,
)
from agents.gazetteer.latin import LatinNames
from agents.gazetteer.place import KINDS, Place
from agents.gazetteer.scope import ARABIC, FOCUS, HARDEST
from agents.gazetteer.spelling import article_variants, key, likest, romanised, sound
from agents.gazetteer.spotting import Lexicon, Needs
from streams.records import Span

# How much a kind of place adds to the order of magnitude of its population.
_WEIGHT = {
    "country": 40.0, "admin1": -0.6, "admin2": -1.2, "city": 1.0, "quarter": 0.8, "camp": 1.0,
    "region": 1.0, "water": 0.3, "border": 0.3, "site": 0.8, "demonym": 30.0,
}  # fmt: skip
_FOCUS, _HARDEST, _OURS, _ITS_OWN_NAME, _SEAT, _FAR_SCRIPT = 1.5, 0.5, 4.0, 1.0, 0.5, 1.5


_ALIKE, _ALIKE_IF_SHORT = 0.72, 0.82  # below this two spellings are two names
_LATIN, _ARABIC = re.compile("[A-Z]"), re.compile("[ء-ي]")


class NotCompiled(RuntimeError):
    """The compiled gazetteer is missing; the message says how to make it."""


def _bare(spelt: str) -> str:
    """A key without its article."""
    first, _, rest = spelt.partition(" ")
    return rest if rest and len(first) < 4 and first[0] in "ae" else spelt


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as stored:
        return mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ)


class Gazetteer:
    """Places by name. Opening takes a few milliseconds; the files are mapped, so processes share them."""

    def __init__(self, folder: Path = COMPILED) -> None:
        """Open the compiled files in `folder`. Raises NotCompiled where there are none."""
        try:
            tables = json.loads((folder / TABLES).read_text("utf-8"))
            self._divisions, self._codes = tables["divisions"], tables["countries"]
            self._places, self._strings = _mapped(folder / PLACES), _mapped(folder / STRINGS)
            self._sounds = marisa_trie.RecordTrie("<I").mmap(str(folder / SOUNDS))
            self._names = marisa_trie.RecordTrie("<I").mmap(str(folder / NAMES))
            self._demonyms = frozenset((folder / DEMONYMS).read_text("utf-8").split("\n"))
            lexicon = Lexicon(
                met=marisa_trie.Trie().mmap(str(folder / MET)),
                firsts=frozenset((folder / FIRSTS).read_text("utf-8").split("\n")),
                demonyms=self._demonyms,
                needs=self._needs, large=self._large,
            )  # fmt: skip
            self._arabic, self._latin = ArabicNames(lexicon), LatinNames(lexicon)
        except (OSError, ValueError, KeyError) as missing:
            raise NotCompiled(
                f"no compiled gazetteer in {folder} ({missing}): run `python -m agents.gazetteer.build`"
            ) from missing

    def spot(self, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The place names in running text, or in `text[start:end]` of it: longest first, at word boundaries, in order, without overlap.

        Arabic prefixes are left outside of the span. Linear in the text. Only names: not "Iraqi".
        """
        return self._spans(text[start:end], False, start)

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Like `spot`, with the words that say whose something is ("Iraqi", «العراقية») and the outlets."""
        return self._spans(text[start:end], True, start)

    def is_name(self, mention: str) -> bool:
        """Whether one of the `mentions` is a place's name, not such a word."""
        whole = f"ا{mention}" if mention.startswith("ل") else mention  # «للحوثيين»: the article lost its first letter
        return key(mention) not in self._demonyms and key(whole) not in self._demonyms

    def _spans(self, text: str, demonyms: bool, at: int) -> tuple[Span, ...]:
        found = list(self._latin.find(text, demonyms)) if _LATIN.search(text) else []
        if not text.isascii() and _ARABIC.search(text):
            found += self._arabic.find(text, demonyms)
            found.sort()
        return tuple(Span(start=at + start, end=at + end, text=text[start:end]) for start, end in found)

    def _found(self, spelt: str) -> list[tuple[int]]:
        """The places of a key; where there are none, of the key in one word, or with or without its article."""
        if found := self._names.get(spelt):
            return found
        return next(filter(None, map(self._names.get, (spelt.replace(" ", ""), *article_variants(spelt)))), [])

    def _spelt_so(self, spelt: str) -> list[tuple[Place, int]]:
        return [self._place(index) for (index,) in self._found(spelt)]

    def _needs(self, spelt: str) -> Needs:
        """By the size of its places alone: what must announce this name in running text."""
        found = self._spelt_so(spelt)
        if " " in spelt or any(ours or p.kind in ("country", "demonym") for p, ours in found):
            return Needs.NOTHING
        people = max((p.population for p, _ in found if p.kind in ("city", "admin1")), default=0)
        if "\u0600" <= spelt[0] <= "\u06ff":
            free = any(p.kind == "admin1" or (p.population >= 100_000 and p.country in ARABIC) for p, _ in found)
            if free or people >= 300_000:
                return Needs.NOTHING
            return Needs.LOCATED if people >= 20_000 else Needs.DESIGNATED
        near = max((p.population for p, _ in found if p.country in FOCUS), default=0)
        free = any(p.kind == "admin1" for p, _ in found)
        if free or near >= 300_000 or people >= 1_000_000:
            return Needs.NOTHING
        if near >= 40_000:
            return Needs.APART
        return Needs.LOCATED

    def _large(self, spelt: str) -> bool:
        return any(
            ours or p.population >= 1_000_000 or p.kind in ("country", "demonym") or p.country in ARABIC
            for p, ours in self._spelt_so(spelt)
        )

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def alike(self, name: str) -> tuple[tuple[float, Place], ...]:
        """Places that sound like a name, for a spelling that nobody lists ("Baqouba", «باكوبا»).

        Weighed like `weighed`, less for what is spelt differently; only places where news of harm
        comes from. Sound alone proves nothing: take one only in a country that the article is about.
        """
        spelt = romanised(key(name))
        if not spelt.isascii() or not (heard := sound(spelt)):
            return ()
        names = {index: self._name(index) for (index,) in self._sounds.get(heard, ())}
        spelt_so = {name: _bare(key(name)) for name in names.values()}
        likeness = likest(_bare(spelt), set(spelt_so.values()), _ALIKE if len(heard) > 2 else _ALIKE_IF_SHORT)
        places = {self._place(index)[0]: spelt_so[name] for index, name in names.items() if spelt_so[name] in likeness}
        found = [
            (log10(place.population + 1) + _WEIGHT[place.kind] + 10 * (likeness[as_] - 1), place)
            for place, as_ in places.items()
        ]
        return tuple(sorted(found, key=lambda f: (-f[0], f[1].name)))

    def country_name(self, code: str) -> str:
        """The English name of a country; the code itself where it is none."""
        return self._codes.get(code, code)

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def _place(self, index: int) -> tuple[Place, int]:
        number, lat, lon, population, named, division, kind = RECORD.unpack_from(self._places, index * RECORD.size)
        country, admin1 = self._divisions[division]
        place = Place(
            name=self._string(named), geonames_id=number or None, country=country,
            admin1=admin1 or None, lat=None if lat > 900 else round(lat, 5),
            lon=None if lon > 900 else round(lon, 5), population=population, kind=KINDS[kind & ~(OURS | LISTED)],
            by_hand=bool(kind & OURS),
        )  # fmt: skip
        return place, kind & (OURS | LISTED)

    def _name(self, index: int) -> str:
        """A place's English name, without the rest of it."""
        return self._string(NAMED.unpack_from(self._places, index * RECORD.size + NAMED_AT)[0])

    def _string(self, at: int) -> str:
        return self._strings[at : self._strings.find(b"\n", at)].decode()

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def candidates(self, name: str) -> tuple[Place, ...]:
        """All places of that name, the likeliest first as far as the name alone can tell.

        The spelling does not matter: case, diacritics, hyphens, apostrophes, alef and hamza, ة or ه,
        ى or ي. Where no place is spelt so, the name is tried with or without its article.
        """
        return tuple(place for _, place in self.weighed(name))

    @lru_cache(maxsize=16384)  # noqa: B019 - one instance a process
    def weighed(self, name: str) -> tuple[tuple[float, Place], ...]:
        """`candidates`, each with its weight: an order of magnitude of people, more for what news means."""
        spelt = key(name)
        ranked, found = [], [(index, *self._place(index)) for (index,) in dict.fromkeys(self._found(spelt))]
        provinces = {place.country for _, place, _ in found if place.kind == "admin1"}
        for index, place, ours in found:
            weight = log10(place.population + 1) + _WEIGHT[place.kind]
            weight += (
                _FOCUS * (place.country in FOCUS)
                + _HARDEST * (place.country in HARDEST)
                + _OURS * bool(ours & OURS)
                + _ITS_OWN_NAME * (key(place.name) == spelt)
                + _SEAT * (place.kind == "city" and place.country in provinces)
            )
            if "\u0600" <= spelt[:1] <= "\u06ff" and place.country not in FOCUS and place.country not in ARABIC:
                weight -= _FAR_SCRIPT
            ranked.append((-weight, index, place))
        return tuple((-weight, place) for weight, _, place in sorted(ranked, key=lambda r: r[:2]))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The process's gazetteer. Raises NotCompiled, saying what to run, where it was not built."""
    return Gazetteer()
