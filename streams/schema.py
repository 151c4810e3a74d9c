"""JSON Schemas of the records, made from the dataclasses: `python -m streams.schema` writes streams/schemas/.

A schema may grow but must not break: what an older writer wrote must be read by today's program, and a
reader with an older schema must find what it knows in today's records. `breaks` says what would.
"""

import json
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from streams.topics import TOPICS

FOLDER = Path(__file__).parent / "schemas"
VERSION = 1


class Breaks(ValueError):
    """The dataclasses no longer keep what a published schema promises; the message says where."""


def file_name(kind: type) -> str:
    """The name of the file that holds the schema of this kind of record."""
    return f"{kind.__name__.lower()}.v{VERSION}.json"


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema, for every topic that carries records."""
    made: dict[str, dict[str, Any]] = {}
    for topic in TOPICS:
        if topic.kind:
            name = topic.kind.__name__
            (schema,), parts = msgspec.json.schema_components([topic.kind], ref_template="#/$defs/{name}")
            made[file_name(topic.kind)] = {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": f"urn:tollwire:{name.lower()}:v{VERSION}",
                "description": f"The value of a record of {topic.name}.",
                **schema,
                "$defs": dict(sorted(parts.items())),
            }
    return json.loads(json.dumps(made), object_hook=_dedented)


def _dedented(part: dict[str, Any]) -> dict[str, Any]:
    """A docstring as Python 3.13 has it: without the indentation of its code."""
    said = part.get("description")
    return part | {"description": cleandoc(said)} if isinstance(said, str) else part


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What of `old` no longer holds in `new`, a line each; an empty list where all does."""
    found = []
    for name, was in old.get("$defs", {}).items():
        now = new.get("$defs", {}).get(name)
        if now is None:
            found.append(f"{name}: gone")
            continue
        for field, shape in was.get("properties", {}).items():
            if field not in now.get("properties", {}):
                found.append(f"{name}.{field}: gone")
            else:
                found += _narrower(f"{name}.{field}", shape, now["properties"][field])
        found += [
            f"{name}.{field}: newly required" for field in set(now.get("required", ())) - set(was.get("required", ()))
        ]
        found += [
            f"{name}.{field}: no longer always there"
            for field in set(was.get("required", ())) - set(now.get("required", ()))
        ]
    return sorted(found)


def _narrower(where: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """A value that was allowed must stay allowed: enumerations and alternatives only grow."""
    if "enum" in old and "enum" in new:
        gone = [str(value) for value in old["enum"] if value not in new["enum"]]
        return [f"{where}: no longer {', '.join(gone)}"] if gone else []
    if "anyOf" in old and "anyOf" in new:
        rest = [shape for shape in old["anyOf"] if shape not in new["anyOf"]]
        wider = [shape for shape in new["anyOf"] if shape not in old["anyOf"]]
        pairs = zip(rest, wider, strict=False)
        return [line for was, now in pairs for line in _narrower(where, was, now)] + (
            [f"{where}: an alternative is gone"] if len(rest) > len(wider) else []
        )
    kept = {key: value for key, value in old.items() if key not in ("default", "description")}
    now = {key: value for key, value in new.items() if key not in ("default", "description")}
    return (
        []
        if kept == now or kept in now.get("anyOf", ())
        else [f"{where}: was {json.dumps(kept)}, is {json.dumps(now)}"]
    )


def write() -> None:
    """Write the schemas. Raises Breaks rather than overwrite a promise."""
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        path = FOLDER / name
        if path.exists() and (lines := breaks(json.loads(path.read_text("utf-8")), schema)):
            raise Breaks(f"{name}: " + "; ".join(lines) + " — keep the field, or make a new VERSION")
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    write()
