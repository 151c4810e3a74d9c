"""Speed, as ratios within one run: each stage against a bare loop over the same articles, and what a start costs.

    python tests/bench.py [FILE…]     default: the replay files beside the checkout, else the seeds

The bare loop decodes the article from its bytes, validates it and encodes it again: what any consumer of the
topic must do. All times are of this process's CPU; they vary with the machine, the ratios much less. spaCy is
timed on the same texts where it is installed: its tokenizer, its sentencizer with a matcher for our outcome
words, and its small models.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

from alert.stories import HARIM, NOON, SYRIA, day, event

from agents.extract.step import read
from agents.extract.text.pack import pack
from agents.flow import Alert, Enrich, Extract, Stage
from agents.read import apply
from streams import wire
from streams.inlets import files
from streams.records import Article, Reading

ROOT = Path(__file__).parents[1]
REPLAY = ROOT.parent / "shared" / "replay"
ARTICLES = 1500
FOR_PEERS = 60  # articles; the models take a fifth of a second for one
ROUNDS = 5
TWELVE = {"ar": "قتل 12 شخصا في الموصل.", "en": "Shelling killed 12 people in Mosul."}


def articles(path: Path) -> list[Article]:
    """The first articles of a file."""
    return list(islice((item.article for item in files.items(path) if isinstance(item, files.Read)), ARTICLES))


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the median of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        rounds.append(time.process_time() - began)
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


def enriching(readings: list[Reading]) -> None:
    """Print what a figure costs in enrich, after half of the articles: when the others come first, and when they come again."""
    before, after = readings[: len(readings) // 2], readings[len(readings) // 2 :]
    figures = sum(len(reading.figures) for reading in after)
    if not figures:
        return
    run(Enrich({}), before)
    began = time.process_time()
    run(Enrich({}), after)
    first, again = time.process_time() - began, seconds(lambda: run(Enrich({}), after))
    print(
        f"  enrich, {figures} figures: {1e6 * first / figures:.0f} µs a figure, {1e6 * again / figures:.0f} when it comes again"
    )


def crowd(told: int = 18_000, measured: int = 2_000) -> None:
    """Print what an event costs in a country with ten thousand live situations: a month of war in 3,200 towns."""
    random = Random(1)
    places = [
        replace(HARIM, name=f"Town {n}", geonames_id=n, admin1=f"Province {n % 14}", lat=20 + n % 80 / 4, lon=30 + n // 80 / 2)
        for n in range(3200)
    ] + [SYRIA, None] * 40  # fmt: skip
    stage, spent = Alert({}), []
    for offset in range(told):
        hour, count = 720 * offset / told, random.choice([random.randint(1, 9), random.randint(1, 60), "dozens"])
        said = event(count, hour, location=random.choice(places), window=day(NOON + timedelta(hours=hour)))
        began = time.process_time()
        apply(stage, stage.step(said, offset))
        spent.append(time.process_time() - began)
    last = sorted(spent[-measured:])
    print(
        f"\n{len(stage.situations)} live situations in one country: alert {1e6 * statistics.mean(last):.0f} µs an event,"
        f" 99 of 100 within {1e6 * last[-measured // 100]:.0f}"
    )


def peers(language: str) -> dict[str, Callable[[str], object]]:
    """What spaCy offers for a language, where it is installed."""
    try:
        import spacy
        from spacy.matcher import Matcher
    except ImportError:
        return {}
    tokenizer, sentences = spacy.blank(language), spacy.blank(language)
    sentences.add_pipe("sentencizer")
    matcher = Matcher(sentences.vocab)
    outcome = {"LOWER": {"IN": sorted(word for word in pack(language).gate.outcomes.words if " " not in word)}}
    matcher.add(
        "toll", [[{"LIKE_NUM": True}, {"OP": "{0,4}"}, outcome], [outcome, {"OP": "{0,4}"}, {"LIKE_NUM": True}]]
    )
    models = [name for name in spacy.util.get_installed_models() if name.startswith(f"{language}_core_")]
    return {
        "spaCy tokenizer": tokenizer,
        "spaCy sentencizer + matcher": lambda text: matcher(sentences(text)),
    } | {name: spacy.load(name) for name in models}


def report(name: str, given: list[Article]) -> None:
    """Print a table for one set of articles."""
    readings = run(Extract(), given)
    print(f"\n{name}: {len(given)} articles")
    enriching([reading for reading in readings if reading.figures])
    events = run(Enrich({}), readings)
    _table(
        given,
        {
            "extract": lambda: run(Extract(), given),
            "enrich": lambda: run(Enrich({}), readings),
            "alert": lambda: run(Alert({}), events),
        },
    )
    if events:
        spent = seconds(lambda: run(Alert({}), events))
        print(f"  {len(events)} events: alert {1e6 * spent / len(events):.0f} µs an event")
    with_figures = [article for article, reading in zip(given, readings, strict=True) if reading.figures]
    rest = [article for article, reading in zip(given, readings, strict=True) if not reading.figures]
    for label, part in (("with figures", with_figures), ("with nothing to find", rest)):
        if part:
            print(f"  {len(part)} of them {label}:")
            _table(part, {"extract": lambda part=part: [read(article) for article in part]})
    some = (with_figures or rest)[:FOR_PEERS]
    works = peers(given[0].language or "en")
    if works:
        print(f"  spaCy, on {len(some)} of those {'with figures' if with_figures else 'with nothing to find'}:")
        _table(
            some,
            {"extract": lambda: [read(article) for article in some]}
            | {peer: lambda work=work: [work(article.text) for article in some] for peer, work in works.items()},
        )


def _table(given: list[Article], works: dict[str, Callable[[], object]]) -> None:
    """A line for each work on these articles, beside the bare loop over them."""
    values = [wire.encode(article) for article in given]
    thousand = sum(len(article.text) for article in given) / 1000
    base = seconds(lambda: bare(values))
    for row, spent in ({"bare loop": base} | {row: seconds(work) for row, work in works.items()}).items():
        print(
            f"    {row:28} {1e6 * spent / thousand:9.1f} µs per 1,000 characters {spent / base:9.1f} × bare", flush=True
        )


def start(language: str) -> None:
    """Print what `tollwire read` costs for one sentence: nearly all of it is the start."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.txt"
        path.write_text(TWELVE[language], "utf-8")
        command = [sys.executable, "-m", "agents.cli", "read", "--language", language, str(path)]
        costs = [_cost(command) for _ in range(ROUNDS)]
    spent, peak = statistics.median(cpu for cpu, _ in costs), max(memory for _, memory in costs)
    print(f"tollwire read, one sentence ({language}): {spent:.2f} s of CPU, peak {peak:.0f} MiB resident")


def _cost(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak MiB of a command."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024)


def main() -> None:
    paths = (
        [Path(name) for name in sys.argv[1:]]
        or sorted(REPLAY.glob("*.jsonl.gz"))
        or sorted((ROOT / "seeds").glob("*.jsonl"))
    )
    for language in TWELVE:
        start(language)
    for path in paths:
        if given := articles(path):
            report(path.name, given)
    crowd()


if __name__ == "__main__":
    main()
