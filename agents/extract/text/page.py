"""An article while it is read: its sentences, and their items when they are asked for."""

from bisect import bisect_right
from operator import itemgetter

from agents.extract.text.entries import Pack
from agents.extract.text.segment import sentences
from agents.extract.text.words import UNKNOWN, Item, items
from streams.records import Span

SENTENCE = 600  # characters of a sentence to quote
EVIDENCE = 200  # characters of evidence


class Page:
    """`text` as published in `year`, `folded` the same length; `ends[n]` are sentence n's first and last position."""

    def __init__(self, text: str, folded: str, pack: Pack, year: int = 0) -> None:
        self.text, self.folded, self.pack, self.year = text, folded, pack, year
        self.ends = sentences(folded, pack.abbreviations)
        self._items: dict[int, list[Item]] = {}
        self._marks: dict[int, frozenset[str]] = {}
        self.notes: dict[tuple[str, int], object] = {}  # what other modules found, by their name and sentence

    def items(self, n: int) -> list[Item]:
        """The items of sentence n."""
        found = self._items.get(n)
        if found is None:
            found = self._items[n] = items(self.folded, *self.ends[n], self.pack)
        return found

    def marks(self, n: int) -> frozenset[str]:
        """All marks that any word of sentence n has: most questions end here."""
        known = self._marks.get(n)
        if known is None:
            known = self._marks[n] = frozenset().union(*{item.entry.marks for item in self.items(n)})
        return known

    def sentence_at(self, position: int) -> int:
        """The sentence in which a position lies."""
        return bisect_right(self.ends, position, key=itemgetter(0)) - 1

    def span(self, start: int, end: int) -> Span:
        """The characters from `start` up to, not including, `end`."""
        return Span(start=start, end=end, text=self.text[start:end])

    def words(self, n: int, first: int, last: int) -> Span:
        """Items `first` to `last` of sentence n, without the conjunction or preposition written onto the first."""
        items = self.items(n)
        start, lead = items[first].start, items[first].entry.lead
        if items[first].entry is UNKNOWN:
            lead = next((lead for clitic, lead in self.pack.leads if items[first].word.startswith(clitic)), 0)
        return self.span(start + lead, items[last].end)

    def cut(self, n: int, start: int, end: int, longest: int) -> Span:
        """Sentence n, or as much of it around `start`…`end` as `longest` allows."""
        first, last = self.ends[n]
        if last - first > longest:
            spare = max(0, longest - (end - start)) // 2
            first = max(first, min(start - spare, last - longest))
            last = min(last, first + longest)
        return self.span(first, last)
