"""Labels of our own: ids, digests and offsets, joined here with the texts, which belong to their publishers."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from streams.inlets import files
from streams.records import Article, Count, Magnitude, Measure, Qualifier, Scope, Unit

HERE = Path(__file__).parent
REPLAY = HERE.parents[2] / "shared" / "replay"
SPANS = ("victims", "place", "when", "source", "evidence")
LONGEST = 200  # characters of evidence

Offsets = tuple[Count, Count]  # code points of the article's text: text[start:end]


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A figure that a careful reader found; `implicit` and `unsure` ones are soft: no program is blamed for missing them."""

    measure: Measure
    low: Count | None
    high: Count | None
    qualifier: Qualifier
    magnitude: Magnitude | None
    unit: Unit
    implicit: bool
    scope: Scope
    victims: Offsets | None
    place: Offsets | None
    when: Offsets | None
    source: Offsets | None
    evidence: Offsets
    unsure: bool = False
    note: str | None = None


class Labelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that was read, whether or not it states a figure."""

    id: str  # the article's uri
    file: str  # of the replay files
    lang: str
    sha1: str  # of the text in UTF-8
    figures: tuple[Label, ...]


def labelled(lang: str) -> list[Labelled]:
    """The documents of one language, in the order they were labelled."""
    path = HERE / f"{lang}.jsonl"
    return [msgspec.json.decode(line, type=Labelled) for line in path.open("rb")] if path.exists() else []


def languages() -> list[str]:
    return sorted(path.stem for path in HERE.glob("??.jsonl"))


def articles(wanted: Iterable[str]) -> dict[str, tuple[str, Article]]:
    """uri → (replay file, article). Raises LookupError where one is in no file."""
    missing, found = set(wanted), {}
    for path in sorted(REPLAY.glob("*.jsonl.gz")):
        for item in files.items(path) if missing else ():
            if isinstance(item, files.Read) and item.article.uri in missing:
                missing.remove(item.article.uri)
                found[item.article.uri] = path.name.removesuffix(".jsonl.gz"), item.article
    if missing:
        raise LookupError(f"in no file of {REPLAY}: {', '.join(sorted(missing))}")
    return found


def digest(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()


def faults(document: Labelled, text: str) -> list[str]:
    """What is wrong with the labels of a document, a line each."""
    if document.sha1 != digest(text):
        return [f"{document.id}: labelled on another text than this"]
    return [f"{document.id}, figure {n}: {fault}" for n, f in enumerate(document.figures) for fault in _wrong(f, text)]


def _wrong(label: Label, text: str) -> Iterator[str]:
    yield from unbounded(label)
    if label.implicit and (label.low, label.high) != (1, 1):
        yield "implicit, but not one"
    for name in SPANS:
        if span := getattr(label, name):
            yield from outside(span, name, text)


def unbounded(figure: Any) -> Iterator[str]:
    """Where low, high and magnitude are not what the qualifier says."""
    low, high = figure.low, figure.high
    fits = {
        "exact": low == high is not None,
        "approx": low == high is not None,
        "at_least": high is None is not low,
        "more_than": high is None is not low,
        "at_most": low is None is not high,
        "less_than": low is None is not high,
        "range": None not in (low, high) and low < high,
        "vague": low is high is None is not figure.magnitude,
    }
    if not fits[figure.qualifier]:
        yield f"{figure.qualifier} does not go with {low} to {high}, {figure.magnitude}"


def outside(span: Offsets, name: str, text: str) -> Iterator[str]:
    """Where a span is no part of the text, or evidence is too long."""
    start, end = span
    if not 0 <= start < end <= len(text):
        yield f"{name} is not within the text: {span}"
    if name == "evidence" and end - start > LONGEST:
        yield f"evidence is longer than {LONGEST} characters"


def joined() -> Iterator[dict[str, Any]]:
    """All documents with their texts, spans as substrings. Raises ValueError where a text is another than was labelled."""
    documents = [document for lang in languages() for document in labelled(lang)]
    found = articles(document.id for document in documents)
    for document in documents:
        text = found[document.id][1].text
        if bad := faults(document, text):
            raise ValueError("\n".join(bad))
        figures = [msgspec.structs.asdict(label) for label in document.figures]
        for figure in figures:
            figure |= {name: figure[name] and text[slice(*figure[name])] for name in SPANS}
        yield {"id": document.id, "lang": document.lang, "src": document.file, "text": text, "figures": figures}


def offsets(text: str, piece: str | None, near: int) -> Offsets | None:
    """Where this substring stands: of several places, the one nearest to `near`, not within a longer word."""
    if piece is None:
        return None
    places = [start for start in range(len(text)) if text.startswith(piece, start)] if piece else []
    if not places:
        raise ValueError(f"not in the text: {piece!r}")
    start = min(places, key=lambda place: (text[place + len(piece) :][:1].isalnum(), abs(place - near)))
    return start, start + len(piece)


def located(plain: dict[str, Any], file: str, article: Article) -> Labelled:
    """Labels with substrings, as a person writes them, as labels with offsets. Raises ValueError."""
    text, figures = article.text, []
    for figure in plain["figures"]:
        try:
            start, _ = evidence = offsets(text, figure["evidence"], 0)
            spans = {name: offsets(text, figure[name], start) for name in SPANS[:-1]}
            figures.append(msgspec.convert(figure | spans | {"evidence": evidence}, Label))
        except ValueError as bad:
            raise ValueError(f"{article.uri}, {figure.get('evidence')!r}: {bad}") from None
    made = Labelled(id=article.uri, file=file, lang=article.language, sha1=digest(text), figures=tuple(figures))
    if bad := faults(made, text):
        raise ValueError("\n".join(bad))
    return made


def add(path: Path) -> list[Labelled]:
    """All labels of a file, or none: a document that is there already is labelled anew, in its place."""
    plain = {line["id"]: line for line in map(msgspec.json.decode, path.open("rb"))}
    found = articles(plain)
    made = [located(line, *found[uri]) for uri, line in plain.items()]
    for lang in sorted({document.lang for document in made}):
        after = {document.id: document for document in labelled(lang)}
        after |= {document.id: document for document in made if document.lang == lang}
        lines = [msgspec.json.encode(document) + b"\n" for document in after.values()]
        (HERE / f"{lang}.jsonl").write_bytes(b"".join(lines))
    return made
