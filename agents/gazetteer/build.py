"""Compile the gazetteer: `python -m agents.gazetteer.build`.

Writes into compiled/: `places.bin` (a fixed record a place), `strings.txt` (their names),
`tables.json` (what the records number), `names.marisa` (every spelling to its places),
`met.marisa` (the spellings that running text can mean by themselves) and `firsts.txt` (the first
words of the Arabic ones). The same sources give the same bytes.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie

from agents.gazetteer import sources
from agents.gazetteer.files import (
    COMPILED,
    DEMONYMS,
    FIRSTS,
    LISTED,
    MET,
    NAMES,
    OURS,
    PLACES,
    RECORD,
    SOUNDS,
    STRINGS,
    TABLES,
)
from agents.gazetteer.place import KINDS, Place
from agents.gazetteer.scope import ARABIC, FOCUS, SCOPE
from agents.gazetteer.sources import Entry
from agents.gazetteer.spelling import has_article, key, sound
from agents.gazetteer.spotting import Needs, words

_HEARD = ("city", "admin1", "admin2", "quarter", "camp")  # found by sound where the spelling is not known
LONGEST = 6  # words of a name met in running text


def entries() -> list[Entry]:
    """All places from all sources; the supplement's spellings join the place they belong to."""
    divisions = sources.Divisions()
    towns = list(sources.towns(divisions))
    by_name: dict[tuple[str, str], Place] = {}
    for entry in sorted(towns, key=lambda e: e.place.population):
        for name in entry.names:
            by_name[divisions.code_of_town.get(entry.place.geonames_id, ""), key(name)] = entry.place
    found = [*sources.countries(), *divisions.entries(by_name), *towns, *sources.demonyms()]
    known = {e.place.geonames_id: e.place for e in found}
    merged = {e.place.geonames_id: e for e in found if e.place.geonames_id is not None}
    rest = [e for e in found if e.place.geonames_id is None]
    for number, spelt in sources.capitals(towns):
        merged[number] = replace(merged[number], names=(*merged[number].names, *spelt))
    for ours in sources.supplement(known):
        number = ours.place.geonames_id
        if number is None:
            rest.append(ours)
        else:
            merged[number] = Entry(ours.place, (*ours.names, *merged[number].names), True, listed=True)
    return sources.districts([*merged.values(), *rest])


def _phrases() -> set[str]:
    """Longer names with a place's in them that mean no place ("Agence France Presse")."""
    return {phrase for lists in words().values() for phrase, needs in lists.needs.items() if needs is Needs.ELSEWHERE}


def _can_be_met(entry: Entry, spelt: str) -> bool:
    if not 2 <= len(spelt) <= 60 or spelt.isdigit() or spelt.count(" ") >= LONGEST:
        return False
    if entry.listed or entry.place.kind in ("country", "admin1", "demonym"):
        return True
    if "\u0600" <= spelt[-1] <= "\u06ff":
        here = entry.place.country in ARABIC
        return len(spelt) > 2 and (here or entry.place.population >= SCOPE["met_from_arabic"])
    return entry.met and len(spelt) > 2


def compile_into(folder: Path) -> dict[str, int]:
    """Write the compiled files; gives each one's bytes. Who has the old ones mapped keeps them, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix="compiled-") as new:
        sizes = _compile(Path(new))
        for name in sizes:
            (Path(new) / name).replace(folder / name)
    return sizes


def _compile(folder: Path) -> dict[str, int]:
    found = entries()
    found.sort(key=lambda e: (e.place.country, e.place.name, e.place.geonames_id or 0, e.place.kind, e.place.lat or 0))
    countries = {e.place.country: e.place.name for e in found if e.place.kind == "country"}
    divisions = sorted({(e.place.country, e.place.admin1 or "") for e in found})
    numbered = {division: number for number, division in enumerate(divisions)}
    strings, records, names, sounds, met = bytearray(), bytearray(), [], set(), _phrases()
    for index, entry in enumerate(found):
        place = entry.place
        records += RECORD.pack(
            place.geonames_id or 0, place.lat if place.lat is not None else 999.0,
            place.lon if place.lon is not None else 999.0, place.population, len(strings),
            numbered[place.country, place.admin1 or ""], KINDS.index(place.kind) | (OURS * entry.ours) | (LISTED * entry.listed),
        )  # fmt: skip
        strings += place.name.encode() + b"\n"
        for spelt in {key(n) for n in entry.names} - {""}:
            names.append((spelt, (index,)))
            if place.country in FOCUS and place.kind in _HEARD and spelt.isascii() and (heard := sound(spelt)):
                sounds.add((heard, index))
            if _can_be_met(entry, spelt):
                met.add(spelt)
                if spelt.isascii() and place.country in ARABIC and place.kind in _HEARD and not has_article(spelt):
                    met.add(f"al {spelt}")
    demonyms = {spelt for spelt, (index,) in names if found[index].place.kind == "demonym"}
    states = {spelt for spelt, (index,) in names if found[index].place.kind == "country"}
    (folder / PLACES).write_bytes(records)
    (folder / STRINGS).write_bytes(strings)
    (folder / TABLES).write_text(
        json.dumps({"divisions": divisions, "countries": countries}, ensure_ascii=False), "utf-8"
    )
    marisa_trie.RecordTrie("<I", sorted(names)).save(str(folder / NAMES))
    marisa_trie.RecordTrie("<I", sorted((heard, (index,)) for heard, index in sounds)).save(str(folder / SOUNDS))
    marisa_trie.Trie(sorted(met)).save(str(folder / MET))
    (folder / DEMONYMS).write_text("\n".join(sorted(demonyms - states)), "utf-8")
    (folder / FIRSTS).write_text(
        "\n".join(sorted({m.split(" ")[0] for m in met if "\u0600" <= m[-1] <= "\u06ff"})), "utf-8"
    )
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def main() -> None:
    """Compile, and say what came of it."""
    sizes = compile_into(COMPILED)
    for name, size in sizes.items():
        print(f"{size:>10,}  {name}")
    print(f"{sum(sizes.values()):>10,}  in {COMPILED}", file=sys.stderr)


if __name__ == "__main__":
    main()
