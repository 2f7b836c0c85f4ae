"""What the rehearsal of a sign-in shows: a window that opens, an answer that comes back.

The page's script opens `callback.html?state=…` in a window, waits for the answer on both ways, and
reports:

    {"opened": true, "channel": true, "opener": true, "closed": true, "seconds": 0.4}

`channel` and `opener` say which way the answer came: BroadcastChannel, or `postMessage`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.check.row import Row, Verdict

_ID, _TITLE = "rehearsal", "Sign-in window"


def explain_rehearsal(result: Mapping[str, object]) -> Row:
    """Makes the rehearsal's row."""
    if result.get("opened") is not True:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The browser did not open the window.",
            "Allow pop-ups for this site. In a frame with sandbox, the iframe needs allow-popups "
            "and allow-popups-to-escape-sandbox. Where no window can be had, signing in takes the "
            "whole page to Zoom and back.",
        )
    by_channel, by_opener = (result.get(name) is True for name in ("channel", "opener"))
    if not by_channel and not by_opener:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The window opened, but its answer did not come back.",
            "See that data-redirect-uri is this build's own callback.html, on the page's origin, "
            "and that the policy it is sent with lets callback.js run (script-src 'self').",
        )
    if result.get("closed") is not True:
        return Row(
            _ID,
            _TITLE,
            Verdict.WRONG,
            "The answer came back, but the window did not close.",
            "Close it by hand. If that happens each time, send callback.html without "
            "Cross-Origin-Opener-Policy, and look for a browser extension.",
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
        f"The window opened, its answer came back by {' and '.join(ways)}{took}, and it closed.",
    )
