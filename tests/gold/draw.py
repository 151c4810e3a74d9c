"""Which articles to label: drawn at random with a fixed seed, some that may state a figure and some that should not.

The stems serve the draw alone: nobody looks for figures with them.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gold.labels import REPLAY

from streams.inlets import files
from streams.records import Article

SEED = 20150721
SHORTEST, LONGEST = 200, 2500  # characters of a text
ALIKE = 0.5  # of the words of both texts together: near-duplicates
KNOWN = REPLAY.parent / "gold" / "gold.jsonl"  # labelled before, and looked at by many


@dataclass(frozen=True)
class Draw:
    files: tuple[str, ...]
    stems: re.Pattern[str]  # of an outcome word
    outcome: int  # how many articles with one
    other: int


DRAWS = {
    "ar": Draw(
        files=("saudinewsnet-dev",),
        stems=re.compile(
            r"\b[وفبلك]*(?:ال)?(?:[يتن]?قتل|مقتل|قتيل|مجزر|[يت]?جرح|جريح|[أايت]صيب|[إا]صاب|مصاب|شهيد|شهداء|[يت]?استشهد|[اإ]ستشهاد"
            r"|مصرع|حتفه|ضحية|ضحايا|وفا[ةت]|وفيات|توفي[ت]?\b|نازح|[يت]?نزوح|نزح|لاجئ|مشرد|تشريد|شرد|[يتا]*خت?طف|[اإ]ختطاف|مختط"
            r"|رهائن|رهين[ةت]|[أا]سير|[أا]سرى|مفقود|غرق|[إا]خلاء|[إا]جلاء)"
        ),
        outcome=150,
        other=50,
    ),
}


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text))


def drawn(draw: Draw) -> Iterator[str]:
    """Uris, those with an outcome word first; none is near to another, or to what was labelled before."""
    known = [json.loads(line) for line in KNOWN.open(encoding="utf-8")]
    labelled = {document["id"] for document in known}
    near = [words(document["text"]) for document in known]
    items = (item for name in draw.files for item in files.items(REPLAY / f"{name}.jsonl.gz"))
    read = {item.article.uri: item.article for item in items if isinstance(item, files.Read)}
    order = sorted(uri for uri, a in read.items() if _fits(a) and uri.rpartition(":")[2] not in labelled)
    random.Random(SEED).shuffle(order)
    left = {True: draw.outcome, False: draw.other}
    taken: dict[bool, list[str]] = {True: [], False: []}
    for uri in order:
        text = read[uri].text
        outcome, mine = bool(draw.stems.search(text)), words(text)
        if left[outcome] and not any(len(mine & other) > ALIKE * len(mine | other) for other in near):
            left[outcome] -= 1
            taken[outcome].append(uri)
            near.append(mine)
    yield from taken[True] + taken[False]


def _fits(article: Article) -> bool:
    return SHORTEST <= len(article.text) <= LONGEST
