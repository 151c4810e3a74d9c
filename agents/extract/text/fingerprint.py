"""The MinHash by which copies of one text are known."""

from base64 import b64encode
from struct import pack

from rensa import RMinHash

from agents.extract.text.folding import FILLER

PERMUTATIONS = 64
SEED = 1
EMPTY = b64encode(b"\xff" * 4 * PERMUTATIONS).decode()  # of no shingles at all
LONGEST = 20_000  # characters read; a copy of so much is a copy
SIGNS = '.,،:؛;"“”«»()[]!?؟…/-#|*<>=+'


def fingerprint(folded: str) -> str:
    """Base64 of 64 unsigned 32-bit integers, little endian, over word 3-shingles of a folded text; deterministic.

    A text of fewer than three words is one shingle.
    """
    words = _words(folded[:LONGEST])
    shingles = list(map(" ".join, zip(words, words[1:], words[2:], strict=False))) or [" ".join(words)]
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(shingles)
    return b64encode(pack(f"<{PERMUTATIONS}I", *hashed.digest())).decode()


def _words(folded: str) -> list[str]:
    for sign in SIGNS:
        folded = folded.replace(sign, " ")
    folded = folded.replace(" '", "  ").replace("' ", "  ").replace(FILLER, "")
    return folded.encode("utf-8", "replace").decode().split()  # no half characters
