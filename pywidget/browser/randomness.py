"""Numbers nobody can guess: `secrets` draws on the browser's `crypto.getRandomValues`."""

from __future__ import annotations

import secrets


class SystemRandomness:
    """Implements `ports.Randomness`."""

    def token_bytes(self, count: int) -> bytes:
        """`count` bytes from the system's cryptographic source."""
        return secrets.token_bytes(count)
