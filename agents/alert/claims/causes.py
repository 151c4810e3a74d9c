"""What did it: flood, bombing, shipwreck …, by the words of the sentence, from `lang/<code>/causes.toml`.

Only to tell situations apart: a flood and a bombing in one town on one day are two.
"""

import re
import tomllib
from functools import cache, lru_cache

from agents.alert.claims.say import LANG

WORD = re.compile(r"\w+")
# Causes of one family may be told as each other.
FAMILIES = {
    "air_strike": "violence", "shelling": "violence", "bombing": "violence", "shooting": "violence",
    "attack": "violence", "fighting": "violence", "execution": "violence",
    "flood": "weather", "storm": "weather", "landslide": "weather", "heat": "heat",
    "earthquake": "earthquake", "volcano": "volcano", "wildfire": "fire", "fire": "fire",
    "shipwreck": "ship", "air_crash": "air_crash", "road_crash": "road_crash", "rail_crash": "rail_crash",
    "collapse": "collapse", "stampede": "stampede", "epidemic": "epidemic", "famine": "famine",
}  # fmt: skip
CAUSES = tuple(FAMILIES)
# Their words are also those of what was hit, or of what followed: they decide only where no other cause is named.
WEAK = frozenset({"road_crash", "rail_crash", "air_crash", "shipwreck", "fire", "collapse", "fighting", "attack"})
# Of these there is hardly another one near, however the toll may grow.
SINGULAR = frozenset({"earthquake", "volcano", "shipwreck", "air_crash", "rail_crash", "stampede"})
SLOW = frozenset({"flood", "heat", "epidemic", "famine", "wildfire"})  # tolls that grow for weeks
SEASONAL = SLOW - {"epidemic", "famine"}  # of these, a total of some weeks is the one disaster's


@cache
def _words(language: str) -> dict[str, str]:
    path = LANG / language / "causes.toml"
    if not language.isalpha() or not path.is_file():
        return {}
    data = tomllib.loads(path.read_text("utf-8"))["causes"]
    prefixes = ["", *data.get("prefixes", [])]
    words: dict[str, str] = {}
    for name in CAUSES:
        for word in data["words"].get(name, []):
            for prefix in prefixes:
                words.setdefault(prefix + word.casefold(), name)
    return words


@lru_cache(64)  # a sentence states several figures, one after the other
def cause(language: str, *texts: str | None) -> str | None:
    """The first text that names a cause decides, and in it the cause named most often, the first of equals."""
    words = _words(language.split("-")[0].lower())
    if not words:
        return None
    for text in texts:
        found: dict[str, int] = {}
        for word in WORD.findall(text.casefold() if text else ""):
            if name := words.get(word):
                found[name] = found.get(name, 0) + 1
        if found:
            return max(found, key=lambda name: (name not in WEAK, found[name]))
    return None
