"""Readings made by hand: spans are found in the text, so that they are always true."""

from datetime import UTC, datetime, timedelta

from agents.gazetteer import gazetteer
from streams.ids import digest
from streams.records import Figure, Reading, Span

NOON = datetime(2017, 5, 9, 12, tzinfo=UTC)


def span(text: str, part: str | None, start: int = 0) -> Span | None:
    """Where `part` stands in the text."""
    if part is None:
        return None
    at = text.index(part, start)
    return Span(start=at, end=at + len(part), text=part)


def figure(text: str, evidence: str, number: str | None = None, low: int | None = None, **said: object) -> Figure:
    """A figure of the text; `high` is `low` unless said, victims and the like are parts of the text."""
    parts = {name: span(text, said.pop(name, None)) for name in ("victims", "place", "when", "attribution")}
    sentence = said.pop("sentence", text)
    given = {"measure": "killed", "high": low, "qualifier": "exact", "rule": "by hand", **said}
    return Figure(low=low, evidence=span(text, evidence), number=span(text, number), sentence=span(text, sentence),
                  **parts, **given)  # fmt: skip


def reading(
    text: str, *figures: Figure, version: int | str = 1, language: str = "en", uri: str = "urn:x:1",
    status: str = "usable", minutes: int | None = None,
) -> Reading:  # fmt: skip
    """One version's reading; a version is a minute younger than the one before."""
    later = minutes if minutes is not None else int(version)
    return Reading(
        uri=uri, version=str(version), versionCreated=NOON + timedelta(minutes=later), language=language,
        pubStatus=status, headline=None, source="Daily", link=None, content=digest(status, text), fingerprint="",
        mentions=gazetteer().mentions(text), figures=figures if status == "usable" else (),
    )  # fmt: skip
