"""Numbers spelled by num2words are read back, in both languages."""

import random

import pytest
from num2words import num2words

from agents.extract.counted.numbers import read
from agents.extract.text.folding import fold
from agents.extract.text.pack import pack
from agents.extract.text.words import items

SOME = random.Random(7)
NUMBERS = sorted(
    {*range(2, 130), *(10**k for k in range(2, 8)), *(SOME.randrange(10**k) for k in range(3, 8) for _ in range(60))}
)


@pytest.mark.parametrize("code", ["ar", "en", "fr"])
def test_num2words(code):
    wrong = []
    for number in NUMBERS:
        spelled = num2words(number, lang=code)
        text = fold(spelled).replace(",", "")
        line = items(text, 0, len(text), pack(code))
        found = read(line, 0)
        if found is None or found.value != number or found.last != len(line) - 1:
            wrong.append((number, spelled, found and found.value))
    assert not wrong, f"{len(wrong)} of {len(NUMBERS)}: {wrong[:12]}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("140 000", 140_000),
        ("260.000", 260_000),
        ("1,234", 1234),
        ("1.5 million", 1_500_000),
        ("2,5 million", 2_500_000),
        ("10, 000", 10_000),
    ],
)
def test_digits(text, value):
    line = items(text, 0, len(text), pack("en"))
    assert read(line, 0).value == value


@pytest.mark.parametrize("text", ["157.7", "1.23", "00441234567890"])
def test_no_counts(text):
    assert read(items(text, 0, len(text), pack("en")), 0) is None
