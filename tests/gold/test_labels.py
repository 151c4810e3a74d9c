"""Our own labelled news: the labels fit their texts, where the replay files are there to show it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from gold import labels

from streams.records import Article

TEXT = "Two guards were killed in Port Ash on Monday, and a nurse was hurt on Tuesday, police said."
ARTICLE = Article(uri="urn:a", version="1", versionCreated=datetime(2020, 1, 1, tzinfo=UTC), language="en", body=TEXT)
KILLED = {
    "measure": "killed", "low": 2, "high": 2, "qualifier": "exact", "magnitude": None, "unit": "person", "implicit": False,
    "scope": "incident", "victims": "guards", "place": "Port Ash", "when": "on Monday", "source": "police",
    "evidence": "Two guards were killed",
}  # fmt: skip


def test_labels_fit_their_texts():
    if not labels.REPLAY.exists():
        pytest.skip(f"no replay files at {labels.REPLAY}: the texts belong to their publishers")
    documents = list(labels.joined())
    assert documents
    assert len({document["id"] for document in documents}) == len(documents)


def test_substrings_become_offsets():
    made = labels.located({"id": "urn:a", "figures": [KILLED]}, "wire", ARTICLE)
    assert [TEXT[slice(*span)] for span in (made.figures[0].victims, made.figures[0].evidence)] == [
        "guards",
        "Two guards were killed",
    ]
    assert not labels.faults(made, TEXT)


def test_of_several_places_the_nearest_whole_word():
    text = "Ashland: two died at Ash on Monday, and on Monday night the road to Ash was shut."
    plain = KILLED | {"victims": None, "place": "Ash", "when": "Monday", "source": None, "evidence": "two died"}
    made = labels.located({"id": "urn:a", "figures": [plain]}, "wire", replace(ARTICLE, body=text)).figures[0]
    assert (made.place[0], made.when[0]) == (text.index("at Ash") + 3, text.index("Monday"))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"place": "Port Elm"}, "not in the text"),
        ({"evidence": ""}, "not in the text"),
        ({"measure": "dead"}, "Invalid enum value"),
        ({"high": None}, "exact does not go with 2 to None"),
        ({"low": None, "high": None, "qualifier": "vague"}, "vague does not go"),
        ({"implicit": True}, "implicit, but not one"),
        ({"notes": ""}, "unknown field"),
    ],
)
def test_a_slip_is_refused(wrong, reason):
    with pytest.raises(ValueError, match=reason):
        labels.located({"id": "urn:a", "figures": [KILLED | wrong]}, "wire", ARTICLE)


def test_another_text_is_refused():
    made = labels.located({"id": "urn:a", "figures": [KILLED]}, "wire", ARTICLE)
    assert labels.faults(made, TEXT + " (corrected)") == ["urn:a: labelled on another text than this"]
