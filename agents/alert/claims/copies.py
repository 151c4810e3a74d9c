"""Copies: articles that share most of their words are one source, however many outlets print them."""

from base64 import b64decode, b64encode
from functools import lru_cache

HASHES = 64  # in an article's fingerprint: unsigned 32-bit integers, little endian
LENGTH = 344  # of its base64
BANDS = 8  # of four bytes each are filed, to find copies without comparing with everything
COPY, KIN = 0.8, 0.5  # shares of equal hashes: a copy; a text that was partly taken over
MASK = int.from_bytes(b"\x7f" * HASHES, "big")


@lru_cache(64)  # an article states several figures
def short(fingerprint: str) -> str:
    """A fingerprint's lowest byte of every hash, base64 of 64 bytes: a quarter of its size, told apart as well.

    Two unrelated hashes agree in one byte of 256. Anything that is no fingerprint gives "".
    """
    try:
        raw = b64decode(fingerprint) if len(fingerprint) == LENGTH else b""
    except ValueError:
        return ""
    return b64encode(raw[::4]).decode() if len(raw) == 4 * HASHES else ""


@lru_cache(1 << 14)
def raw(short_fingerprint: str) -> int:
    """The number that `likeness` and `bands` take; 0 of a text that has no fingerprint.

    >>> raw(""), raw("AAAC")
    (0, 2)
    """
    return int.from_bytes(b64decode(short_fingerprint), "big")


def likeness(one: int, other: int) -> float:
    """The share of hashes that two fingerprints have in common, 0 to 1.

    >>> likeness(7, 7), likeness(7, 7 << 256), likeness(0, 0)
    (1.0, 0.96875, 0.0)
    """
    if not one or not other:
        return 0.0
    differing = one ^ other
    # A byte's highest bit, set wherever any of its bits is: counts differing bytes without a loop.
    marked = (((differing & MASK) + MASK) | differing) & ~MASK
    return 1 - marked.bit_count() / HASHES


@lru_cache(1 << 10)
def bands(one: int) -> tuple[tuple[int, bytes], ...]:
    """Keys of which two copies share one with near certainty (.985 at a likeness of .8)."""
    hashes = one.to_bytes(HASHES, "big") if one else b""
    return tuple((band, hashes[band * 4 : band * 4 + 4]) for band in range(BANDS)) if one else ()
