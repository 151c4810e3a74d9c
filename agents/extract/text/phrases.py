"""Phrases as a pack writes them: "(suffered | sustained) (minor | serious |) injuries" stands for six."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

CHOICE = re.compile(r"\(([^()]*)\)")


def spelt(phrases: Iterable[str]) -> Iterator[str]:
    """Each phrase with each choice of its alternatives; an empty one may be left out."""
    for phrase in phrases:
        parts = CHOICE.split(phrase)  # what is written, and what may be chosen, in turns
        choices = [map(str.strip, part.split("|")) if n % 2 else [part] for n, part in enumerate(parts)]
        yield from (" ".join("".join(choice).split()) for choice in product(*choices))
