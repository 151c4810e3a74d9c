"""Copies: articles that share most of their words are one source, however many outlets print them."""

from base64 import b64decode, b64encode
from functools import lru_cache

HASHES = 64  # in an article's fingerprint: unsigned 32-bit integers, little endian
BANDS = 8  # of four bytes each are filed, to find copies without comparing with everything
COPY, KIN = 0.8, 0.5  # shares of equal hashes: a copy; a text that was partly taken over
MASK = int.from_bytes(b"\x7f" * HASHES, "big")


@lru_cache(64)  # an article states several figures
def short(fingerprint: str) -> str:
    """A fingerprint's lowest byte of every hash, base64 of 64 bytes: a quarter of its size, told apart as well.

    Two unrelated hashes agree in one byte of 256. Anything that is no fingerprint gives "".
    """
    try:
        raw = b64decode(fingerprint, validate=True)
    except ValueError:
        return ""
    return b64encode(raw[::4]).decode() if len(raw) == 4 * HASHES else ""


@lru_cache(1 << 14)
def raw(short_fingerprint: str) -> bytes:
    """The bytes that `likeness` and `bands` take.

    >>> raw("")
    b''
    """
    return b64decode(short_fingerprint)


def likeness(one: bytes, other: bytes) -> float:
    """The share of hashes that two fingerprints have in common, 0 to 1.

    >>> likeness(bytes(64), bytes(64)), likeness(bytes(64), bytes(32) + b"x" * 32), likeness(b"", b"")
    (1.0, 0.5, 0.0)
    """
    if not one or not other:
        return 0.0
    differing = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    # A byte's highest bit, set wherever any of its bits is: counts differing bytes without a loop.
    marked = (((differing & MASK) + MASK) | differing) & ~MASK
    return 1 - marked.bit_count() / len(one)


@lru_cache(1 << 10)
def bands(one: bytes) -> tuple[tuple[int, bytes], ...]:
    """Keys of which two copies share one with near certainty (.985 at a likeness of .8)."""
    return tuple((band, one[band * 4 : band * 4 + 4]) for band in range(BANDS)) if one else ()
