"""A place name in an article, and what the words beside it say."""

from dataclasses import dataclass, field

from agents.gazetteer import Place
from agents.gazetteer.kinds import NOTHING, Beside
from streams.records import Span


@dataclass(slots=True)
class Mention:
    """A place name in the article, with the places that it may mean."""

    span: Span
    may_be: tuple[tuple[float, Place], ...]  # the likeliest by the name alone first
    heard: bool = False  # found by its sound only
    beside: Beside = NOTHING
    located: bool = False  # the words before say that something happened there; or it is the dateline
    speaks_for: dict[str, float] = field(default_factory=dict)  # how much the name says for each country
    inside: "Mention | None" = None  # what the text says it lies in: "Taji, north of Baghdad"
    surely: bool = False  # … said in words, not with a comma only
    place: Place | None = None  # what it means here; None where nothing of that name can be meant

    @property
    def near_by(self) -> bool:
        """Whether something happened by the place, not in it."""
        return self.beside.near_by

    @property
    def aside(self) -> bool:
        """Whether it is named for another reason than that something happened there."""
        return self.beside.aside
