"""The gate lets through whatever the engine would find a figure in."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.extract.figures import sentence_figures
from agents.extract.text.folding import fold
from agents.extract.text.gate import Needles, plain
from agents.extract.text.pack import codes, pack
from agents.extract.text.page import Page
from streams.inlets import files

REPLAY = Path(__file__).parents[2].parent / "shared" / "replay"
CASES = [(code, example["text"]) for code in codes() for example in pack(code).examples]
ARTICLES = 150  # of each replay file


def kept_out(text, code):
    """The sentences of a text in which the engine finds a figure and the gate none; behind a figure it isn't asked."""
    known, folded = pack(code), fold(text)
    page, told = Page(text, folded, known), known.gate.told(plain(folded))
    return [
        text[start:end]
        for n, (start, end) in enumerate(page.ends)
        if not known.gate.worth_reading(plain(folded[start:end]), told)
        and sentence_figures(page, n)
        and not (n and sentence_figures(page, n - 1))
    ]


@pytest.mark.parametrize(("code", "text"), CASES, ids=[f"{code}: {text[:50]}" for code, text in CASES])
def test_of_the_examples_nothing_is_kept_out(code, text):
    assert kept_out(text, code) == []


@pytest.mark.parametrize("code", codes())
def test_whatever_words_stand_beside_each_other(code):
    known = pack(code)
    words = st.sampled_from(sorted(known.gate.outcomes.words))
    counted = sorted(form for form, entry in known.table.items() if entry.number or entry.magnitude or entry.count)
    others = st.sampled_from(["12", "100,000", ".", ",", *counted])
    texts = st.lists(st.one_of(words, others, st.sampled_from(sorted(known.table))), max_size=12).map(" ".join)

    @settings(max_examples=300, deadline=None)
    @given(texts)
    def holds(text):
        assert kept_out(text, code) == []

    holds()


@pytest.mark.parametrize("path", sorted(REPLAY.glob("*.jsonl.gz")), ids=lambda path: path.name)
def test_of_the_news_beside_the_checkout_nothing_is_kept_out(path):
    for item in islice(files.items(path), ARTICLES):
        if isinstance(item, files.Read):
            assert kept_out(item.article.text, item.article.language) == []


@pytest.mark.parametrize(
    "text",
    [
        "12killed in Mosul",
        "(12) \u201ckilled\u201d",
        "12 people were shot\tdead",
        "12 people were shot\u3000dead",
        "12 people were shot  dead",
        "12 people were shot\u200d dead",
        "\ud800 12 killed",
    ],
)
def test_a_word_is_found_however_it_is_parted_from_others(text):
    assert pack("en").gate.told(plain(fold(text)))


def test_what_an_outcome_wants_must_stand_on_its_line():
    told = pack("en").gate.told
    assert told(plain(fold("They returned, all 12, to their homes.\nIt was late.")))
    assert not told(plain(fold("They returned, all 12.\nTheir homes were sold.")))


def test_part_of_a_word_is_no_outcome():
    assert not pack("en").gate.told(plain(fold("A deadline of 12 days, a painkiller.")))


def test_what_is_written_onto_a_word_is_no_part_of_another():
    needles = Needles(["kill", "rekill", "kill off", "off"])
    assert [word for word, *_ in needles.within("rekill, overkill; kill off skill-off")] == [
        "rekill",
        "kill",
        "kill off",
        "off",
        "off",
    ]
