"""The check's result in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pywidget.check.row import Row, Verdict


def summarise(rows: Iterable[Row]) -> str:
    """Says how many things are wrong, fine, and not to be known from here."""
    counts = Counter(row.verdict for row in rows)
    wrong, fine, unknown = (counts[each] for each in (Verdict.WRONG, Verdict.FINE, Verdict.UNKNOWN))
    things = "1 thing is" if wrong == 1 else f"{wrong} things are"
    parts = [f"{things} wrong" if wrong else "Nothing is wrong", f"{fine} fine"]
    if unknown:
        parts.append(f"{unknown} cannot be known from here")
    return ", ".join(parts)
