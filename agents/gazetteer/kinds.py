"""Words beside a name that tell what kind of place it is, or why it is named (`kinds.toml`)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from agents.gazetteer.spelling import key, plain, spelt

_KINDS = frozenset(("admin1", "admin2", "city", "village"))
_HOLDS = _KINDS | {"near"}
_AFTER = re.compile(
    "-(?:based|backed|led|born|trained|registered|flagged|owned|made|bound|funded|allied|controlled by)\\b"
)
_STOP = re.compile(r"[;:\n]|\.(?!\d)")
_FAR = re.compile(
    r"\d[\d.,]* ?-? ?(?:km|kms|kilomet(?:re|er)s?|mi|miles?)\b(?: ?\(\d[\d.,]* ?\w+\))?|\d[\d.,]* ?(?:كم|كلم|كيلومتر(?:ات|اً|ا)?|ميلا|أميال)(?!\w)"
)
_OFF_STATED, _OFF_TOWARDS, _OFF_BESIDE = 600.0, 350.0, 90.0  # kilometres: "20 km north of", "north of", "near"
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Beside:
    """What the words beside a name say of it."""

    kind: str | None = None  # admin1, admin2, city or village: what they call it
    near_by: bool = False  # it happened by the place, not in it
    located: bool = False  # something happened there
    aside: bool = False  # the place is named for another reason
    abroad: bool = False  # of a people: they are met outside of their country: "Somali refugees"
    as_neighbour: bool = False  # of a country: it is close by: "near Syria", "near the Afghan border"


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class _Words:
    """`kinds.toml`, by what is asked of a word."""

    tells: dict[str, str]  # what each word or phrase tells
    describe: frozenset[str]  # words that only describe
    joins: frozenset[str]  # words that may stand between a name and that of what it lies in
    areas: frozenset[str]  # those of them that may follow a name that nobody knows
    directions: frozenset[str]  # of the compass
    bearings: dict[str, float]  # in degrees clockwise from north, of all words for directions
    abroad: frozenset[str]  # who and what is met outside of the country that it is of
    borders: frozenset[str]  # what follows a country's name that is told for its border
    begins_kind: frozenset[str]  # first words of what a place is called, after its name in English
    ends_aside: frozenset[str]  # last words of what says that a place is named for another reason


@lru_cache(maxsize=1)
def _words() -> _Words:
    stored = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    other, bearings = stored.pop("other"), stored.pop("compass")
    tells = {key(word): kind for kind, words in stored.items() for word in words}
    describe = {key(word) for word in other["describe"]} | {word for word, kind in tells.items() if kind in _KINDS}
    joins = {key(word) for word in other["joins"]} | {word for word, kind in tells.items() if kind in _HOLDS}
    areas = {key(word) for word in other["areas"]} | {word for word, kind in tells.items() if kind in _KINDS}
    begins = {word.split(" ")[0] for word, kind in tells.items() if kind in _KINDS and word.isascii()}
    ends = {word.split(" ")[-1] for word, kind in tells.items() if kind == "aside"}
    return _Words(
        tells,
        frozenset(describe),
        frozenset(joins | areas),
        frozenset(areas),
        frozenset(map(key, other["directions"])),
        {key(word): float(bearing) for bearing, words in bearings.items() for word in words},
        frozenset(map(key, other["abroad"])),
        frozenset(map(key, other["borders"])),
        frozenset(begins),
        frozenset(ends),
    )


def compass() -> dict[str, float]:
    """The words for directions, in degrees clockwise from north."""
    return _words().bearings


@lru_cache(maxsize=16384)
def beside(before: str, after: str, named: str = "place", owns: bool = False) -> Beside:
    """What the few words on either side of a name say; it is `named` a place, a country or a people.

    `owns` is whether a name follows: what the first says of the second's owner tells nothing of itself.

    >>> [beside(*said).kind for said in (("fighters attacked", " State on Monday"), ("the town of", ""), ("في محافظة", " أمس"))]
    ['admin1', 'city', 'admin1']
    >>> [beside(before, "").near_by for before in ("north of", "قرب", "in")]
    [True, True, False]
    >>> [beside(before, "").located for before in ("an attack in ", "a blast in the northern town of ", "the governor of ")]
    [True, True, False]
    >>> [beside(before, "").located for before in ("fighting in northeast ", "in the rebel-held city of ", "rebels of northeast ")]
    [True, True, False]
    >>> [beside(before, "").located for before in ("انفجار ب", "في بلدة ", "ببلدة ", "وزير ")]
    [True, True, True, False]
    >>> [beside(*said, "people").abroad for said in (("forty ", " refugees died"), ("مقتل عمال ", ""), ("the ", " army said"))]
    [True, True, False]
    >>> [beside(*said, "country").as_neighbour for said in (("near ", ""), ("the ", " border, police said"), ("", " city of Herat"))]
    [True, True, False]
    >>> [beside(before, "", "country").as_neighbour for before in ("in the north of ", "شرقي ")]
    [False, False]
    """
    words, said = _words(), spelt(before)
    following = spelt(after)[:3] if after else []
    bare = _bare(said, words)
    kind, near = _told(said, following if after.lstrip()[:1] < "\u0600" else (), words)
    whose = after if after[:1] == "-" or (named == "country" and not owns) else ""
    return Beside(
        kind, near, _locates(before, said, bare, words), _is_aside(said, bare, whose, words),
        named == "people" and (after[:1] == "-" or _of_people_abroad(said, following, words)),
        named != "place" and _of_neighbour(said, following, words),
    )  # fmt: skip


def is_aside(before: str, after: str) -> bool:
    """Whether a place is named for another reason than that it happened there.

    >>> is_aside("a village on the border with", ""), is_aside("in", "'s Boko Haram"), is_aside("in", "'s north")
    (True, True, False)
    >>> is_aside("the ", "-based monitor"), is_aside("تبعد عشرة كيلومترات عن بلدة ", ""), is_aside("زيارة إلى شمال ", "")
    (True, True, True)
    """
    said, words = spelt(before), _words()
    return _is_aside(said, _bare(said, words), after, words)


def _bare(said: Sequence[str], words: _Words) -> Sequence[str]:
    """The words before a name without those that only describe it: "in the northern town of" is "in"."""
    describe, end = words.describe, len(said)
    least = max(0, end - 8)
    while end > least and said[end - 1] in describe:
        end -= 1
    return said[least:end]


def _is_aside(said: Sequence[str], bare: Sequence[str], after: str, words: _Words) -> bool:
    tells, ends = words.tells, words.ends_aside
    for before in (said, bare):
        if not before or (before[-1] not in ends and before[-1][1:] not in ends):  # mostly
            continue
        for count in range(1, min(3, len(before)) + 1):
            first, phrase = before[-count], " ".join(before[-count:])
            if tells.get(phrase) == "aside":
                return True
            if first[0] in "ولب" and len(first) > 3 and tells.get(phrase[1:]) == "aside":
                return True
    return _AFTER.match(after) is not None or (after[:2] in ("'s", "’s") and after[3:4].isupper())


def _locates(before: str, said: Sequence[str], bare: Sequence[str], words: _Words) -> bool:
    if before[-1:] == "ب":
        return True
    if not said:
        return False
    tells, last = words.tells, said[-1]
    if tells.get(last) in _HOLDS or (last[0] == "ب" and tells.get(last[1:]) in _KINDS):
        return True
    if len(said) > 1 and tells.get(f"{said[-2]} {last}") == "near":
        return True
    return bool(bare) and tells.get(bare[-1]) in ("inside", "near")


def _told(said: Sequence[str], following: Sequence[str], words: _Words) -> tuple[str | None, bool]:
    tells, kind, near = words.tells, None, False
    if following and following[0] in words.begins_kind:
        phrases = (tells.get(" ".join(following[:count])) for count in range(len(following), 0, -1))
        kind = next((told for told in phrases if told in _KINDS), None)
    last = said[-3:]
    while last and last[-1] in ("of", "the"):
        if tells.get(" ".join(last[-2:])) == "near" or tells.get(" ".join(last)) == "near":
            near = True
        last = last[:-1]
    if last:
        word = last[-1]
        one = tells.get(word) or (tells.get(word[1:]) if word[0] in "بوفل" else None)
        for told in (tells.get(f"{last[-2]} {word}") if len(last) > 1 else None, one):
            if told == "near":
                near = True
            elif told in _KINDS and (word[0] >= "\u0600" or "of" in said[-2:]):
                kind = kind or told
    return kind, near


@lru_cache(maxsize=4096)
def joins(between: str) -> bool:
    """Whether the words between two names say that the first lies in the second, or so far from it.

    >>> joins(" village in "), joins(", "), joins(" LGA of "), joins(" and "), joins(" to "), joins(" in El Kuma locality, ")
    (True, True, True, False, False, True)
    >>> joins(", about 20 km (12 miles) north of "), joins("، على بعد 20 كيلومترا شمال "), joins(" in 2013, the ")
    (True, True, False)
    >>> joins(", the State Department in ")
    False
    """
    if len(between) > 60 or _STOP.search(between):
        return False
    far = _FAR.search(between)
    if far:
        between = between[: far.start()] + between[far.end() :]
    said, words = plain(between.replace("،", " ")).split(), _words()
    known = {w for w in said if w in words.joins or words.tells.get(w[1:]) in _HOLDS}
    if known >= set(said):
        return bool(between.strip() or not said)
    # "in El Kuma locality, ": names that nobody knows may stand between, where a word for what they are follows
    written = _WORD.findall(between)
    unknown = [at for at, word in enumerate(written) if key(word) not in known]
    after = {at + 1 for at in unknown} - set(unknown)
    return (
        0 < len(unknown) < 4 and len(unknown) < len(written) and not _DIGIT.search(between)
        and all(written[at][0].isupper() for at in unknown)
        and all(at < len(written) and key(written[at]) in words.areas for at in after)
    )  # fmt: skip


@lru_cache(maxsize=4096)
def off(between: str) -> float:
    """How many kilometres off the second name the first may lie, by the words that join them; 0 where it lies in it.

    >>> off(" in "), off(" near "), off(", north of "), off("، على بعد 510 كيلومترات شمال ")
    (0.0, 90.0, 350.0, 600.0)
    """
    said, tells = plain(between).split(), _words().tells
    by = [phrase for phrase in (*said, *map(" ".join, pairwise(said))) if tells.get(phrase) == "near"]
    if not by:
        return 0.0
    if _FAR.search(between):
        return _OFF_STATED
    return _OFF_TOWARDS if any(_words().directions & set(phrase.split()) for phrase in by) else _OFF_BESIDE


def _of_neighbour(said: Sequence[str], following: Sequence[str], words: _Words) -> bool:
    """Whether a country is only named for being close by, or for its border."""
    if said and words.tells.get(said[-1]) == "near" and said[-1] not in words.directions:
        return True
    return bool(following) and following[0] in words.borders


def _of_people_abroad(said: Sequence[str], following: Sequence[str], words: _Words) -> bool:
    """Whether the words beside a people's name are of those who are met abroad: "Somali refugees", «لاجئين سوريين»."""
    return bool((following and following[0] in words.abroad) or (said and said[-1] in words.abroad))
