"""What holds for any text."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.extract.pack import codes, pack
from agents.extract.step import read
from agents.extract.text import fold, word
from streams.records import Article

WORDS = [
    *["12", "people", "were", "killed", "and", "wounded", "30", "including", "3", "children", ",", ".", ";", "(", ")", "-", ":", "at", "least", "about", "between", "5,000"],
    *["قتل", "وأصيب", "12", "شخصا", "بينهم", "أطفال", "،", "على", "الأقل", "نحو", "قتيلان", "مئة", "وخمسة", "وعشرين", "ألف", "ـ", "مقتل", "و", "نزوح"],
    "\n", "&#8220;", "قُتـ.ـل", "د١عش", "\u200f", "٢٥", "ﻻ", "İ", "1.5 million", "half a million", "%",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), NEWS)
UNRELATED = {
    "en": "\n\nThe library opens its doors again. Readers like it.",
    "ar": "\n\nتفتح المكتبة أبوابها من جديد. يحبها القراء.",
}


def reading(body, language="ar", headline=None):
    created = datetime(2024, 5, 1, tzinfo=UTC)
    return read(Article(uri="u", version="1", versionCreated=created, language=language, headline=headline, body=body))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(codes()), st.one_of(st.none(), st.text(min_size=1, max_size=30)))
def test_spans_are_their_text(body, language, headline):
    text = f"{headline}\n\n{body}" if headline else body
    found = reading(body, language, headline)
    for figure in found.figures:
        parts = (figure.victims, figure.place, figure.when, figure.attribution, figure.number)
        for span in (figure.evidence, figure.sentence, *(p for p in parts if p)):
            assert text[span.start : span.end] == span.text
            assert span.text
        assert len(figure.evidence.text) <= 200
        assert len(figure.sentence.text) <= 600
        assert figure.low is not None or figure.high is not None or figure.magnitude
        assert figure.rule
    for span in found.mentions:
        assert text[span.start : span.end] == span.text


@given(st.text())
def test_folding(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert word(word(fold(text))) == word(fold(text))


@settings(deadline=None)
@given(NEWS, st.sampled_from(codes()))
def test_an_unrelated_paragraph_changes_nothing(body, language):
    if language not in UNRELATED:
        pytest.skip("no unrelated paragraph in this language")
    assert reading(body, language).figures == reading(body + UNRELATED[language], language).figures


@pytest.mark.parametrize("language", codes())
def test_work_grows_with_the_text_and_no_faster(language):
    from time import process_time

    piece = "قتل 12 شخصا و" if language == "ar" else "killed 12 people and "
    pack(language)

    def cost(times):
        start = process_time()
        reading(piece * times, language)
        return process_time() - start

    cost(100)
    assert cost(16_000) < 40 * max(cost(1_000), 0.01)


def test_same_input_same_answer():
    body = "Gunmen killed 12 people in the market."
    assert reading(body, "en") == reading(body, "en")
    assert len(reading(body, "en").fingerprint) == 344  # 256 bytes in base64
