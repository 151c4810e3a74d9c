"""Work grows with the text and no faster, whatever stands in it, and nothing raises."""

from datetime import UTC, datetime
from time import process_time

import pytest

from agents.extract.step import read
from streams.records import Article

SOME, MANY = 20_000, 160_000  # characters; a rule that compares all with all takes 64 times as long
LEAST = 0.001  # seconds under which a clock tells nothing
TWELVE = {"en": "Shelling killed 12 people in Mosul. ", "ar": "قتل 12 شخصا في الموصل. "}  # opens the gate

REPEATED = {
    "en": [
        "7", "1,1", "1 ", "12, ", "one hundred thousand and ", "killed", "killed ", "killed and wounded ",
        "12 people were killed and ", "12 killed\n", "a soldier was killed. ", "he said 12 were killed. ",
        "12 were killed in Mosul on Monday, the army said. ", "killed 3 in Mosul, ", "including 3 children ",
        "lorem ipsum dolor sit amet. ", "Mosul, ", "al-", "Al-", "Al ", "South Korea ", "17 A", "A", "A'", "a'", "a-", "A. ", "a.",
        ".", "?!", '"', "(", "()", "- ", " ", "\n", "\t", "&", "&#8220;", "e\u0301", "\u0301", "İ", "\ud800", "\x00", "_", "’",
    ],
    "ar": [
        "٧", "و", "و ", "قتل", "قتل ", "وقتل وأصيب ", "وقتل 12 شخصا وأصيب ثلاثة ", "قتل خمسة أشخاص في مدينة الموصل يوم الأحد. ",
        "قتيلان ", "مئة ألف و", "بينهم ", "وأضاف ", "الموصل ", "الموصل، ", "ال", "للموصل و", "مدينة ", "ـ", "ـ.", "قَتَلَ ", "َ",
        "\u200d", "\u200f ", "ﻻ", "«", "،", "؟", "د١عش", "ی", "🕌",
    ],
}  # fmt: skip
CASES = [(language, piece) for language, pieces in REPEATED.items() for piece in pieces]


def article(language, piece, characters):
    body = TWELVE[language] + piece * (characters // len(piece))
    return Article(uri="u", version="1", versionCreated=datetime(2024, 5, 1, tzinfo=UTC), language=language, body=body)


def cost(given, rounds):
    spent = []
    for _ in range(rounds):
        began = process_time()
        read(given)
        spent.append(process_time() - began)
    return min(spent)


@pytest.mark.parametrize(("language", "piece"), CASES, ids=[f"{language} {piece!a}" for language, piece in CASES])
def test_eight_times_the_text_is_about_eight_times_the_work(language, piece):
    some = cost(article(language, piece, SOME), 3)
    assert cost(article(language, piece, MANY), 2) < 24 * max(some, LEAST)


@pytest.mark.parametrize("deep", ["(" * 100_000 + ")" * 100_000, "([" * 50_000, "«" * 100_000 + "»" * 100_000])
def test_nesting_is_no_recursion(deep):
    assert [f.low for f in read(article("en", deep, len(deep))).figures] == [12]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_million_characters(language):
    for piece in ("7", "و", "x", "lorem ipsum. "):
        assert [f.low for f in read(article(language, piece, 1_000_000)).figures] == [12]
