"""Is memory flat? Replayed news, again and again, each round later and under other names, through all three steps.

    python tests/memory.py [FILE…] [--articles 200000]     default: the replay files beside the checkout

Prints what the process holds as it goes: resident MiB, articles remembered by enrich, situations by alert. Each round
of the files begins where the last one ended, so that what is kept for days must go by the articles' own clock.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agents.read import Chain
from streams.inlets import files
from streams.records import Article

REPLAY = Path(__file__).parents[2] / "shared" / "replay"
STEPS = 20  # lines of the table


def rounds(paths: list[Path]) -> Iterator[Article]:
    """The articles of the files in the order of time, for ever: in each round as much later as all of them span."""
    articles = sorted(
        (item.article for path in paths for item in files.items(path) if isinstance(item, files.Read)),
        key=lambda one: one.versionCreated,
    )
    span = articles[-1].versionCreated - articles[0].versionCreated + timedelta(hours=1)
    number = 0
    while True:
        for one in articles:
            yield replace(one, uri=f"{one.uri}:{number}", versionCreated=one.versionCreated + number * span)
        number += 1


def resident() -> float:
    """MiB of memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=200_000)
    args = parser.parse_args()
    chain, began = Chain(), time.monotonic()
    _, enrich, alert = chain.stages
    print(f"{'articles':>9} {'seconds':>8} {'MiB':>6} {'remembered':>11} {'situations':>11} {'state, MiB':>11}")
    for number, article in enumerate(rounds(args.files or [REPLAY / "saudinewsnet-dev.jsonl.gz"]), 1):
        chain.feed(article)
        if number % (args.articles // STEPS) == 0:
            state = sum(len(value) for stage in (enrich, alert) for value in stage.store.values()) / 2**20
            print(
                f"{number:>9} {time.monotonic() - began:>8.0f} {resident():>6.0f} {len(enrich.store):>11}"
                f" {len(alert.store):>11} {state:>11.1f}",
                flush=True,
            )
        if number == args.articles:
            break


if __name__ == "__main__":
    sys.exit(main())
