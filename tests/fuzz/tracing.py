"""Which lines of the widget an input runs, and how many: what is new, and what takes too long.

Facts: a count of lines is the same on every machine and on every day; a time is not. What runs in C
is not counted: `test_linear.py` counts the steps of the regular expressions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_ROOT = str(Path(__file__).parents[2] / "pywidget")
Line = tuple[CodeType, int]


class Tracer:
    """Counts the lines of `pywidget/` that run inside a call.

    Attributes:
        lines: The lines that ran in the last call.
        steps: How often a line ran in it.
    """

    def __init__(self) -> None:
        self.lines: set[Line] = set()
        self.steps = 0

    def run(self, call: Callable[[str], object], text: str) -> None:
        """Make the call; it raises what the call raises."""
        self.lines, self.steps = set(), 0
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            call(text)
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self._count if frame.f_code.co_filename.startswith(_ROOT) else None

    def _count(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            self.steps += 1
            self.lines.add((frame.f_code, frame.f_lineno))
        return self._count
