"""Everything that may happen to a deployment, and what became of every record.

    python tests/torture [--minutes 12] [SCENARIO…]

Each scenario has an Apache Kafka of its own, workers that are started again when they end, and news that keeps coming
while harm is done. Afterwards, for each stage, the ids that it wrote are compared with what its plain step gives over
its input topic's log. Ends with 1 if a record is missing or extra, or a worker is stuck.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # this package, accounting, topic_log

from torture.ground import Ground, Row
from torture.scenarios import SCENARIOS, Absent


def play(name: str, seconds: float) -> Row:
    """One scenario, from a fresh cluster to its account."""
    scenario, nodes, _ = SCENARIOS[name]
    with tempfile.TemporaryDirectory() as folder, Ground(Path(folder), nodes=nodes) as ground:
        scenario(ground, seconds)
        return ground.settle(name)


def line(row: Row) -> str:
    """A row of the table: for extract/enrich/alert what was read and written, and what is wrong with it."""
    stages = lambda of: "/".join(str(of(account)) for account in row.accounts)  # noqa: E731
    return (
        f"| {row.scenario} | {row.articles} | {row.faults} | {row.restarts} | {stages(lambda a: a.wrote)} "
        f"| {stages(lambda a: len(a.missing) + len(a.missing_letters))} | {stages(lambda a: len(a.extra))} "
        f"| {stages(lambda a: a.duplicates)} | {stages(lambda a: a.refused)} | {row.settled:.0f} s | {row.wrong or ('yes' if row.right else 'no')} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--minutes", type=float, default=12.0, help="of harm, over all of them")
    args = parser.parse_args()
    if unknown := set(args.scenarios) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    names = args.scenarios or list(SCENARIOS)
    whole = sum(SCENARIOS[name][2] for name in names)
    print(
        "| scenario | articles | faults | restarts | wrote | missing | extra | duplicates | dead letters | lag zero after | well |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    rows = []
    for name in names:
        try:
            rows.append(play(name, 60 * args.minutes * SCENARIOS[name][2] / whole))
            print(line(rows[-1]), flush=True)
        except Absent as lacking:
            print(f"| {name} | left out: {lacking} |", flush=True)
    return 0 if all(row.right for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
