"""Names of places that only the word of place before them tells, in a language without capitals: «مدينة س»."""

from agents.extract.named.known import opening_countries
from agents.extract.text.page import Page
from agents.extract.text.words import Item, any_marked
from agents.gazetteer import gazetteer
from streams.records import Span

TELLS = frozenset(("place_in", "place_noun"))
COMMON = frozenset(("common",))
COMMAS = (",", "،")
SHORTEST = 4  # letters of a name with the conjunction written onto it
BRACKETS = {"(": ")", "«": "»", '"': '"', "“": "”"}  # a name may stand in


def told_by_heads(page: Page, n: int) -> list[Span]:
    """«مدينة س», «قرية (س)»."""
    items, out, read = page.items(n), [], 0
    for k in [k for k, item in enumerate(items) if not TELLS.isdisjoint(item.entry.marks)]:
        if k < read:
            continue  # part of the last name
        first, read = _name_at(page, items, k)
        if read > first:
            out.append(page.span(items[first].start, items[read - 1].end))
            if any_marked(items[k:first], "place_several"):
                out += _others(page, items, read)
    return out


def _name_at(page: Page, items: list[Item], k: int) -> tuple[int, int]:
    """First item of the name told at item `k`, and the one behind it; twice the same where none is told."""
    item, first = items[k], k + 1
    if item.has("place_in") and first < len(items) and _small_town(page, items[first]):
        return first, first + 1
    if not item.has("place_noun"):
        return first, first
    while first < len(items) and items[first].has("place_noun"):
        first += 1
    if first < len(items) and items[first].word in BRACKETS:
        return _bracketed(items, first)
    opens = first + 1 < len(items) and items[first].has("name_opens") and items[first + 1].kind == "word"
    if first < len(items) and items[first].has("honoured"):
        return first, first  # «مركز الملك سلمان»
    if first == len(items) or "def" in item.entry.clitics or not (opens or _plain(items[first])):
        return first, first
    if any(items[first].word.startswith(clitic) for clitic, _ in page.pack.leads):
        return first, first  # «حاجز للجيش»
    vague = items[first - 1].has("place_vague") and not items[first].word.startswith(page.pack.article)
    if vague and not _lies(items, first + 1 + opens):
        return first, first  # «منطقة آخذة في الانكماش»
    if not opens and not gazetteer().is_name(page.text[items[first].start : items[first].end]):
        return first, first  # «قرية تشادية»
    return first, first + 1 + opens


def _others(page: Page, items: list[Item], k: int) -> list[Span]:
    """The names joined to that of the first of several places, which ends before item `k`: «قرى الورد والنهضة وزهيرات»."""
    found = []
    while k < len(items):
        comma = items[k].word in COMMAS
        k += comma
        if k == len(items):
            break
        item = items[k]
        start = item.start + (0 if comma else 1)
        opens = item.has("name_opens") and k + 1 < len(items) and items[k + 1].kind == "word"
        joined = comma or item.joined or (len(item.word) >= SHORTEST and "conj" in page.pack.marks(item.word[0]))
        if not joined or not (opens or (_plain(item) and _called(page, page.text[start : item.end]))):
            break
        k += 1 + opens
        found.append(page.span(start, items[k - 1].end))
    return found


def _called(page: Page, word: str) -> bool:
    """Is it a name and no verb: with the article, or one that the gazetteer has?"""
    return word.startswith(page.pack.article) or bool(gazetteer().candidates(word))


def _lies(items: list[Item], k: int) -> bool:
    """«منطقة برمال بإقليم بكتيكا»: does `k` begin to say in what the place lies?"""
    return k < len(items) and items[k].has("place_noun") and items[k].entry.lead > 0


def _bracketed(items: list[Item], k: int) -> tuple[int, int]:
    """«قرية (دوما)», «بلدة "القديح"»: a name of one or two words."""
    for last in (k + 2, k + 3):
        if last < len(items) and items[last].word == BRACKETS[items[k].word]:
            named = all(_plain(item) or item.has("name_opens") for item in items[k + 1 : last])
            return (k + 1, last) if named else (k, k)
    return k, k


def _small_town(page: Page, item: Item) -> bool:
    """«في الحوطة»: a name that the gazetteer would not take in running text, of a country that the article opens with."""
    if not _plain(item) or item.has("common") or not item.word.startswith(page.pack.article):
        return False
    named = gazetteer().candidates(page.text[item.start : item.end])
    return any(p.kind == "city" and p.country in opening_countries(page) for p in named)


def _plain(item: Item) -> bool:
    """A word that the pack knows nothing else of."""
    entry = item.entry
    known = entry.noun or entry.outcome or entry.number or entry.magnitude
    return item.kind == "word" and not known and entry.marks <= COMMON
