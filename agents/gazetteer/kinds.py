"""Words beside a name that tell what kind of place it is, or that it was only near by (`kinds.toml`)."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from agents.gazetteer.spelling import key


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    stored = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    return {key(word): kind for kind, words in stored.items() for word in words}


def is_aside(before: str, after: str) -> bool:
    """Whether a place is named for another reason than that it happened there.

    >>> is_aside("a village on the border with", ""), is_aside("in", "'s Boko Haram"), is_aside("in", "'s north")
    (True, True, False)
    >>> is_aside("the ", "-based monitor"), is_aside("تبعد عشرة كيلومترات عن بلدة ", ""), is_aside("زيارة إلى شمال ", "")
    (True, True, True)
    """
    said = _bare(before)
    for words in (key(before).split()[-3:], said[-3:]):
        if any(_aside(words[-count:]) for count in (1, 2, 3) if len(words) >= count):
            return True
    return _AFTER.match(after) is not None or (after[:2] in ("'s", "’s") and after[3:4].isupper())


def locates(before: str) -> bool:
    """Whether the words right before a name say that something happened there.

    >>> locates("an attack in "), locates("a blast in the northern town of "), locates("the governor of ")
    (True, True, False)
    >>> locates("انفجار ب"), locates("في بلدة "), locates("ببلدة "), locates("وزير ")
    (True, True, True, False)
    """
    if before[-1:] == "ب":
        return True
    last = key(before).split()[-6:]
    if last and (_words().get(last[-1]) in _KINDS or (last[-1][0] == "ب" and _words().get(last[-1][1:]) in _KINDS)):
        return True
    if any(_words().get(" ".join(last[-count:])) == "near" for count in (1, 2) if len(last) >= count):
        return True
    rest = _bare(before)
    return bool(rest) and _words().get(rest[-1]) in ("inside", "near")


def _bare(before: str) -> list[str]:
    """The words before a name without those that only describe it: "in the northern town of" is "in"."""
    words = key(before).split()[-8:]
    while words and (words[-1] in _DESCRIBE or _words().get(words[-1]) in _KINDS):
        words.pop()
    return words


def _aside(words: list[str]) -> bool:
    said = " ".join(words)
    if _words().get(said) == "aside":
        return True
    first = words[0]
    return first[0] in "ولب" and len(first) > 3 and _words().get(said[1:]) == "aside"


def told(before: str, after: str) -> tuple[str | None, bool]:
    """The kind that the words around a name tell (admin1, admin2 or city), and whether it was near by.

    `before` and `after` are the few words on either side.

    >>> told("fighters attacked", "State on Monday"), told("the town of", ""), told("north of", ", police said")
    (('admin1', False), ('city', False), (None, True))
    >>> told("في محافظة", "أمس"), told("قرب", "")
    (('admin1', False), (None, True))
    """
    words, kind, near = _words(), None, False
    last, next_ = key(before).split()[-3:], key(after).split()[:3]
    for count in (3, 2, 1):
        following = words.get(" ".join(next_[:count])) if len(next_) >= count else None
        if following in _KINDS and next_[0][:1] < "\u0600":
            kind = kind or following
    while last and last[-1] in ("of", "the"):
        if words.get(" ".join(last[-2:])) == "near" or (len(last) > 1 and words.get(" ".join(last[-3:])) == "near"):
            near = True
        last = last[:-1]
    for count in (2, 1):
        said = words.get(" ".join(last[-count:])) if len(last) >= count else None
        said = said or (words.get(last[-1][1:]) if count == 1 and last and last[-1][0] in "بوفل" else None)
        if said == "near":
            near = True
        elif said in _KINDS and ("of" in key(before).split()[-2:] or last[-1][0] >= "\u0600"):
            kind = kind or said
    return kind, near


_KINDS = ("admin1", "admin2", "city")
_HOLDS = (*_KINDS, "near")
_DESCRIBE = frozenset(
    ["the", "of", "a", "town", "capital", "south", "north", "east", "west", "southern", "northern", "eastern", "western",
     "central", "southeastern", "southwestern", "northeastern", "northwestern", "border", "besieged", "restive",
     "volatile", "port", "الشطر", "الجزء", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "الشمالي",
     "الجنوبي", "الشرقي", "الغربي", "من"]
)  # fmt: skip
_AFTER = re.compile(
    "-(?:based|backed|led|born|trained|registered|flagged|owned|made|bound|funded|allied|controlled by)\\b"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_JOINS = frozenset(
    [
        "in",
        "of",
        "the",
        "at",
        "under",
        "ward",
        "area",
        "areas",
        "region",
        "regency",
        "eastern",
        "western",
        "northern",
        "southern",
        "central",
        "part",
        "parts",
        "outskirts",
        "suburb",
        "suburbs",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north",
        "south",
        "east",
        "west",
        "near",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "volatile",
        "restive",
        "province",
        "capital",
        "a",
    ]
) | frozenset(
    [
        "في",
        "ب",
        "من",
        "التابعه",
        "التابع",
        "لل",
        "بمحافظه",
        "بولايه",
        "بمدينه",
        "بمنطقه",
        "بقضاء",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "شرقي",
        "غربي",
        "شمالي",
        "جنوبي",
        "ضمن",
    ]
)


def joins(between: str) -> bool:
    """Whether the words between two names say that the first lies in the second.

    >>> joins(" village in "), joins(", "), joins(" LGA of "), joins(" and "), joins(" to "), joins(" in El Kuma locality, ")
    (True, True, True, False, False, True)
    """
    if len(between) > 60 or any(c in between for c in ".;:\n"):
        return False
    said = key(between).split()
    known = {w for w in said if w in _JOINS or _words().get(w) in _HOLDS or _words().get(w[1:]) in _HOLDS}
    if known >= set(said):
        return bool(between.strip() or not said)
    # "in El Kuma locality, ": names that nobody knows may stand between, where words of place do too
    unknown = [w for w in _WORD.findall(between) if key(w) not in known]
    return bool(known) and len(unknown) < 4 and all(w[0].isupper() for w in unknown)
