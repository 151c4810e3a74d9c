"""Words beside a name that tell what kind of place it is, or that it was only near by (`kinds.toml`)."""

import tomllib
from functools import lru_cache
from pathlib import Path

from agents.gazetteer.spelling import key


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    stored = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    return {key(word): kind for kind, words in stored.items() for word in words}


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
        if following not in (None, "near") and next_[0][:1] < "\u0600":
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
        elif said is not None and ("of" in key(before).split()[-2:] or last[-1][0] >= "\u0600"):
            kind = kind or said
    return kind, near
