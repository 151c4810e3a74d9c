"""Who was hurt: a class of people, and the named group that they belong to.

Read from the figure's victims and the words right beside its number, never from who did it.
"""

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from agents.enrich.packs import Phrases, stored, words
from streams.records import Actor, Figure

_BESIDE = 30  # characters after the victims in which "of ISIS" may follow
_BEFORE = 40  # … before them in which "30 ISIS fighters" may have it
_MIXED = frozenset(("child", "woman", "civilian"))
UNKNOWN = Actor(kind="unknown")


@lru_cache(maxsize=1)
def groups() -> dict[str, dict]:
    """The named groups by id: names in both languages, spellings, and what their people are."""
    return tomllib.loads(files("agents.enrich").joinpath("groups.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def _lexicon(language: str) -> tuple[Phrases, Phrases, frozenset[str], frozenset[str], tuple[str, ...]]:
    known = stored(language, "who")
    prefixes = known.get("prefixes", ())
    kinds = {kind: tuple(listed) for kind, listed in known.get("kinds", {}).items()}
    return (
        Phrases(kinds, prefixes), group_names(tuple(prefixes)),
        frozenset(w for phrase in known.get("belongs", ()) for w in words(phrase)),
        frozenset(w for phrase in known.get("members", ()) for w in words(phrase)),
        tuple(kinds),
    )  # fmt: skip


@lru_cache(maxsize=64)
def group_names(prefixes: tuple[str, ...]) -> Phrases:
    """Every spelling of every group."""
    spelt = {name: [*group["en"], *group["ar"]] for name, group in groups().items()}
    return Phrases(spelt, prefixes)


def who(figure: Figure, language: str) -> Actor:
    """The people of the figure."""
    kinds, names, belongs, members, order = _lexicon(language)
    if figure.victims is not None:
        said, after = words(figure.victims.text), _after(figure.victims.end, figure)
        before = words(_before(figure))
        if not (kinds.may_begin(said) or names.may_begin(said + before) or _leads_on(after, belongs | members)):
            return UNKNOWN  # mostly: "people"
        whose = next((what for what, _, last in names.within(before) if last == len(before)), None)
    elif figure.number is not None:
        after = _after(figure.number.end, figure)
        said, whose = words(after)[:2], None
    else:
        return UNKNOWN
    beside = words(after)
    reach = said + beside  # «قوات» may be all that the victims hold of «قوات النظام»
    named = list(names.within(reach))
    group = next((what for what, first, _ in named if first < len(said)), whose)
    if named and group is None:
        group = _followed(said[-1:], beside, names, belongs, members)
    found = [what for what, first, _ in kinds.within(reach) if first < len(said)]
    if len(set(found)) > 1 and set(found) <= _MIXED:
        return Actor(kind="civilian", group=group)
    if found:
        kind = min(found, key=order.index)
        if group is not None and kind == "civilian" and groups()[group]["kind"] != "security_forces":
            kind = groups()[group]["kind"]
        return Actor(kind=kind, group=group)
    return Actor(kind=groups()[group]["kind"], group=group) if group else UNKNOWN


def _after(end: int, figure: Figure) -> str:
    """What follows in the sentence, as far as a group's name may reach."""
    at = end - figure.sentence.start
    return figure.sentence.text[at : at + _BESIDE] if 0 <= at <= len(figure.sentence.text) else ""


def _before(figure: Figure) -> str:
    """What stands right before the victims: after their number, where that comes first."""
    sentence, start = figure.sentence, figure.victims.start
    number = figure.number
    begin = number.end if number is not None and number.end <= start else start - _BEFORE
    return sentence.text[
        max(0, begin - sentence.start, start - _BEFORE - sentence.start) : max(0, start - sentence.start)
    ]


def _leads_on(after: str, words_that_do: frozenset[str]) -> bool:
    """Whether what follows may be "of ISIS"."""
    return any(not words_that_do.isdisjoint(words(first)) for first in after[:16].split(maxsplit=1)[:1])


def _followed(
    last: tuple[str, ...], said: tuple[str, ...], names: Phrases, belongs: frozenset[str], members: frozenset[str]
) -> str | None:
    """The group in "members of ISIS", «ميليشيات الحوثي», where the victims stop short of it; `last` is their last word."""
    for what, first, _ in names.within(said):
        before = set(said[:first])
        leads = bool(before & belongs) if before else not members.isdisjoint(last)
        return what if leads and before <= belongs | members else None
    return None


def named_groups(texts: Iterable[str], language: str) -> frozenset[str]:
    """The groups that texts name, by id."""
    names = _lexicon(language)[1]
    return frozenset(what for text in texts for what, _, _ in names.within(words(text)))


def homes(named: frozenset[str]) -> frozenset[str]:
    """The countries that groups are at home in, as far as they have one."""
    return frozenset(groups()[what]["country"] for what in named if "country" in groups()[what])


def active(named: frozenset[str]) -> frozenset[str]:
    """The only countries where groups fight; empty where that is not known of one of them, or there is none."""
    where = [groups()[what].get("active") for what in named]
    return frozenset().union(*where) if None not in where else frozenset()
