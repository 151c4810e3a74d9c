"""The program on the labelled news beside the checkout: both parts of every set, against committed floors.

    python tests/score.py            prints the table; exit code 1 where a figure is below its floor

The labelled news belongs to its publishers and is not part of the project; without it there is nothing to score.
The labels of the sets `own` and `own alerts` are in tests/gold, only their texts are beside the checkout.
Look at the documents of part `seen` as you work; `unseen` is only scored.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gold import labels, sequences
from gold.stated import precision

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")
SETS = {  # name → what evaluate.py scores it as, and its file
    "figures": ("figures", SHARED / "gold" / "gold.jsonl"),
    "own": ("figures", None),
    "places": ("places", SHARED / "gold" / "places.jsonl"),
    "alerts": ("alerts", SHARED / "replay" / "sequences.json"),
    "own alerts": ("alerts", None),
}


@contextmanager
def documents(name: str) -> Iterator[Path]:
    """The file of a set; our own labels are joined with their texts for as long as it is read."""
    what, path = SETS[name]
    if path:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.jsonl"
        joined = labels.joined() if what == "figures" else [sequences.joined()]
        path.write_text("".join(json.dumps(document) + "\n" for document in joined), "utf-8")
        yield path


def evaluate(name: str, part: str) -> dict[str, float]:
    """Figure name → value, for one set and one part."""
    command = f"{sys.executable} -m agents.cli read --json"
    what, _ = SETS[name]
    with documents(name) as path:
        done = subprocess.run(
            [sys.executable, SHARED / "gold" / "evaluate.py", what, path, "--part", part, "--json", "--command", command],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        labelled = [json.loads(line) for line in path.open("rb")] if what == "figures" else []
    result = json.loads(done.stdout)
    if what != "figures":
        return {name: value for name, value in result.items() if isinstance(value, int | float)}
    named = {"broken spans": result["broken_spans"]}
    for group in ("ar explicit", "en explicit", "ar all", "en all"):
        rows = result["figures"].get(group, {})
        named |= {f"{group} {row}": rows[row] for row in ("precision", "recall", "f1") if rows}
    named |= {name: row["accuracy"] for name, row in result["attributes"].items()}
    return named | precision(labelled, part, SHARED / "gold" / "score.py")


def below(floors: dict[str, float], scores: dict[str, float]) -> list[str]:
    """What is below its floor, a line each; of broken spans none is allowed."""
    return [
        f"{name}: {scores[name]}, the floor is {floor}"
        for name, floor in floors.items()
        if (scores[name] > floor if name == "broken spans" else scores[name] < floor)
    ]


def main() -> int:
    if not SHARED.exists():
        print(f"nothing to score: there is no labelled news at {SHARED}")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    failed = []
    for name in SETS:
        seen, unseen = evaluate(name, "seen"), evaluate(name, "unseen")
        print(f"\n{name:24} {'seen':>8} {'unseen':>8} {'floor':>8}")
        for row in unseen:
            print(f"{row:24} {seen.get(row, '-'):>8} {unseen[row]:>8} {floors.get(name, {}).get(row, ''):>8}")
        failed += [f"{name}: {line}" for line in below(floors.get(name, {}), unseen)]
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
