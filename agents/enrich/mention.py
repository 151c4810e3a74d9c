"""A place name in an article, and what the words beside it say."""

from dataclasses import dataclass

from agents.gazetteer import Place
from streams.records import Span


@dataclass(slots=True)
class Mention:
    """A place name in the article, with the places that it may mean."""

    span: Span
    may_be: tuple[tuple[float, Place], ...]
    place: Place | None = None  # what it means here; None where nothing of that name can be meant
    kind: str | None = None  # what the words beside it call it
    near_by: bool = False
    located: bool = False  # the words before say that something happened there
    surely: bool = False  # … said in words, not with a comma only
    inside: "Mention | None" = None  # what the text says it lies in: "Taji, north of Baghdad"
    heard: bool = False  # found by its sound only
    aside: bool = False  # named for another reason than that it happened there
