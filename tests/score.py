"""The program on the labelled news beside the checkout: both parts of every set, against committed floors.

    python tests/score.py            prints the table; exit code 1 where a figure is below its floor

The labelled news belongs to its publishers and is not part of the project; without it there is nothing to score.
Look at the documents of part `seen` as you work; `unseen` is only scored.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")
SETS = {
    "figures": SHARED / "gold" / "gold.jsonl",
    "places": SHARED / "gold" / "places.jsonl",
    "alerts": SHARED / "replay" / "sequences.json",
}


def evaluate(what: str, part: str) -> dict[str, float]:
    """Figure name → value, for one set and one part."""
    command = f"{sys.executable} -m agents.cli read --json"
    done = subprocess.run(
        [sys.executable, SHARED / "gold" / "evaluate.py", what, SETS[what], "--part", part, "--json", "--command", command],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(done.stdout)
    if what != "figures":
        return {name: value for name, value in result.items() if isinstance(value, int | float)}
    named = {"broken spans": result["broken_spans"]}
    for group in ("ar explicit", "en explicit", "ar all", "en all"):
        named |= {f"{group} {name}": result["figures"][group][name] for name in ("precision", "recall", "f1")}
    return named | {name: row["accuracy"] for name, row in result["attributes"].items()}


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
    for what in SETS:
        seen, unseen = evaluate(what, "seen"), evaluate(what, "unseen")
        print(f"\n{what:24} {'seen':>8} {'unseen':>8} {'floor':>8}")
        for name in unseen:
            print(f"{name:24} {seen.get(name, '-'):>8} {unseen[name]:>8} {floors.get(what, {}).get(name, ''):>8}")
        failed += [f"{what}: {line}" for line in below(floors.get(what, {}), unseen)]
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
