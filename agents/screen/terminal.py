"""Where the commands write: what was asked for to standard output, all else to standard error."""

import sys
from collections.abc import Sequence

import orjson
from rich.console import Console

from streams.inlets import files
from streams.outlets.shown import shown

REFUSED = 2  # exit code where lines were refused
JSON_LINE = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def json_line(value: object) -> None:
    """A value as a line of JSON, at once: a program may be waiting for it."""
    sys.stdout.buffer.write(orjson.dumps(value, option=JSON_LINE))
    sys.stdout.buffer.flush()


def refusals(refused: Sequence[files.Refused]) -> int:
    """Tell what was refused and why; gives the exit code."""
    for one in refused:
        err.print(shown(one))
    return REFUSED if refused else 0
