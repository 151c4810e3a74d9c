"""The number grammar: from items to values. What the words mean comes from the pack."""

import re

from agents.extract.text.words import Item

GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$|\d{1,2}(?:,\d{2})+,\d{3}$")  # "1,234,567", Indian "12,34,567"
LARGEST = 10**10  # more people than there are; a longer run of digits is no count


class Number:
    """A number in the text: items `first` to `last`, `value` or `magnitude`; `high` for a range."""

    __slots__ = ("digits", "first", "high", "last", "magnitude", "value", "weak")

    def __init__(self, first: int, last: int, value: int | None, magnitude: str | None = None) -> None:
        self.first, self.last, self.value, self.magnitude = first, last, value, magnitude
        self.high: int | None = None
        self.weak = False  # a word that is a number only beside a noun: one
        self.digits = False


def digits(text: str, scaled: bool) -> float | None:
    """What digits with separators mean: "260.000" and "1,234" are whole, "1.5" only before a scale."""
    if text.isdecimal():
        return int(text) if len(text) <= 10 else None
    if GROUPED.match(text) and not text.startswith("0"):
        if scaled and len(text) <= 5:
            return float(text.replace(",", "."))
        return int(text.replace(",", "").replace(".", "")) if len(text) <= 13 else None
    parts = re.split("[.,]", text)
    if len(parts) == 2 and (scaled or not parts[1].strip("0")) and len(text) <= 12:
        return float(".".join(parts))
    return None


def _numeral(items: list[Item], i: int) -> tuple[str, float] | None:
    item = items[i]
    if item.kind != "word" or (item.has("glued") and not _touches_digits(items, i)):
        return None
    return item.entry.number


def _touches_digits(items: list[Item], i: int) -> bool:
    """ "1.4m", but not "a 3 m wall" nor "Mr K": a letter is a scale only right behind digits."""
    return i > 0 and items[i - 1].kind == "digits" and items[i - 1].end == items[i].start


def _scale(items: list[Item], i: int) -> bool:
    numeral = _numeral(items, i) if i < len(items) else None
    return numeral is not None and numeral[0] == "scale"


def read(items: list[Item], i: int) -> Number | None:
    """The longest number that begins at item `i`."""
    item = items[i]
    if item.entry.magnitude is not None:
        return Number(i, i, None, item.entry.magnitude)
    if item.kind == "digits":
        return _from_digits(items, i)
    if _numeral(items, i) is not None and "def_number" not in item.entry.marks:
        return _spelled(items, i, 0.0, i)
    return None


def _from_digits(items: list[Item], i: int) -> Number | None:
    text, last = items[i].word, i
    if len(text) <= 3 and text.isdecimal():
        while last + 1 < len(items) and _follows(items[last], items[last + 1]):
            last += 1
            text += items[last].word
    if last + 2 < len(items) and text.isdecimal() and items[last + 1].word == "," and items[last + 2].word == "000":
        last += 2
        text += "000"
    value = digits(text, _scale(items, last + 1))
    if value is None:
        return None
    if last == i and last + 1 < len(items) and _numeral(items, last + 1) is not None:
        kind = items[last + 1].entry.number[0]
        if kind in ("scale", "hundred") and not items[last + 1].joined:
            number = _spelled(items, last + 1, float(value), i)
            if number is not None:
                number.digits = True
                return number
            if value * items[last + 1].entry.number[1] > LARGEST:
                return None
    if value != int(value):
        return None
    number = Number(i, last, int(value))
    number.digits = True
    return number


def _follows(one: Item, two: Item) -> bool:
    """ "140 000": a group of three digits right after a space."""
    return two.kind == "digits" and len(two.word) == 3 and two.word.isdecimal() and two.start == one.end + 1


def _spelled(items: list[Item], i: int, current: float, first: int) -> Number | None:
    """Words (after digits that gave `current`): hundreds multiply, scales close a group."""
    total, closed, last, weak = 0.0, float("inf"), i - 1, False
    j, n = i, len(items)
    while j < n:
        started = last >= i or current > 0
        k, joined = j, False
        if started and items[k].word == "-" and current and current % 10 == 0 and k + 1 < n:
            if items[k + 1].start != items[k].end:
                break
            k += 1
        elif started and items[k].has("number_joint") and k + 1 < n:
            k, joined = k + 1, True
        numeral = _numeral(items, k)
        if numeral is None:
            if joined and items[k].kind == "digits" and not current and total and items[k].word.isdecimal():
                tail = int(items[k].word[:7])
                if tail < closed and not _scale(items, k + 1):
                    total, last = total + tail, k
            break
        kind, value = numeral
        joined = joined or items[k].joined
        if kind == "fraction":
            if not joined or not started:
                break
            total, last = total + value * (closed if closed != float("inf") else 1), k
            if k + 1 < n and _numeral(items, k + 1) == ("scale", closed):
                last = k + 1
            break
        if kind == "scale":
            if value >= closed or (current and joined):
                break
            total, current, closed = total + (current or 1) * value, 0.0, value
        elif kind == "hundred" and 0 < current < 20 and not joined:
            current *= value
        elif value >= 1000:
            if value >= closed or current:
                break
            total, closed = total + value, float(10 ** (len(str(int(value))) - 1))
        elif value >= closed or not _fits(current, value, joined):
            break
        else:
            weak = kind == "weak" and not started
            current += value
        last, j = k, k + 1
    value = round(total + current, 3)  # 1.13 million is no whole number of floats
    if last < first or value != int(value) or value > LARGEST:
        return None
    if last == first == i and items[i].has("two_in_construct") and _people_follow(items, i + 1):
        value *= 2  # «مليونا شخص»; in «20 ألفا» it is one
    number = Number(first, last, int(value))
    number.weak = weak and last == first
    return number


def _people_follow(items: list[Item], k: int) -> bool:
    return k < len(items) and items[k].entry.noun in ("person", "household") and not items[k].joined


def _fits(current: float, value: float, joined: bool) -> bool:
    """May `value` be added to a group that stands at `current`?"""
    if current == 0:
        return True
    if current >= 100:
        rest = current % 100
        return value < 100 and (rest == 0 or _fits(rest, value, joined))
    if current >= 20 and current % 10 == 0:
        return value < 10 and not joined
    return current < 10 and 20 <= value < 100 and value % 10 == 0 and joined


def ranges(items: list[Item], found: list[Number]) -> list[Number]:
    """Two numbers joined as a range become one: "15-30", "15 to 30", "between 15 and 30"."""
    out: list[Number] = []
    for number in found:
        before = out[-1] if out else None
        if before is not None and _is_range(items, before, number):
            low, high = before.value, number.value
            if low < high and before.last == before.first and number.last > number.first:
                low = _shared_scale(items, low, number)
            if low < high:
                before.value, before.high, before.last = low, high, number.last
                continue
        out.append(number)
    return out


def _is_range(items: list[Item], a: Number, b: Number) -> bool:
    if a.value is None or b.value is None or a.high is not None:
        return False
    opened = a.first > 0 and items[a.first - 1].has("range_open")
    if opened and a.first > 1 and items[a.first - 1].has("toll_from") and _rises(items[a.first - 2]):
        return False  # "rose from 12 to 15"
    if a.first > 1 and items[a.first - 1].has("delta") and _rises(items[a.first - 2]):
        return False  # "rose by 3 to 15"
    gap = items[a.last + 1 : b.first]
    if not gap:
        return opened and items[b.first].joined
    if len(gap) != 1:
        return False
    sign = gap[0]
    if sign.word == "-":
        return sign.start - items[a.last].end == items[b.first].start - sign.end
    return sign.has("range_link") or (opened and sign.has("range_and"))


def _rises(item: Item) -> bool:
    outcome = item.entry.outcome
    return item.has("toll") or (outcome is not None and outcome.takes("toll"))


def _shared_scale(items: list[Item], low: int, number: Number) -> int:
    """ "3 to 4 million": the scale that is said once holds for both."""
    last = items[number.last].entry.number
    if last is not None and last[0] == "scale" and low < 1000 and low * last[1] < (number.value or 0):
        return int(low * last[1])
    return low
