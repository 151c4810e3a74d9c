"""From the tables of a pack to one look-up table: inflected forms, clitics, phrases by their second word."""

from collections.abc import Container, Iterable
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from agents.extract.text.entries import Entry, Hedge, Outcome, Pack, Way
from agents.extract.text.folding import fold, word
from agents.extract.text.gate import Gate, Needles
from agents.extract.text.phrases import spelt
from agents.extract.text.words import WORD

NAMES = frozenset(["given_name"])  # «العمر» is not the name «عمر»
NO_COUNT = frozenset(["number_kill"])  # of the bare form alone: «يوم 12», but «قتل اليوم 12»
NAMES = frozenset(("title", "outlet"))  # «مدير عام», «المصري اليوم»: no time is told in them
TIME = frozenset(["weekday", "month", "time_word", "time_unit", "time_lead", "time_back", "time_since"])


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(word(found) for found in WORD.findall(fold(phrase)))


class _Builder:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.table: dict[str, Entry] = {}
        self.bare: set[str] = set()  # words of outcomes whose clitic forms all trigger
        self.phrases: dict[tuple[str, ...], Entry] = {}
        self.clitics = [
            (fold(c["text"]), frozenset(c["marks"]), tuple(c.get("only", []))) for c in settings.get("clitics", [])
        ]
        self.article = fold(settings.get("article", ""))
        self.duals = settings.get("dual", [])
        self.dual_or_plural = settings.get("dual_or_plural", [])
        self.accusative = settings.get("accusative", [])  # endings of one person as an object
        self.feminine = settings.get("feminine", {})

    def entry(self, phrase: str) -> Entry:
        words = _words(phrase)
        if not words:
            raise ValueError(f"an empty word in a pack: {phrase!r}")
        if len(words) == 1:
            return self.table.setdefault(words[0], Entry())
        return self.phrases.setdefault(words, Entry())

    def mark(self, name: str, phrases: Iterable[str]) -> None:
        for phrase in spelt(phrases):
            entry = self.entry(phrase)
            entry.marks |= {name}

    def dual(self, singular: str) -> list[str]:
        """The duals of a singular; endings that look like a plural's are for feminine nouns alone."""
        for feminine, stem in self.feminine.items():
            if singular.endswith(feminine):
                return [singular[: -len(feminine)] + stem + ending for ending in (*self.duals, *self.dual_or_plural)]
        return [singular + ending for ending in self.duals]

    def free(self, form: str) -> bool:
        """May a form be made of a noun, or is it another word: «طالبان», not two students?"""
        known = self.table.get(word(fold(form)))
        return known is None or not ("not_noun" in known.marks or known.number or known.noun or known.outcome)

    def objects(self, singular: str) -> list[str]:
        """A singular as an object, where that is written; very short words give other words."""
        if len(singular) < 3 or " " in singular or singular.endswith(tuple(self.feminine)):
            return []
        return [form for form in (singular + end for end in self.accusative) if self.free(form)]

    def noun(self, row: dict[str, Any]) -> None:
        for phrase in row.get("singular", []):
            entry = self.entry(phrase)
            entry.noun, entry.count = row["unit"], 1
        for phrase in row.get("one", []):
            entry = self.entry(phrase)
            entry.noun, entry.count = row["unit"], 1
        duals = list(spelt(row.get("dual", [])))
        for phrase in row.get("singular", []):
            for form in self.objects(phrase):
                entry = self.entry(form)
                entry.noun, entry.count = row["unit"], 1
        for phrase in row.get("singular", []):
            duals += [d for d in self.dual(phrase) if len(_words(phrase)) == 1 and self.free(d)]
        for phrase in duals:
            entry = self.entry(phrase)
            entry.noun, entry.count = row["unit"], 2
        for phrase in spelt([*row.get("words", []), *row.get("plural", [])]):
            self.entry(phrase).noun = row["unit"]

    def outcome(self, row: dict[str, Any]) -> None:
        known = {name: row[name] for name in ("reach", "scope", "needs", "near", "strong", "single") if name in row}
        ways = tuple(Way(direction, row["name"], **known) for direction in row["binds"])
        outcome = Outcome(row["measure"], ways)
        for phrase in spelt(row["words"]):
            entry = self.entry(phrase)
            before = entry.outcome
            if before is not None and before.measure == outcome.measure:
                entry.outcome = Outcome(outcome.measure, tuple(dict.fromkeys(before.ways + outcome.ways)))
            else:
                entry.outcome = outcome
        for phrase in row.get("dual", []):
            entry = self.entry(phrase)
            entry.outcome, entry.count = outcome, 2
        for phrase in row.get("singular", []):
            entry = self.entry(phrase)
            entry.outcome, entry.count = entry.outcome or outcome, 1

    def leads(self) -> tuple[tuple[str, int], ...]:
        """Clitics that end in the article: unmistakable on a word that the pack does not know."""
        found = [(clitic, self.lead(clitic, marks)) for clitic, marks, _ in self.clitics if "def" in marks]
        return tuple(sorted((row for row in found if row[1]), key=lambda row: -len(row[0])))

    def lead(self, clitic: str, marks: frozenset[str]) -> int:
        """How many letters of a clitic stand before the article."""
        if self.article and clitic.endswith(self.article):
            return len(clitic) - len(self.article)
        return len(clitic) - ("def" in marks)  # «لل»: the article has lost its first letter

    def base(self, form: str) -> Entry | None:
        """The entry of a word, without what is written onto it."""
        known = self.table.get(form) or self.table.get(form.removesuffix("'s"))
        for clitic, _, _ in self.clitics if known is None or known.empty else ():
            if form.startswith(clitic) and form[len(clitic) :] in self.table:
                return self.table[form[len(clitic) :]]
        return known

    def expanded(self) -> dict[str, Entry]:
        for words, entry in self.phrases.items():
            for part in words:  # a phrase still says what its words say of time
                known = self.base(part)
                if known is not None and not entry.number and not entry.outcome and entry.marks.isdisjoint(NAMES):
                    entry.marks |= known.marks & TIME
            first = self.table.setdefault(words[0], Entry())
            first.phrases = first.phrases or {}
            first.phrases.setdefault(words[1], []).append((words[1:], entry))
            first.phrases[words[1]].sort(key=lambda p: -len(p[0]))
        table = dict(self.table)
        for clitic, marks, only in self.clitics:
            lead = self.lead(clitic, marks)
            for base, entry in self.table.items():
                if only and not base.startswith(only):
                    continue
                form = clitic + base
                table[form] = _joined(table.get(form), replace(entry, clitics=marks, lead=lead))
        return table


def _joined(known: Entry | None, written: Entry) -> Entry:
    """A word with a clitic, where the pack may know that very form: what it says itself wins.

    Where it only marks the form, the article still shows the noun: «المواطن» is one of «مواطن».
    """
    if known is None:
        if not written.phrases:
            return written
        known = Entry()
    phrases = written.phrases and {
        second: [(rest, replace(e, clitics=written.clitics, lead=written.lead)) for rest, e in found]
        for second, found in written.phrases.items()
    }
    if known.phrases:
        phrases = {**(phrases or {}), **known.phrases}
    if known.empty:
        return replace(written, phrases=phrases)
    told = known.noun or known.outcome or known.number or known.hedge or known.magnitude
    if told or "def" not in written.clitics or not (written.noun or written.outcome) or written.marks & NAMES:
        return replace(known, phrases=phrases)
    return replace(written, marks=known.marks | (written.marks - NO_COUNT), phrases=phrases)


def _near(table: dict[str, Entry]) -> dict[str, Needles]:
    """Outcomes that are none without a marked word ("returned", near a home): the words of which one must be there."""
    wanted = {
        form: frozenset(way.near for way in entry.outcome.ways)
        for form, entry in table.items()
        if entry.outcome is not None and all(way.near for way in entry.outcome.ways)
    }
    saying: dict[frozenset[str | None], set[str]] = {marks: set() for marks in wanted.values()}
    for form, entry in table.items():
        told = entry.marks.union(*(phrase.marks for _, phrase in entry.followed())) if entry.phrases else entry.marks
        for marks, words in saying.items() if told else ():
            if not marks.isdisjoint(told):
                words.add(form)
    found = {marks: Needles(words) for marks, words in saying.items()}
    return {form: found[marks] for form, marks in wanted.items()}


def _outcomes(table: dict[str, Entry], near: Container[str]) -> set[str]:
    """The words that are outcomes, and the phrases that are one without holding such a word."""
    words = {form for form, entry in table.items() if entry.outcome is not None}
    alone = {form for form in words if form not in near}
    phrases = {
        _longest((form, *rest))
        for form, entry in table.items()
        for rest, phrase in entry.followed()
        if phrase.outcome is not None and alone.isdisjoint((form, *rest))
    }
    return words | phrases


def _longest(phrase: tuple[str, ...]) -> str:
    """The longest part of a phrase that only spaces part: "with third - degree burns" may be written with or without."""
    runs = [list(run) for plain, run in groupby(phrase, str.isalpha) if plain]
    return max(map(" ".join, runs), key=len)


def _counts(entry: Entry) -> bool:
    """May a quantity begin with this word, or is one person in it?"""
    here = entry.number or entry.magnitude or entry.count or not entry.marks.isdisjoint(("one_in_it", "one_hurt"))
    return bool(here) or (entry.phrases is not None and any(_counts(phrase) for _, phrase in entry.followed()))


def build(code: str, data: dict[str, Any]) -> Pack:
    """A pack out of its merged tables. Raises KeyError or ValueError for a table that cannot be used."""
    settings = data["pack"]
    builder = _Builder(settings)
    for name, phrases in data.get("marks", {}).items():
        builder.mark(name, phrases)
    for kind, values in data.get("numbers", {}).items():
        for phrase, value in values.items():
            builder.entry(phrase).number = (kind, value)
    for name, phrases in data.get("magnitudes", {}).items():
        for phrase in phrases:
            builder.entry(phrase).magnitude = name
    for row in data.get("noun", []):
        builder.noun(row)
    for row in data.get("outcome", []):
        builder.outcome(row)
    for row in data.get("hedge", []):
        for side in ("before", "after"):
            for phrase in row.get(side, []):
                entry = builder.entry(phrase)
                entry.hedge = replace(entry.hedge or Hedge(row["qualifier"]), **{side: True})
    table = builder.expanded()
    near = _near(table)
    subject_first = settings.get("subject_first", False)
    countable = None if subject_first else Needles(form for form, entry in table.items() if _counts(entry))
    return Pack(
        code=code,
        head=settings["head"],
        article=fold(settings.get("article", "")),
        capitals=settings["capitals"],
        subject_first=subject_first,
        abbreviations=frozenset(settings.get("abbreviations", [])),
        table=table,
        gate=Gate(Needles(_outcomes(table, near)), near, countable),
        leads=builder.leads(),
        examples=data.get("example", []),
    )
