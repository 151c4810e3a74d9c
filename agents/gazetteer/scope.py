"""Which places are kept, and preferred: scope.toml, read."""

import tomllib
from pathlib import Path

SCOPE = tomllib.loads(Path(__file__).with_name("scope.toml").read_text("utf-8"))
FOCUS = frozenset(SCOPE["focus"])
HARDEST = frozenset(SCOPE["hardest"])
ARABIC = frozenset(SCOPE["arabic"])
WIDE = FOCUS | frozenset(SCOPE["wide"])
DISTRICTS = FOCUS | frozenset(SCOPE["districts"])
