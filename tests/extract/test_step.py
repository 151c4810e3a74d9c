"""What a reading holds besides its figures."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agents.extract.step import read
from streams.records import Article

ARTICLE = Article(
    uri="urn:a",
    version="3",
    versionCreated=datetime(2024, 5, 1, tzinfo=UTC),
    headline="Blast kills 12 people",
    body="It was in a market.",
    language="en",
)


def test_it_repeats_the_article():
    reading = read(ARTICLE)
    assert (reading.uri, reading.version, reading.headline, reading.language) == ("urn:a", "3", ARTICLE.headline, "en")
    assert [f.low for f in reading.figures] == [12]


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_what_is_not_published_says_nothing(status):
    reading = read(replace(ARTICLE, pubStatus=status))
    assert reading.figures == ()
    assert reading.content != read(ARTICLE).content


def test_a_language_without_a_pack():
    reading = read(replace(ARTICLE, language="fi"))
    assert (reading.language, reading.figures) == ("fi", ())


@pytest.mark.parametrize(
    ("language", "body"), [("en", "Gunmen killed 12 people in the town."), ("ar", "قتل مسلحون 12 شخصا في المدينة")]
)
def test_the_language_is_told_where_none_is_given(language, body):
    reading = read(replace(ARTICLE, language=None, headline=None, body=body))
    assert reading.language == language
    assert [f.low for f in reading.figures] == [12]


def test_regions_and_empty_texts():
    assert read(replace(ARTICLE, language="en-GB")).figures
    assert read(replace(ARTICLE, headline=None, body="", language=None)).language == "und"


def test_content_tells_versions_apart():
    assert read(ARTICLE).content == read(replace(ARTICLE, version="4")).content
    assert read(ARTICLE).content != read(replace(ARTICLE, body="Elsewhere.")).content


def test_copies_have_like_fingerprints():
    text = " ".join(f"word{n}" for n in range(80)) + " where gunmen killed 12 people"
    one, copy, other = (
        read(replace(ARTICLE, headline=None, body=body)).fingerprint
        for body in (text, text + " on Monday", "Floods displaced 900 families along the river after a week of rain.")
    )

    def alike(a, b):
        a, b = b64decode(a), b64decode(b)
        return sum(a[i : i + 4] == b[i : i + 4] for i in range(0, 256, 4)) / 64

    assert alike(one, copy) > 0.8
    assert alike(one, other) < 0.2


def test_a_million_killed_without_a_span_of_time_is_context():
    """A war's or a disease's toll, not an event's: it must not alert as if it were news."""
    body = "The disease killed 7.4 million people, the minister said."
    (figure,) = read(replace(ARTICLE, headline=None, body=body)).figures
    assert (figure.low, figure.scope) == (7_400_000, "background")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "A bomb killed 12 people. In another suicide attack, five policemen were killed. Nine others died later.",
        ),
        ("ar", "قتل 12 شخصا في انفجار. وفي هجوم انتحاري آخر قتل خمسة من الشرطة. وتوفي تسعة آخرون لاحقا."),
    ],
)
def test_a_figure_says_whether_its_sentence_tells_of_another_event(language, body):
    figures = read(replace(ARTICLE, language=language, headline=None, body=body)).figures
    assert [f.another for f in figures] == [False, True, False]
