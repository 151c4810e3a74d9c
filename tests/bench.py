"""Speed, as ratios within one run: each stage against a bare loop over the same articles.

    python tests/bench.py [FILE…]     default: the replay files beside the checkout, else the seeds

The bare loop decodes the article from its bytes, validates it and encodes it again: what any consumer of the
topic must do. Times vary with the machine; the ratios much less. spaCy's tokenizers are timed if installed.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from agents.extract.step import read
from agents.flow import Alert, Enrich, Extract, Stage
from agents.read import apply
from streams import wire
from streams.inlets import files
from streams.records import Article

ROOT = Path(__file__).parents[1]
REPLAY = ROOT.parent / "shared" / "replay"
ARTICLES = 1500
ROUNDS = 5


def articles(path: Path) -> list[Article]:
    """The first articles of a file."""
    return list(islice((item.article for item in files.items(path) if isinstance(item, files.Read)), ARTICLES))


def seconds(work: Callable[[], object]) -> float:
    """The median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - began)
    return statistics.median(rounds)


def bare(values: Sequence[bytes]) -> None:
    """Decode, validate, encode."""
    for value in values:
        wire.encode(wire.decode(value, Article))


def run(stage: Stage, records: Sequence[object]) -> list[object]:
    """All records through a stage from a fresh state; what it sent on."""
    sent = []
    for offset, record in enumerate(records):
        outcome = stage.step(record, offset)
        apply(stage, outcome)
        sent += outcome.records
    return sent


def peers(language: str) -> dict[str, Callable[[str], object]]:
    """spaCy's tokenizer, and its sentencizer on top, where spaCy is installed."""
    try:
        import spacy
    except ImportError:
        return {}
    tokenizer, sentences = spacy.blank(language), spacy.blank(language)
    sentences.add_pipe("sentencizer")
    return {"spaCy tokenizer": tokenizer, "spaCy sentencizer": sentences}


def report(name: str, given: list[Article]) -> None:
    """Print a table for one set of articles."""
    values = [wire.encode(article) for article in given]
    thousand = sum(len(article.text) for article in given) / 1000
    base = seconds(lambda: bare(values))
    print(f"\n{name}: {len(given)} articles, {1000 * thousand / len(given):.0f} characters each on average")
    readings = run(Extract(), given)
    events = run(Enrich({}), readings)
    rows = {
        "bare loop": base,
        "extract": seconds(lambda: run(Extract(), given)),
        "enrich": seconds(lambda: run(Enrich({}), readings)),
        "alert": seconds(lambda: run(Alert({}), events)),
    }
    for row, spent in rows.items():
        print(f"  {row:18} {1e6 * spent / thousand:8.1f} µs per 1,000 characters  {spent / base:7.2f} × bare")
    print(
        f"  {len(events)} events: enrich {1e6 * rows['enrich'] / max(1, len(events)):.0f}, alert {1e6 * rows['alert'] / max(1, len(events)):.0f} µs an event"
    )
    with_figures = [article for article, reading in zip(given, readings, strict=True) if reading.figures]
    rest = [article for article, reading in zip(given, readings, strict=True) if not reading.figures]
    for label, part in (("with figures", with_figures), ("with nothing to find", rest)):
        if part:
            spent = seconds(lambda part=part: [read(article) for article in part])
            print(
                f"  extract, articles {label}: {1e9 * spent / sum(len(a.text) for a in part):.1f} µs per 1,000 characters"
            )
    for peer, work in peers(given[0].language or "en").items():
        spent = seconds(lambda work=work: [work(article.text) for article in given[:100]])
        print(f"  {peer:18} {1e9 * spent / sum(len(a.text) for a in given[:100]):8.1f} µs per 1,000 characters")


def main() -> None:
    paths = (
        [Path(name) for name in sys.argv[1:]]
        or sorted(REPLAY.glob("*.jsonl.gz"))
        or sorted((ROOT / "seeds").glob("*.jsonl"))
    )
    for path in paths:
        report(path.name, articles(path))


if __name__ == "__main__":
    main()
