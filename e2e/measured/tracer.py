"""Tells the console which lines of `pywidget/` follow which: the measured build's `__init__.py`.

The package's first module is imported before every other one, in pages, in workers and in the
snapshot; so this hears all of them. What is new is told when the outermost function of ours ends:
a page may be gone in the next turn. A line that is known is not told again.

Facts:

- An arc is (line, line); a negative one is the function's first line, and means its start or its
  end. That is how coverage.py stores them (its `CoverageData.add_arcs`).
- `sys.settrace` calls a function for each new frame, and what that returned for each event in it.
  A frame that goes on after `await` or `yield` counts as new, but still has its `f_trace`.
- A frame that waits "returns", too: then its last instruction is YIELD_VALUE.
- PEP 649's `__annotate__` functions are nobody's code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from opcode import opmap
from types import FrameType
from typing import Any

PREFIX = "pywidget-arcs"
_PACKAGE = "pywidget/"
_YIELD = opmap["YIELD_VALUE"]

Arc = tuple[int, int]
Step = Callable[[FrameType, str, Any], Any]

_known: dict[str, set[Arc]] = {}
_new: dict[str, list[Arc]] = {}
_paths: dict[str, str] = {}


def _find_path(frame: FrameType) -> str:
    """Return the file's path below the package, or nothing if it is not ours."""
    name = frame.f_code.co_filename
    if name not in _paths:
        _, package, path = name.rpartition(_PACKAGE)
        _paths[name] = path if package else ""
    return _paths[name]


def _hear_call(frame: FrameType, _event: str, _argument: Any) -> Step | None:
    path = _find_path(frame)
    if not path or frame.f_code.co_name == "__annotate__":
        return None
    return frame.f_trace or _follow(frame, path)


def _follow(frame: FrameType, path: str) -> Step:
    known, new = _known.setdefault(path, set()), _new.setdefault(path, [])
    code = frame.f_code
    first = last = -code.co_firstlineno

    def step(frame: FrameType, event: str, _argument: Any) -> Step:
        nonlocal last
        if event == "line":
            add(frame.f_lineno)
            last = frame.f_lineno
        elif event == "return":
            if code.co_code[frame.f_lasti] != _YIELD:
                add(first)
            if frame.f_back is None or not _find_path(frame.f_back):
                _tell()
        return step

    def add(line: int) -> None:
        arc = (last, line)
        if arc not in known:
            known.add(arc)
            new.append(arc)

    return step


def _tell() -> None:
    if not any(_new.values()):
        return
    import js  # noqa: PLC0415 - not there when Python begins

    if not hasattr(js, "location"):  # Node, which compiles this for the build
        return
    js.console.debug(PREFIX, json.dumps({path: arcs for path, arcs in _new.items() if arcs}))
    for arcs in _new.values():
        arcs.clear()


sys.settrace(_hear_call)
