"""One spelling for the many that news uses for a name.

`letters` keeps the length (so that offsets into a text stay true), `key` does not.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import combining, normalize

# One letter for the letters that news interchanges; then what Persian and Kurdish keyboards write, and joints of words.
_SAME_LETTER = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ئ", "ي"), ("ؤ", "و"), ("-", " "))
_SELDOM = (
    ("ٱ", "ا"), ("ی", "ي"), ("ک", "ك"), ("ہ", "ه"), ("ھ", "ه"), ("ې", "ي"), ("–", " "), ("\u00a0", " "), ("\u200c", " "),
)  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "at", "an", "ad", "az", "ed", "es", "er", "et"])
_ACCENTED = re.compile("[\u00c0-\u02af\u0300-\u036f\u1e00-\u1eff]")
_EASTERN = re.compile("[٠-٩۰-۹]")
SILENT = re.compile("[\u064b-\u065f\u0670\u0640\u200d-\u200f\u2066-\u2069\ufeff]+")  # marks, tatweel, direction
_APOSTROPHES = re.compile("['’‘ʿʾʼ`´ʻ]")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
# What most texts have none of: all that `plain` does more than change letters for letters.
_ODD = re.compile(
    "['’‘ʿʾʼ`´ʻٱیکہھې–\u00a0\u200c\u064b-\u065f\u0670\u0640\u200d-\u200f\u2066-\u2069\ufeff\u00c0-\u02af\u0300-\u036f\u1e00-\u1eff"
    "٠-٩۰-۹\x00-\x1f\x7f]"
)
_ASCII = str.maketrans(
    {chr(n): chr(n).lower() for n in range(128)} | dict.fromkeys("-_./,\x7f", " ") | {chr(n): " " for n in range(32)}
    | {"'": "", "`": ""}
)  # fmt: skip
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}


def letters(text: str) -> str:
    """Arabic letters of one sound made one, hyphens made spaces; the length stays.

    >>> letters("دير-الزور")
    'دير الزور'
    """
    for spelt, plain in (*_SAME_LETTER, *_SELDOM):
        text = text.replace(spelt, plain)
    return text.translate(_DIGITS) if _EASTERN.search(text) else text


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The spelling under which a name is looked up, in either script.

    >>> key("Al-Bāb"), key("Sa'ada"), key("Ḩalab"), key("حُلْوان"), key("إدلب")
    ('al bab', 'saada', 'halab', 'حلوان', 'ادلب')
    """
    return plain(name[:200])


def plain(text: str) -> str:
    """A text of any length in the spelling of `key`: one space between words."""
    return " ".join(spelt(text))


def spelt(text: str) -> list[str]:
    """The words of a text in the spelling of `key`."""
    return evened(text).split()


def evened(text: str) -> str:
    """A text in the letters of `key`, as far apart as they stand."""
    if text.isascii():  # most of what is asked for
        return text.translate(_ASCII)
    if _ODD.search(text):
        text = _even(text)
    for letter, same in _SAME_LETTER:
        text = text.replace(letter, same)
    return text.casefold().replace("_", " ").replace(".", " ").replace("/", " ").replace(",", " ")


def _even(text: str) -> str:
    """A text without what is odd in it."""
    text = _CONTROLS.sub(" ", letters(_APOSTROPHES.sub("", SILENT.sub("", text)))).casefold()
    if _ACCENTED.search(text):
        text = "".join(_PLAIN.get(c, c) for c in normalize("NFD", text) if not combining(c))
    return text


def has_article(spelt: str) -> bool:
    """Whether a Latin key begins with an article."""
    return spelt.partition(" ")[0] in _ARTICLES


def article_variants(spelt: str) -> tuple[str, ...]:
    """A key's other form with or without the article. An Arabic name that has it does not go without: «ميادين» are fields.

    >>> article_variants("al bab"), article_variants("ميادين"), article_variants("الموصل")
    (('bab',), (), ('موصل',))
    """
    if "\u0600" <= spelt[:1] <= "\u06ff":
        return (spelt[2:],) if spelt.startswith("ال") and len(spelt) > 4 else ()
    first, _, rest = spelt.partition(" ")
    if rest and first in _ARTICLES:
        return (rest,) if first == "al" else (f"al {rest}", rest)
    return (f"al {spelt}", f"el {spelt}")


_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "s"),
    ("dj", "j"),
    ("zh", "j"),
    ("ph", "f"),
)
_LETTERS = str.maketrans({"q": "k", "c": "k", "v": "f", "b": "b", "p": "b", "z": "s"} | dict.fromkeys("aeiouywh ", ""))


def sound(spelt: str) -> str:
    """What a Latin key sounds like, roughly: its consonants. Empty where too few are left to tell.

    >>> sound("iskandiriyah") == sound("al iskandariyah"), sound("baqouba") == sound("baqubah"), sound("el wak")
    (True, True, '')
    """
    first, _, rest = spelt.partition(" ")
    name = rest if rest and first in _ARTICLES else spelt
    for two, one in _SOUNDS:
        name = name.replace(two, one)
    name = name.translate(_LETTERS)
    name = "".join(c for at, c in enumerate(name) if not at or c != name[at - 1])
    return name if len(name) > 1 else ""


def alike(one: str, other: str) -> float:
    """How alike two keys are, from 0 to 1."""
    return SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio()


def likest(one: str, others: Iterable[str], least: float) -> dict[str, float]:
    """How alike those keys are that are at least so alike; their lengths and letters rule out most others.

    >>> likest("baqouba", ["baqubah", "buqba", "bakhub"], 0.8)
    {'baqubah': 0.8571428571428571}
    """
    found, pair = {}, SequenceMatcher(None, autojunk=False)
    pair.set_seq2(one.replace(" ", ""))
    for other in others:
        pair.set_seq1(other.replace(" ", ""))
        if pair.real_quick_ratio() < least or pair.quick_ratio() < least:
            continue
        if (likeness := alike(one, other)) >= least:
            found[other] = likeness
    return found


_ROMAN = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "", "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g", "ژ": "zh",
}  # fmt: skip
_ROMANISED = str.maketrans(_ROMAN)


def romanised(spelt: str) -> str:
    """An Arabic key in Latin letters, for its sound; a Latin one as it is. Short vowels are not written, so none come.

    >>> romanised("باكوبا"), romanised("الباكوبا"), romanised("baqouba")
    ('bakuba', 'al bakuba', 'baqouba')
    """
    if spelt.startswith("ال") and len(spelt) > 4:
        spelt = f"al {spelt[2:]}"
    return spelt.translate(_ROMANISED)
