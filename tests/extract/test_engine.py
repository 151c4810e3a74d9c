"""The engine alone: a language that nobody speaks, in the twenty words that the rules need."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agents.extract.figures import figures
from agents.extract.step import read
from agents.extract.text.folding import fold
from agents.extract.text.gate import plain
from agents.extract.text.lexicon import build
from agents.extract.text.page import Page
from streams.records import Article

XX = {
    "pack": {"head": "first", "capitals": False},
    "numbers": {"unit": {"ba": 2, "bo": 3}, "ten": {"deka": 20}, "scale": {"kil": 1000}},
    "magnitudes": {"dozens": ["dekari"]},
    "noun": [
        {"unit": "person", "singular": ["mun"], "words": ["muna", "puera"]},
        {"unit": "household", "words": ["famila"]},
        {"unit": "thing", "words": ["doma"]},
    ],
    "outcome": [
        {"name": "dead before", "measure": "killed", "binds": ["right"], "words": ["zork"]},
        {"name": "hurt before", "measure": "injured", "binds": ["right"], "words": ["zirt"]},
        {"name": "dead counted", "measure": "killed", "binds": ["count"], "words": ["morta"]},
        {"name": "toll", "measure": "killed", "binds": ["toll"], "words": ["tolo"]},
        {"name": "fled", "measure": "displaced", "binds": ["left"], "words": ["fugi"]},
    ],
    "hedge": [{"qualifier": "at_least", "before": ["mintu"]}, {"qualifier": "approx", "after": ["pli"]}],
    "marks": {
        "conj": ["ku"], "number_joint": ["ku"], "subset": ["inter"], "neg": ["nul"], "modal": ["povi"], "other": ["autra"],
        "place_prep": ["en"], "range_link": ["ad"], "break": ["kiam"], "toll": ["ad"], "rate": ["jare"], "elsewhere": ["alie"],
    },
}  # fmt: skip
PACK = build("xx", XX)

CASES = [
    ("Zork ba muna.", ["killed 2"]),
    ("Zork 12 muna ku zirt 30.", ["killed 12", "injured 30"]),
    ("Zork mintu bo kil muna.", ["killed 3000+"]),
    ("Zork 40 muna pli.", ["killed 40"]),
    ("Zork 15-20 muna.", ["killed 15-20"]),
    ("Zork bo ku deka muna.", ["killed 23"]),
    ("Zork dekari muna.", ["killed dozens"]),
    ("Zork 12 muna, inter bo puera.", ["killed 12", "killed 3 part"]),
    ("Zork 12 muna ku bo autra.", ["killed 12", "killed 3"]),
    ("Zork 12 muna en Lum ku 5 en Rad.", ["killed 12", "killed 5"]),
    ("Zork mun.", ["killed 1 implied"]),
    ("En Lum 12 morta.", ["killed 12"]),
    ("Tolo ad 70.", ["killed 70"]),
    ("900 famila fugi.", ["displaced 900 families"]),
    ("Nul zork ba muna.", []),
    ("Povi zork ba muna.", []),
    ("Zork ba doma.", []),
    ("Zork 300 muna jare.", []),
    ("Ba muna en Lum.", []),
    ("Gruk 12 muna.", []),
]


def said(figure):
    if figure.qualifier == "range":
        number = f"{figure.low}-{figure.high}"
    else:
        number = figure.magnitude or figure.low or figure.high
    parts = [f"{figure.measure} {number}{'+' if figure.qualifier == 'at_least' else ''}"]
    parts += ["families"] * (figure.unit == "household") + ["part"] * (figure.scope == "subtotal")
    return " ".join(parts + ["implied"] * figure.implicit)


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_an_invented_language(text, wanted):
    folded = fold(text)
    told = PACK.gate.told(plain(folded))
    found = figures(Page(text, folded, PACK, 2024), told) if told else ()
    assert [said(figure) for figure in found] == wanted
    assert all(text[f.evidence.start : f.evidence.end] == f.evidence.text for f in found)


def test_no_language_is_in_the_engine():
    """Without its own words no text says anything, not even one in a language that has a pack."""
    english = "Gunmen killed 12 people and wounded 30."
    assert not PACK.gate.told(plain(fold(english)))
    article = Article(
        uri="u", version="1", versionCreated=datetime(2024, 5, 1, tzinfo=UTC), language="en", body=english
    )
    assert read(article).figures
    assert not read(replace(article, language="xx")).figures
