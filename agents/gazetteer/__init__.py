"""Places by name: compiled at build time, mapped at run time."""

from agents.gazetteer.lookup import Gazetteer, NotCompiled, gazetteer
from agents.gazetteer.place import Place

__all__ = ["Gazetteer", "NotCompiled", "Place", "gazetteer"]
