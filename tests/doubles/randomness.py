"""Bytes that a test can foresee, never the same twice."""

from __future__ import annotations

from hashlib import sha256
from itertools import count


class CountedRandomness:
    """Implements `ports.Randomness`."""

    def __init__(self) -> None:
        self._numbers = count()

    def token_bytes(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += sha256(str(next(self._numbers)).encode()).digest()
        return data[:count]
