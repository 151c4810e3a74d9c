"""Words beside a name that tell what kind of place it is, or why it is named (`kinds.toml`)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from agents.gazetteer.spelling import key, plain

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


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class _Words:
    """`kinds.toml`, by what is asked of a word."""

    tells: dict[str, str]  # what each word or phrase tells
    describe: frozenset[str]  # words that only describe
    joins: frozenset[str]  # words that may stand between a name and that of what it lies in
    areas: frozenset[str]  # those of them that may follow a name that nobody knows
    directions: frozenset[str]  # of the compass
    abroad: frozenset[str]  # who and what is met outside of the country that it is of
    borders: frozenset[str]  # what follows a country's name that is told for its border
    begins_kind: frozenset[str]  # first words of what a place is called, after its name in English
    ends_aside: frozenset[str]  # last words of what says that a place is named for another reason


@lru_cache(maxsize=1)
def _words() -> _Words:
    stored = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    other = stored.pop("other")
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
        frozenset(map(key, other["abroad"])),
        frozenset(map(key, other["borders"])),
        frozenset(begins),
        frozenset(ends),
    )


def beside(before: str, after: str, whose: str) -> Beside:
    """What the few words on either side of a name say; `whose` are those after it if they may say whose something is.

    >>> [beside(*said, "").kind for said in (("fighters attacked", "State on Monday"), ("the town of", ""), ("في محافظة", "أمس"))]
    ['admin1', 'city', 'admin1']
    >>> [beside(before, "", "").near_by for before in ("north of", "قرب", "in")]
    [True, True, False]
    >>> [beside(before, "", "").located for before in ("an attack in ", "a blast in the northern town of ", "the governor of ")]
    [True, True, False]
    >>> [beside(before, "", "").located for before in ("انفجار ب", "في بلدة ", "ببلدة ", "وزير ")]
    [True, True, True, False]
    """
    said, words = plain(before).split(), _words()
    bare = _bare(said, words)
    kind, near = _told(said, () if after.lstrip()[:1] >= "\u0600" else plain(after).split()[:3], words)
    return Beside(kind, near, _locates(before, said, bare, words), _is_aside(said, bare, whose, words))


def is_aside(before: str, after: str) -> bool:
    """Whether a place is named for another reason than that it happened there.

    >>> is_aside("a village on the border with", ""), is_aside("in", "'s Boko Haram"), is_aside("in", "'s north")
    (True, True, False)
    >>> is_aside("the ", "-based monitor"), is_aside("تبعد عشرة كيلومترات عن بلدة ", ""), is_aside("زيارة إلى شمال ", "")
    (True, True, True)
    """
    said, words = plain(before).split(), _words()
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
    spelt = _WORD.findall(between)
    unknown = [at for at, word in enumerate(spelt) if key(word) not in known]
    after = {at + 1 for at in unknown} - set(unknown)
    return (
        0 < len(unknown) < 4 and len(unknown) < len(spelt) and not _DIGIT.search(between)
        and all(spelt[at][0].isupper() for at in unknown)
        and all(at < len(spelt) and key(spelt[at]) in words.areas for at in after)
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


def of_neighbour(before: str, after: str) -> bool:
    """Whether a country is only named for being close by, or for its border.

    >>> of_neighbour("near ", ""), of_neighbour("the ", " border, police said"), of_neighbour("", " city of Herat")
    (True, True, False)
    >>> of_neighbour("in the north of ", ""), of_neighbour("شرقي ", "")
    (False, False)
    """
    said, words = before.rsplit(maxsplit=1), _words()
    if said and words.tells.get(last := key(said[-1])) == "near" and last not in words.directions:
        return True
    following = after[:12].split(maxsplit=1)
    return bool(following) and following[0].strip(",.").lower() in words.borders


def of_people_abroad(before: str, after: str) -> bool:
    """Whether the words beside a people's name are of those who are met abroad: "Somali refugees", «لاجئين سوريين».

    >>> of_people_abroad("forty ", " refugees died"), of_people_abroad("مقتل عمال ", ""), of_people_abroad("the ", " army said")
    (True, True, False)
    """
    abroad, said, following = _words().abroad, before.split(), after[:14].split(maxsplit=1)
    return bool((following and key(following[0].strip(",.")) in abroad) or (said and key(said[-1]) in abroad))
