"""How much of what the program states of a figure its labels state too: a score of what is found hides inventions."""

import hashlib
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agents.extract.step import read
from streams.records import Article

LABEL = {"victims": "victims", "place": "place", "when": "when", "attribution": "source"}  # ours -> the labels' name
PUBLISHED = datetime(2016, 1, 1, 12, tzinfo=UTC)  # as evaluate.py has it of all documents


def precision(documents: Iterable[dict[str, Any]], part: str, measure: Path) -> dict[str, float]:
    """ "ar place precision" → of the places stated, those that overlap the label's, where the number itself is right.

    `documents` as `labels.joined` gives them; `measure` is the score.py that tells when two figures or words are the same.
    """
    same = _module(measure)
    stated, right = Counter(), Counter()
    for document in documents:
        if part_of(document["id"]) != part:
            continue
        wanted = defaultdict(list)
        for label in document["figures"]:
            wanted[same.key(label)].append(label)
        for figure in _figures(document):
            if not (pool := wanted[same.key(figure)]):
                continue
            label = pool.pop(0)
            for name, theirs in LABEL.items():
                if figure[name] is not None:
                    row = f"{document['lang']} {name} precision"
                    stated[row] += 1
                    right[row] += same.overlaps(figure[name], label[theirs])
    return {row: round(right[row] / stated[row], 4) for row in sorted(stated)}


def part_of(name: str) -> str:
    """The part to which evaluate.py counts a document."""
    return "seen" if hashlib.sha1(name.encode()).hexdigest()[0] < "8" else "unseen"


def _figures(document: dict[str, Any]) -> list[dict[str, Any]]:
    known = {"version": "1", "versionCreated": PUBLISHED, "language": document["lang"], "body": document["text"]}
    return [asdict(figure) for figure in read(Article(uri=document["id"], **known)).figures]


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"shared_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
