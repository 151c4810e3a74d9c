"""Compiles the gazetteer whenever the package is built or installed editable.

Its sources (286 MB once loaded) are wanted here only; the program ships the 7 MB made of them.
"""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileGazetteer(BuildHookInterface):
    """Runs before the files are gathered; what it writes is ignored by git and named as an artifact."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write agents/gazetteer/compiled/."""
        sys.path.insert(0, self.root)
        from agents.gazetteer.build import compile_into
        from agents.gazetteer.files import COMPILED

        compile_into(COMPILED)
        build_data["artifacts"].append("/agents/gazetteer/compiled/*")
