"""Numbers that nobody can guess, from the browser's `crypto.getRandomValues`."""

from __future__ import annotations

from pywidget.browser.loader import find_js_natives


class SystemRandomness:
    """The system's `ports.Randomness`."""

    def token_bytes(self, count: int) -> bytes:
        """Return `count` bytes from the system's cryptographic source."""
        made: bytes = find_js_natives().makeRandomBytes(count).to_bytes()
        return made
