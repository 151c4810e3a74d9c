"""Our own labelled news: the labels fit their texts, where the replay files are there to show it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from gold import labels, sequences

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


LATER = "Port Ash: a third guard has died of the blast, the hospital said. A nurse is missing."
PAPERS = {
    "urn:a": ARTICLE,
    "urn:b": replace(ARTICLE, uri="urn:b", body=LATER, versionCreated=datetime(2020, 1, 2, tzinfo=UTC)),
}
FIRST = {
    "uri": "urn:a", "about": True, "verdict": {"killed": "first"},
    "figures": [{"measure": "killed", "low": 2, "high": 2, "qualifier": "exact", "evidence": "Two guards were killed"}],
}  # fmt: skip
SEQUENCE = {
    "name": "port_ash", "event": "A blast in Port Ash.", "file": "wire", "notes": "",
    "items": [FIRST, {"uri": "urn:b", "about": False}],
}  # fmt: skip


def test_sequences_fit_their_texts():
    if not labels.REPLAY.exists():
        pytest.skip(f"no replay files at {labels.REPLAY}: the texts belong to their publishers")
    names = [sequence.name for sequence in sequences.labelled()]
    assert names
    assert list(sequences.joined()) == names


def test_a_followed_event_has_offsets():
    made = sequences.located(SEQUENCE, PAPERS)
    assert TEXT[slice(*made.items[0].figures[0].evidence)] == "Two guards were killed"
    assert [item.about for item in made.items] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"figures": []}, "every such measure has one"),
        ({"verdict": {}}, "every such measure has one"),
        ({"verdict": {"killed": "raised"}}, "the first verdict"),
        ({"verdict": {"killed": "new"}}, "Invalid enum value"),
        ({"or": {"injured": "first"}}, "torn where there is no verdict"),
        ({"about": False}, "not about"),
        ({"time": "2020-01-03T00:00:00Z"}, "not in the order of time"),
        ({"figures": [FIRST["figures"][0] | {"evidence": "Three guards"}]}, "not in the text"),
        ({"figures": [FIRST["figures"][0] | {"high": None}]}, "exact does not go with 2 to None"),
    ],
)
def test_a_slip_in_a_sequence_is_refused(wrong, reason):
    with pytest.raises(ValueError, match=reason):
        sequences.located(SEQUENCE | {"items": [FIRST | wrong, SEQUENCE["items"][1]]}, PAPERS)


def test_a_sequence_on_another_text_is_refused():
    made = sequences.located(SEQUENCE, PAPERS)
    other = {uri: replace(article, body=article.body + " (corrected)") for uri, article in PAPERS.items()}
    assert sequences.faults(made, other) == [f"port_ash: {uri}: labelled on another text than this" for uri in PAPERS]
