"""How grave an alert is, by measure: the least number of people for moderate, severe and extreme.

The steps are those on which desks and monitors act: ten dead and a hundred dead are what is commonly
called a mass-casualty event and a disaster; displacement is counted by the thousand.
"""

from streams.records import Measure, Severity, Unit

STEPS: dict[str, tuple[int, int, int]] = {
    "killed": (5, 20, 100),
    "injured": (20, 100, 500),
    "killed_or_injured": (10, 50, 250),
    "missing": (5, 20, 100),
    "captured": (5, 20, 100),
    "displaced": (1_000, 10_000, 100_000),
    "evacuated": (1_000, 10_000, 100_000),
    "returned": (1_000, 10_000, 100_000),
}
LEVELS: tuple[Severity, ...] = ("minor", "moderate", "severe", "extreme")
HOUSEHOLD = 5  # persons, to compare households with the steps


def severity(measure: Measure, unit: Unit, count: int | None) -> Severity:
    """The level of so many people or households; of nobody, minor.

    >>> severity("killed", "person", 4), severity("killed", "person", 20), severity("displaced", "household", 2_500)
    ('minor', 'severe', 'severe')
    """
    people = (count or 0) * (HOUSEHOLD if unit == "household" else 1)
    return LEVELS[sum(people >= step for step in STEPS[measure])]
