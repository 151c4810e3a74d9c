"""What `tollwire read --explain` says of each number."""

from datetime import UTC, datetime

import pytest

from agents.extract.explain import explain
from streams.records import Article


def told(body, language="en"):
    created = datetime(2024, 5, 1, tzinfo=UTC)
    return list(explain(Article(uri="u", version="1", versionCreated=created, language=language, body=body)))


def test_a_figure_is_shown_with_its_sentence_its_outcome_and_its_rule():
    (sentence,) = told("The blast killed 12 people.")
    assert sentence.sentence == "The blast killed 12 people."
    assert sentence.lines == ("12 people: killed by 'killed' (rule: killed: participle or past)",)


@pytest.mark.parametrize(
    ("language", "body", "number", "why"),
    [
        ("en", "The blast could kill 12 people.", "12 people", "not real"),
        ("en", "The 40 passengers were not hurt.", "40 passengers", "negated"),
        ("en", "The blast killed a guard and destroyed 12 houses.", "12 houses", "counts things"),
        ("en", "The blast killed 12 people on 5 March 2014.", "2014", "a date"),
        ("en", "A guard was killed. The market has 12 gates.", "12", "what became of people"),
        ("en", "A guard was killed in a town where, the mayor says, some 300 traders meet.", "300 traders", "near"),
        ("en", "Nine people are killed a week there.", "Nine people", "a rate"),
        ("ar", "قتل جندي. قد يؤدي ذلك إلى مقتل 12 شخصا", "12 شخصا", "not real"),
    ],
)
def test_a_number_left_out_has_a_reason(language, body, number, why):
    lines = [line for sentence in told(body, language) for line in sentence.lines]
    assert any(line.split(": left out, ")[0].endswith(number) and why in line for line in lines), lines


def test_the_same_told_again_and_texts_without_anything():
    lines = [
        line
        for sentence in told("A raid killed 12 people.\n\nIn all, 12 people were killed.")
        for line in sentence.lines
    ]
    assert sum("told already" in line for line in lines) == 1
    (nothing,) = told("The library has 12 rooms.")
    assert "nothing in it" in nothing.lines[0]
    (drill,) = told("In a disaster drill 12 people were killed.")[:1]
    assert "drill" in drill.lines[0]


def test_a_part_in_a_sentence_of_its_own_is_told_with_its_rule():
    (_, part) = told("The blast killed 12 people. Four were children.")
    assert len(part.lines) == 1
    assert part.lines[0].startswith("Four were children: killed by")
    assert part.lines[0].endswith("(rule: part of the sentence before)")
