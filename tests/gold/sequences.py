"""Update sequences of our own: which article of one event's coverage deserves an alert; texts joined here, as in labels.py."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
from gold import labels
from gold.labels import Offsets

from streams.records import MEASURES, Article, Count, Magnitude, Measure, Qualifier, Time

PATH = labels.HERE / "sequences.jsonl"


# What a desk makes of a figure, after all that earlier items said of the event; an alert is due on all but the last two.
Verdict = Literal["first", "raised", "lowered", "corrected", "disputed", "repeated", "stale"]


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A total that an item states for this event."""

    measure: Measure
    low: Count | None
    high: Count | None
    qualifier: Qualifier
    magnitude: Magnitude | None = None
    evidence: Offsets


class Item(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename={"torn": "or"}
):
    """An article, or a post; `about` is false where it does not report the event at all."""

    uri: str
    sha1: str  # of the text in UTF-8
    time: Time | None = None  # of publication, where the file has another: fakes-dev swaps day and month
    about: bool
    figures: tuple[Figure, ...] = ()
    verdict: dict[Measure, Verdict] = {}
    torn: dict[Measure, Verdict] = {}  # the other verdict, where two are as good


class Sequence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a replay file has on one event, in the order of time, and some items that must not be mixed up with it."""

    name: str
    event: str  # what, where, when
    file: str
    items: tuple[Item, ...]
    notes: str


def labelled() -> list[Sequence]:
    return [msgspec.json.decode(line, type=Sequence) for line in PATH.open("rb")] if PATH.exists() else []


def when(item: Item, article: Article) -> datetime:
    return item.time or article.versionCreated


def faults(sequence: Sequence, articles: Mapping[str, Article]) -> list[str]:
    """What is wrong with a sequence, a line each."""
    bad = [f"{item.uri}: {fault}" for item in sequence.items for fault in _wrong(item, articles[item.uri].text)]
    times = [when(item, articles[item.uri]) for item in sequence.items]
    if times != sorted(times):
        bad.append("the items are not in the order of time")
    if len({item.uri for item in sequence.items}) < len(sequence.items):
        bad.append("an item is there twice")
    for measure in MEASURES:
        said = [item.verdict[measure] for item in sequence.items if measure in item.verdict]
        if said and (said[0] != "first" or "first" in said[1:]):
            bad.append(f"{measure}: the first verdict, and no other, is first")
    return [f"{sequence.name}: {fault}" for fault in bad]


def _wrong(item: Item, text: str) -> Iterator[str]:
    if item.sha1 != labels.digest(text):
        yield "labelled on another text than this"
        return
    for figure in item.figures:
        yield from labels.unbounded(figure)
        yield from labels.outside(figure.evidence, "evidence", text)
    if item.verdict.keys() != {figure.measure for figure in item.figures}:
        yield "a verdict is of a measure with a figure, and every such measure has one"
    if not item.torn.keys() <= item.verdict.keys():
        yield "torn where there is no verdict"
    if item.figures and not item.about:
        yield "states a figure for an event that it is not about"


def joined() -> dict[str, Any]:
    """Name → sequence with its texts, as evaluate.py takes them. Raises ValueError where a text is another than was labelled."""
    sequences = labelled()
    found = _articles(sequences)
    if bad := [fault for sequence in sequences for fault in faults(sequence, found)]:
        raise ValueError("\n".join(bad))
    return {
        s.name: {"event": s.event, "items": [_joined(i, found[i.uri]) for i in s.items], "notes": s.notes}
        for s in sequences
    }


def _joined(item: Item, article: Article) -> dict[str, Any]:
    plain = msgspec.to_builtins(item)
    figures = [f | {"evidence": article.text[slice(*f["evidence"])]} for f in plain.get("figures", ())]
    time = f"{when(item, article):%FT%TZ}"
    return {
        "id": item.uri, "time": time, "outlet": article.source, "text": article.text, "about": item.about,
        "figures": figures, "verdict": plain.get("verdict", {}), "or": plain.get("or", {}),
    }  # fmt: skip


def _articles(sequences: Iterable[Sequence]) -> dict[str, Article]:
    found = labels.articles({item.uri for sequence in sequences for item in sequence.items})
    return {uri: article for uri, (_, article) in found.items()}


def located(plain: dict[str, Any], articles: Mapping[str, Article]) -> Sequence:
    """A sequence with substrings, as a person writes it, as one with offsets. Raises ValueError."""
    items = []
    for item in plain["items"]:
        text = articles[item["uri"]].text
        try:
            figures = [f | {"evidence": labels.offsets(text, f["evidence"], 0)} for f in item.get("figures", ())]
            items.append(msgspec.convert(item | {"sha1": labels.digest(text), "figures": figures}, Item))
        except ValueError as bad:
            raise ValueError(f"{plain['name']}, {item['uri']}: {bad}") from None
    made = msgspec.convert(plain | {"items": ()}, Sequence)
    made = msgspec.structs.replace(made, items=tuple(items))
    if bad := faults(made, articles):
        raise ValueError("\n".join(bad))
    return made


def add(path: Path) -> list[Sequence]:
    """All sequences of a file, or none: one that is there already is labelled anew, in its place."""
    plain = [msgspec.json.decode(line) for line in path.open("rb")]
    found = labels.articles({item["uri"] for sequence in plain for item in sequence["items"]})
    for sequence in plain:
        if {found[item["uri"]][0] for item in sequence["items"]} != {sequence["file"]}:
            raise ValueError(f"{sequence['name']}: not all items are of {sequence['file']}")
    made = [located(sequence, {uri: article for uri, (_, article) in found.items()}) for sequence in plain]
    after = {sequence.name: sequence for sequence in labelled() + made}
    PATH.write_bytes(b"".join(msgspec.json.encode(sequence) + b"\n" for sequence in after.values()))
    return made
