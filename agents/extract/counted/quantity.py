"""What is counted: a number with its hedge and its noun, as one thing that an outcome can take."""

from agents.extract.text.words import Item


class Quantity:
    """Items `first` to `last` (hedge to noun). `kind`: person, household, thing, other, unknown, bare."""

    __slots__ = (
        "definite",
        "first", "high", "implicit", "kind", "last", "low", "magnitude", "noun", "number",
        "qualifier", "rule", "scope", "single", "unit",
    )  # fmt: skip

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.number: tuple[int, int] | None = None  # first and last item of the number itself
        self.noun: int | None = None  # the item that says who
        self.kind, self.unit = "bare", "person"
        self.low: int | None = None
        self.high: int | None = None
        self.qualifier, self.magnitude = "exact", None
        self.implicit = False
        self.definite = False  # the one, not a one: counted only right beside its outcome
        self.rule = ""
        self.scope: str | None = None
        self.single = "yes"  # what its outcome says of one person: set by binding

    @property
    def counts_people(self) -> bool:
        """Does it say that it counts people?"""
        return self.kind in ("person", "household", "other")


STOPPING = frozenset(
    ["agent", "aux", "break", "conj", "conj_far", "modal", "neg", "of", "place_prep", "prep", "range_and", "range_link"]
).union(["rel", "speech", "subset", "that"])


def stops(item: Item) -> bool:
    """Can a noun phrase not go on with this word?"""
    entry = item.entry
    return (
        item.kind != "word"
        or entry.outcome is not None
        or entry.number is not None
        or entry.magnitude is not None
        or (entry.hedge is not None)
        or item.joined
        or bool(entry.marks & STOPPING)
        or "prep" in entry.clitics
    )
