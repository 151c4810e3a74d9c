"""Numbers that count nobody: dates, ages, money, parts of names."""

from agents.extract.counted.numbers import Number
from agents.extract.text.words import Item

FAR = 6  # words from a number to its noun at most


def no_count(items: list[Item], number: Number, singular: bool = False) -> bool:
    """Is it no count, but a date, an age, money, a part of a name? `singular`: do numbers take the singular?"""
    before = items[number.first - 1] if number.first else None
    after = items[number.last + 1] if number.last + 1 < len(items) else None
    if number.digits and before is not None and before.word == "," and after is not None and after.word == ",":
        told = items[number.first - 2] if number.first > 1 else None
        name = told is not None and told.kind == "word" and (told.entry.empty or told.entry.count == 1)
        if name and (number.value or 0) < 120:
            return True  # an age: "Radio reporter Ali Hassan, 57, was shot"
    if (
        number.digits
        and number.first > 1
        and items[number.first - 1].kind == "digits"
        and items[number.first - 2].has("month")
    ):
        return True  # "August 12 2016"
    if number.magnitude == "several" and before is not None and before.has("superlative"):
        return True  # «أكبر عدد من الضحايا»
    if number.first > 1 and _one_in(items[number.first - 2 : number.first]):
        return True  # "one in five"
    if number.digits and _listed_age(items, number.first - 1):
        return True  # "two women, aged 34 and 51, died"
    if before is not None and (before.word in "$€£#" or before.has("money_before") or _on_month(items, number.first)):
        return True
    if after is not None:
        near = after
        if near.has("of") and number.last + 2 < len(items) and items[number.last + 2].has("month"):
            return True  # "the 8th of July"
        if near.word == "/" and number.last + 2 < len(items) and items[number.last + 2].kind == "digits":
            return True
        if (
            near.word in ("%", "٪", "°", "$", "€", "£", "#")
            or near.has("month")
            or near.has("month_dated")
            or near.has("unit_after")
        ):
            return True
        if near.word == ":" and number.last + 2 < len(items) and items[number.last + 2].kind == "digits":
            return near.end == items[number.last + 2].start
        if near.word == "-" and near.end < items[-1].end and number.last + 2 < len(items):
            joined = items[number.last + 2]
            if near.start == items[number.last].end < near.end < joined.start and joined.kind == "word":
                return True  # the first of a list: "1- Ali Hassan"
            if joined.start == near.end and near.start == items[number.last].end and joined.kind == "word":
                return joined.entry.noun != "person" and joined.entry.outcome is None
        if (
            number.digits
            and after.start == items[number.last].end
            and after.kind == "word"
            and after.word in ("st", "nd", "rd", "th")
        ):
            return True
    definite = "def" in items[number.first].entry.clitics and not number.digits
    if definite and before is not None and (before.has("time_unit") or before.entry.noun == "thing"):
        return True  # "the five past days"
    if definite and before is not None and before.has("place_prep") and (after is None or after.entry.noun is None):
        return True  # «شاب في العشرين»
    if before is not None:
        if before.word in (":", "/") and number.first > 1 and items[number.first - 2].kind == "digits":
            return before.end == items[number.first].start
        if before.word == "-" and number.first > 1 and before.end == items[number.first].start:
            previous = items[number.first - 2]
            if previous.end == before.start and previous.kind == "digits":
                return True  # the rest of a date: "9-11-2014"
            if previous.end == before.start and previous.kind == "word" and previous.entry.number is None:
                return True
    if len(items[number.first].word) == 4 and number.digits and 1900 <= (number.value or 0) <= 2100:
        if before is not None and before.has("month"):
            return True
        people = after is not None and (after.entry.noun in ("person", "household") or after.entry.outcome is not None)
        people = people and after is not None and (after.entry.count != 1 or (singular and not _in(before)))
        return not people or (before is not None and before.has("year_before")) or _heads(before, number)
    return bool(number.digits and items[number.first].word.startswith("0"))


def _one_in(before: list[Item]) -> bool:
    one, joint = before[0].entry.number, before[1]
    return one is not None and one[0] == "weak" and joint.has("place_prep") and not joint.has("of")


def _heads(before: Item | None, number: Number) -> bool:
    """ "2016 terrorists executed": does a sentence begin with what may be a year, and is no round number?"""
    return before is None and (number.value or 0) % 50 > 0


def _in(before: Item | None) -> bool:
    """Does "in" stand before what may be a year?"""
    return before is not None and (before.has("place_prep") or before.has("time_since"))


def _listed_age(items: list[Item], k: int) -> bool:
    """Does only a list of digits stand between item k and "aged"?"""
    least = max(0, k - 2 * FAR)
    while k > least and (items[k].kind == "digits" or items[k].word == "," or items[k].has("conj")):
        k -= 1
    return k >= 0 and items[k].has("age_before")


def _on_month(items: list[Item], k: int) -> bool:
    """Is it the day or year behind a month, "March 5"? In "on 12 March 20 people" the day is said already."""
    return items[k - 1].has("month") and not (k > 1 and items[k - 2].kind == "digits")
