"""What holds for any text."""

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.extract.step import read
from agents.extract.text.folding import fold, word
from agents.extract.text.pack import codes, pack
from streams.records import Article

WORDS = [
    *["12", "people", "were", "killed", "and", "wounded", "30", "including", "3", "children", ",", ".", ";", "(", ")", "-", ":", "at", "least", "about", "between", "5,000"],
    *["قتل", "وأصيب", "12", "شخصا", "بينهم", "أطفال", "،", "على", "الأقل", "نحو", "قتيلان", "مئة", "وخمسة", "وعشرين", "ألف", "ـ", "مقتل", "و", "نزوح"],
    "\n", "&#8220;", "قُتـ.ـل", "د١عش", "\u200f", "٢٥", "ﻻ", "İ", "1.5 million", "half a million", "%",
]  # fmt: skip
PER_CHARACTER = 100e-6  # seconds; news takes less than a hundredth of it
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


PARAGRAPHS = {
    "en": [
        "A bomb killed 12 people in Mosul.", "Floods displaced 900 families along the river.", "Rebels kidnapped 15 nurses.",
        "At least 31 miners are missing.", "Some 47 people were hurt in a crash.", "Police closed 3 roads.",
    ],
    "ar": [
        "قتل 12 شخصا في الموصل.", "نزوح 900 عائلة بسبب السيول.", "اختطاف 15 عاملا في بغداد.", "فقدان 31 بحارا في العاصفة.",
        "أصيب 47 شخصا في حادث.", "أغلقت الشرطة 3 طرق.",
    ],
}  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from(sorted(PARAGRAPHS)))
def test_the_order_of_paragraphs_changes_no_set_of_figures(data, language):
    def counted(paragraphs):
        return {(f.measure, f.low, f.high, f.unit) for f in reading("\n\n".join(paragraphs), language).figures}

    shuffled = data.draw(st.permutations(PARAGRAPHS[language]))
    assert counted(shuffled) == counted(PARAGRAPHS[language])
    assert len(counted(shuffled)) == 5


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=1500), st.sampled_from(codes()))
def test_any_bytes_give_an_answer_in_bounded_time(raw, language):
    opener = "Shelling killed 12 people. " if language == "en" else "قتل 12 شخصا. "  # so that the gate lets it in
    body = opener + raw.decode("utf-8", "replace") * 8
    pack(language)
    began = process_time()
    found = reading(body, language)
    assert process_time() - began < 0.1 + len(body) * PER_CHARACTER
    assert all(body[f.evidence.start : f.evidence.end] == f.evidence.text for f in found.figures)


@pytest.mark.parametrize("language", codes())
def test_work_grows_with_the_text_and_no_faster(language):
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
