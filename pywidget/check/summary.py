"""The check's result in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pywidget.check.row import Row, Verdict

_NEEDED = frozenset({"page", "tag"})  # nearly all other rows depend on them


def could_check(rows: Iterable[Row]) -> bool:
    """Tell whether the page and its tag were read; else “nothing is wrong” means nothing."""
    return not any(row.id in _NEEDED and row.verdict is Verdict.UNKNOWN for row in rows)


def summarize(rows: Sequence[Row]) -> str:
    """Say how many things are wrong, fine, and not to be known from here."""
    counts = Counter(row.verdict for row in rows)
    wrong, fine, unknown = (counts[each] for each in (Verdict.WRONG, Verdict.FINE, Verdict.UNKNOWN))
    if not wrong and not could_check(rows):
        return f"The page could not be checked: {unknown} cannot be known from here"
    things = "1 thing is" if wrong == 1 else f"{wrong} things are"
    parts = [f"{things} wrong" if wrong else "Nothing is wrong", f"{fine} fine"]
    if unknown:
        parts.append(f"{unknown} cannot be known from here")
    return ", ".join(parts)
