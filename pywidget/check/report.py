"""The check's result as text, to be pasted into a ticket.

Facts: addresses may carry sessions, names or keys behind a question mark, and a policy may carry a
nonce. None of that is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pywidget.check.addresses import shorten
from pywidget.check.row import Row, Verdict

_QUERY = re.compile(r"(?<=[^\s?])\?(?=[^\s?.])\S*?(?=[;,.)\"'>]*(?:\s|$))")
_NONCE = re.compile(r"'nonce-[^']*'")
_WORDS = {
    Verdict.FINE: "fine",
    Verdict.WRONG: "WRONG",
    Verdict.UNKNOWN: "cannot be known",
}


def hide_secrets(text: str) -> str:
    """Cuts what stands behind a question mark in an address, and one-time nonces."""
    return _QUERY.sub("?…", _NONCE.sub("'nonce-…'", text))


def write_report(page_url: str, rows: Iterable[Row], when: datetime, version: str) -> str:
    """Writes the rows, those that are wrong first."""
    rows = list(rows)
    address = shorten(page_url)
    counts = ", ".join(
        f"{sum(row.verdict is verdict for row in rows)} {word}" for verdict, word in _WORDS.items()
    )
    lines = [
        f"Zoom meetings: check of {address}",
        f"{when:%Y-%m-%d %H:%M} UTC, release {version}: {counts}",
    ]
    for verdict in (Verdict.WRONG, Verdict.UNKNOWN, Verdict.FINE):
        for row in rows:
            if row.verdict is verdict:
                lines += ["", f"[{_WORDS[verdict]}] {row.title} ({row.id})", f"  {row.finding}"]
                lines += [f"  {row.remedy}"] if row.remedy else []
                lines += [f"    {line}" for line in row.copy.splitlines()]
    return hide_secrets("\n".join(lines)) + "\n"
