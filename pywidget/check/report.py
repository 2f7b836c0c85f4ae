"""The check's result as text, to be pasted into a ticket.

Facts: addresses may carry sessions, names or keys behind a question mark, and a policy may carry a
nonce. None of that is written, not even in the text to be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pywidget.check.addresses import shorten
from pywidget.check.row import Row, Verdict

_QUERY = re.compile(r"(?<=[^\s?])\?(?=[^\s?.])\S+")
_AROUND = ";,.)\"'>"  # what may stand behind an address without being part of it
_SESSION = re.compile(r";(?:\w{0,40}sess\w{0,40}|sid)=[^\s;,/?#\"'>)]*", re.IGNORECASE)
_NONCE = re.compile(r"'nonce-[^']*'")
_HIDDEN = "(… replaces what may be secret: keep what you have there.)"
_WORDS = {
    Verdict.FINE: "fine",
    Verdict.WRONG: "WRONG",
    Verdict.UNKNOWN: "cannot be known",
}


def hide_secrets(text: str) -> str:
    """Cut sessions, the part of an address behind a question mark, and one-time nonces."""
    text = _SESSION.sub(";…", _NONCE.sub("'nonce-…'", text))
    return _QUERY.sub(lambda found: f"?…{_find_end(found[0])}", text)


def _find_end(query: str) -> str:
    return query[len(query.rstrip(_AROUND)) :]


def write_copy(row: Row) -> list[str]:
    """List the lines to be copied, and one that says so if something in them was hidden.

    The check's own page shows them as they are: only its user sees them.
    """
    hidden = hide_secrets(row.copy)
    lines = hidden.splitlines()
    return [*lines, _HIDDEN] if hidden != row.copy else lines


def write_report(page_url: str, rows: Iterable[Row], when: datetime, version: str) -> str:
    """Write the rows, the wrong ones first."""
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
                lines += [f"    {line}" for line in write_copy(row)]
    return hide_secrets("\n".join(lines)) + "\n"
