"""Subresource integrity: whether a script is the one that its tag vouches for.

Facts (Subresource Integrity, sections 3.3 to 3.5): several hashes are separated by blanks, options
follow a question mark. Unknown algorithms are ignored; of the others, only the strongest counts,
and one hash that matches is enough. If none counts, everything matches.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import new

_ALGORITHMS = ("sha512", "sha384", "sha256")  # the strongest first
_ALPHABET = str.maketrans("-_", "+/")  # of base64url, which is accepted too


def find_right_integrity(integrity: str, body: bytes) -> str | None:
    """Find what the attribute has to say for this body; `None` if it matches."""
    hashes = [token.partition("?")[0].partition("-") for token in integrity.split()]
    for algorithm in _ALGORITHMS:
        named = {digest.translate(_ALPHABET) for name, _, digest in hashes if name == algorithm}
        if named:
            right = b64encode(new(algorithm, body).digest()).decode()
            return None if right in named else f"{algorithm}-{right}"
    return None
