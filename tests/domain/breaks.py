"""Whatever some reader takes for the end of a line."""

from __future__ import annotations

BREAKS = (
    *("\n", "\r", "\r\n", "\x0b", "\x0c"),
    *("\x1c", "\x1d", "\x1e"),  # to `str.splitlines`
    *("\x85", "\u2028", "\u2029"),  # to Unicode; the last two to JavaScript
)
