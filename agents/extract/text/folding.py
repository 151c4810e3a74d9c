"""Folding: spelling variants made one, character for character.

The folded text is exactly as long as the original, so a position in one is the position in the
other and no map is needed. What has to vanish inside a word (a vowel mark, a zero-width joiner)
becomes the filler, which `word` drops when the word is looked up.
"""

import re
from html import unescape

FILLER = "ـ"  # tatweel: a letter to the tokeniser, nothing to the lexicon
LAM_ALEF = "\ue000"  # one character for the ligature's two letters


def _pairs() -> list[tuple[str, str]]:
    pairs = [("ٱ", "ا"), ("ی", "ي"), ("ک", "ك"), ("\u06c1", "ه")]
    pairs += [(chr(zero + d), str(d)) for zero in (0x660, 0x6F0) for d in range(10)]
    pairs += [(chr(c), FILLER) for c in (*range(0x64B, 0x653), 0x670)]
    pairs += [("٬", ","), ("٫", "."), ("\xa0", " "), ("\u202f", " "), ("’", "'"), ("‘", "'")]
    pairs += [(chr(c), " ") for c in (0x85, 0x1680, *range(0x2000, 0x200B), 0x205F, 0x3000, *map(ord, BLANKS))]
    pairs += [("–", "-"), ("—", "-"), ("−", "-"), ("‐", "-"), ("‑", "-")]
    return pairs


def _forms() -> list[tuple[str, str]]:
    """Arabic presentation forms: each to its letter, the lam-alef ligatures to one stand-in."""
    from unicodedata import normalize

    pairs = []
    for code in (*range(0xFB50, 0xFBB2), *range(0xFE80, 0xFEFD)):
        plain = normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            pairs.append((chr(code), dict(LETTERS + PAIRS).get(plain, plain)))
        elif len(plain) == 2 and plain.startswith("ل"):
            pairs.append((chr(code), LAM_ALEF))
    return pairs


BLANKS = "\t\v\f\x1c\x1d\x1e\x1f"  # what parts words as a space does, but for the ends of lines
LETTERS = [("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ة", "ه")]  # in every text; the others are rare
PAIRS = _pairs()
FORMS = _forms()
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\xad\u061c"
COMMON = dict(PAIRS + FORMS) | dict.fromkeys(INVISIBLE, FILLER)
RARE = re.compile(f"[{''.join(COMMON)}]")
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
CENSORED = re.compile(r"ـ[^\w\n]{1,2}ـ")
DIGIT_LETTER = re.compile(r"(?<=[\u0621-\u064a])١(?=[\u0621-\u064a])")


def _entity(found: re.Match[str]) -> str:
    plain = unescape(found[0])
    return (plain if len(plain) == 1 else " ").ljust(len(found[0]))


def fold(text: str) -> str:
    """The text in one spelling, of the same length; folding again changes nothing."""
    low = text.lower()
    if len(low) != len(text):  # a few capitals have a lower case of two characters
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if "&" in low:
        low = ENTITY.sub(_entity, low).lower() if "\u0130" not in low else low
    if low.isascii():
        for blank in BLANKS:
            low = low.replace(blank, " ")
        return low
    if "١" in low:
        low = DIGIT_LETTER.sub("ا", low)
    for old, new in LETTERS:
        low = low.replace(old, new)
    rare = RARE.search(low)
    while rare is not None:
        low = low.replace(rare[0], COMMON[rare[0]])
        rare = RARE.search(low, rare.end())
    if FILLER in low:
        low = CENSORED.sub(lambda found: FILLER * len(found[0]), low)
    return low


def word(folded: str) -> str:
    """A folded word as the lexicon spells it."""
    if FILLER in folded:
        folded = folded.replace(FILLER, "")
    return folded.replace(LAM_ALEF, "لا") if LAM_ALEF in folded else folded
