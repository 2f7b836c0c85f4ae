"""The check's rows for a terminal of 80 columns."""

from __future__ import annotations

import re
from textwrap import wrap

from pywidget.check.report import hide_secrets, write_copy
from pywidget.check.row import Row, Verdict

_WIDTH = 80
_INDENT = " " * 9
_WORDS = {Verdict.FINE: "fine", Verdict.WRONG: "WRONG", Verdict.UNKNOWN: "unknown"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a terminal obeys instead of showing; a page may have put them there."""
_COLORS = {Verdict.FINE: "32", Verdict.WRONG: "1;31", Verdict.UNKNOWN: "33"}


def write_row(row: Row, *, in_color: bool = False) -> str:
    """Write a row as lines. Text to be copied is not wrapped, so that it stays as it is."""
    word = f"{_WORDS[row.verdict]:<7}"
    if in_color:
        word = f"\033[{_COLORS[row.verdict]}m{word}\033[0m"
    lines = [f"{word}  {row.title}", *_wrap(row.finding)]
    if row.remedy:
        lines += _wrap(f"→ {row.remedy}")
    lines += [f"{_INDENT}  {_replace_controls(line)}" for line in write_copy(row)]
    return "\n".join(lines) + "\n"


def _wrap(text: str) -> list[str]:
    return wrap(
        _replace_controls(hide_secrets(text)),
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _replace_controls(text: str) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
