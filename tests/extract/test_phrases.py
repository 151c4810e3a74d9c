"""Phrases with alternatives."""

from agents.extract.text.phrases import spelt


def test_alternatives_are_spelt_out():
    assert list(spelt(["took (the | many |) lives (lost)"])) == [
        "took the lives lost",
        "took many lives lost",
        "took lives lost",
    ]


def test_a_plain_phrase_is_itself():
    assert list(spelt(["shot dead", "لقوا مصرعهم"])) == ["shot dead", "لقوا مصرعهم"]


def test_endings_are_written_onto_their_word():
    assert list(spelt(["جنود(ه | ها |)"])) == ["جنوده", "جنودها", "جنود"]
