"""The row on a tunnel: the page speaks TLS to Zoom itself, so only a page can try it."""

from __future__ import annotations

from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Row, Verdict
from pywidget.zoom.tunnel import Tunnel

_TUNNEL = ("tunnel", "Tunnel")


def judge_tunnel(tunnel: Tunnel, facts: BrowserFacts | None) -> Row:
    """Whether it leads to Zoom."""
    finding = f"Calls go to Zoom through {tunnel.host}, encrypted; whether they get there is open."
    remedy = (
        "Open check.html in a browser: only a page can speak through the tunnel."
        if facts is None
        else "Sign in once: what is wrong with the tunnel is found before Zoom's window opens."
    )
    return Row(*_TUNNEL, Verdict.UNKNOWN, finding, remedy)
