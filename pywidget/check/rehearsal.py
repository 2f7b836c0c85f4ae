"""The rehearsal of a sign-in: a window that opens, and a response that comes back.

The page's script opens `callback.html?state=…` in a window, waits for the response on both ways,
and reports:

    {"opened": true, "channel": true, "opener": true, "closed": true, "seconds": 0.4}

`channel` and `opener` say which way the response came: BroadcastChannel, or `postMessage`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.check.row import Row, Verdict

_ID, _TITLE = "rehearsal", "Sign-in window"


def explain_rehearsal(result: Mapping[str, object]) -> Row:
    """Explain the result in a row."""
    if result.get("opened") is not True:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The browser did not open the window.",
            "Allow pop-ups for this site. In a frame with sandbox, the iframe needs allow-popups "
            "and allow-popups-to-escape-sandbox. If no window can be opened, signing in takes the "
            "whole page to Zoom and back.",
        )
    by_channel, by_opener = (result.get(name) is True for name in ("channel", "opener"))
    if not by_channel and not by_opener:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The window opened, but its response did not come back.",
            "Make sure that data-redirect-uri is this build's own callback.html, on the page's "
            "origin, and that its policy lets callback.js run (script-src 'self').",
        )
    if result.get("closed") is not True:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The response came back, but the window did not close.",
            "Close it yourself. If that happens every time, send callback.html without "
            "Cross-Origin-Opener-Policy, and check your browser extensions.",
        )
    ways = [
        name for name, came in (("BroadcastChannel", by_channel), ("the opener", by_opener)) if came
    ]
    seconds = result.get("seconds")
    took = f" in {seconds:.1f} s" if isinstance(seconds, int | float) else ""
    return Row(
        _ID,
        _TITLE,
        Verdict.FINE,
        f"The window opened, its response came back by {' and '.join(ways)}{took}, and it closed.",
    )
