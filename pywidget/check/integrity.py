"""Subresource integrity: whether a script is the one that its tag vouches for.

Facts (Subresource Integrity, sections 3.3 to 3.5): several hashes are separated by blanks, options
follow a question mark. Unknown algorithms do not count; of the others, those of the strongest one
do, and one that fits is enough. Where none counts, everything fits.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import new

_ALGORITHMS = ("sha512", "sha384", "sha256")  # the strongest first
_ALPHABET = str.maketrans("-_", "+/")  # of base64 for addresses, which is taken too


def find_right_integrity(integrity: str, body: bytes) -> str | None:
    """What the attribute has to say for this body; `None` where it fits."""
    hashes = [token.partition("?")[0].partition("-") for token in integrity.split()]
    for algorithm in _ALGORITHMS:
        named = {digest.translate(_ALPHABET) for name, _, digest in hashes if name == algorithm}
        if named:
            right = b64encode(new(algorithm, body).digest()).decode()
            return None if right in named else f"{algorithm}-{right}"
    return None
