"""A language pack: TOML lists of words, read once into one look-up table.

`pack.toml` names the files; each may hold any of the tables below. Words are spelled as people write
them and folded here. Clitics are written onto the words now, so that reading needs no
segmentation. The tables: `pack` (settings), `marks` (name -> words), `numbers` (kind -> word ->
value), `magnitudes` (name -> words), `noun`, `outcome`, `hedge` (lists of entries); `example`
holds texts with the figures they must give.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from agents.extract.text.entries import Pack
from agents.extract.text.lexicon import build

LANG = Path(__file__).parents[1] / "lang"


def merge(into: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Tables joined: lists are appended, tables merged, anything else must not clash."""
    for key, value in more.items():
        if isinstance(value, dict):
            merge(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            into.setdefault(key, []).extend(value)
        elif into.setdefault(key, value) != value:
            raise ValueError(f"two values for {key!r}: {into[key]!r} and {value!r}")
    return into


@cache
def pack(code: str) -> Pack | None:
    """The pack of a language (two or three letters), None where there is none; read once."""
    if code not in _begun():
        return None
    data = _head(code)
    for name in data["pack"]["files"]:  # other files beside them are other agents'
        merge(data, tomllib.loads((LANG / code / f"{name}.toml").read_text("utf-8")))
    return build(code, data)


@cache
def codes() -> tuple[str, ...]:
    """The languages that are read."""
    return tuple(code for code in _begun() if code not in partial())


@cache
def partial() -> tuple[str, ...]:
    """The languages whose pack is a start that only the tests read."""
    return tuple(code for code in _begun() if _head(code)["pack"].get("partial"))


@cache
def _begun() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in LANG.iterdir() if (folder / "pack.toml").is_file()))


def _head(code: str) -> dict[str, Any]:
    return tomllib.loads((LANG / code / "pack.toml").read_text("utf-8"))
