"""What kind of source states a figure: the UN, a government, an armed group, a hospital …"""

from functools import lru_cache

from agents.enrich.packs import Phrases, stored, words
from agents.enrich.who import group_names, groups
from streams.records import Figure, Speaker


@lru_cache(maxsize=64)
def _lexicon(language: str) -> tuple[Phrases, Phrases, tuple[str, ...]]:
    known = stored(language, "speakers")
    prefixes = tuple(known.get("prefixes", ()))
    kinds = {kind: tuple(listed) for kind, listed in known.get("kinds", {}).items()}
    return Phrases(kinds, prefixes), group_names(prefixes), tuple(kinds)


def speaker(figure: Figure, language: str) -> Speaker:
    """The class of the figure's source; unknown where the writer states it or the words tell nothing."""
    return _said(figure.attribution.text, language) if figure.attribution is not None else "unknown"


@lru_cache(maxsize=4096)
def _said(attribution: str, language: str) -> Speaker:
    """The order of the pack's file decides where several words tell something: "UN officials" are the UN."""
    kinds, names, order = _lexicon(language)
    said = words(attribution)
    found = [what for what, _, _ in kinds.within(said)]
    if any(groups()[what]["kind"] == "combatant" for what, _, _ in names.within(said)) and "un" not in found:
        return "armed_group"
    return min(found, key=order.index) if found else "unknown"
