"""What a step gives back, as a value; the shell does the side effects."""

from dataclasses import dataclass
from typing import Any

REPLAYABLE = 10_000  # records that may be read again after a crash, at most (`shell.py` sees to it)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer of one step to one record.

    `records` are sent on, in order. `remember` are state records to keep (each has a `key`),
    written together with the acknowledgement. `forget` are keys of state that has expired.
    `silenced` names, one entry a case, why something was not passed on: it is counted.
    """

    records: tuple[Any, ...] = ()
    remember: tuple[Any, ...] = ()
    forget: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()
