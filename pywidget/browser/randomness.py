"""Numbers that nobody can guess: `secrets` uses the browser's `crypto.getRandomValues`."""

from __future__ import annotations

import secrets


class SystemRandomness:
    """The system's `ports.Randomness`."""

    def token_bytes(self, count: int) -> bytes:
        """Return `count` bytes from the system's cryptographic source."""
        return secrets.token_bytes(count)
