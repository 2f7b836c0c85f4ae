"""Defects of ours that nobody catches: the console gets their kind and place, never their words.

Facts: an error that leaves a function which the browser called, and one of a task that nobody waits
for, end up in the console with their traceback and their words. Python's words quote values:
`int(text)`, `mapping[text]` and `date.fromisoformat(text)` do, and a value may be a secret.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsProxy, create_proxy


class DefectError(Exception):
    """A defect of ours, by the kind of its error and the line where it happened."""


def make_listener(function: Callable[..., Any]) -> JsProxy:
    """Make a function that the browser can call; all it gets of an error is a `DefectError`."""

    def call(*given: Any) -> Any:
        try:
            return function(*given)
        except Exception as error:  # noqa: BLE001 - whatever it is
            told = describe_defect(error)
        raise DefectError(told)  # outside, or the error itself would be shown as its context

    js_listener: JsProxy = create_proxy(call)
    return js_listener


def watch_tasks() -> None:
    """Let the console have the same of what fails in tasks and timers."""
    asyncio.get_running_loop().set_exception_handler(_tell)


def describe_defect(error: BaseException) -> str:
    """Describe an error: its kind, and the innermost line that it went through."""
    place, frame = "", error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        place = f" in {code.co_name}, {code.co_filename}:{frame.tb_lineno}"
        frame = frame.tb_next
    return f"{type(error).__name__}{place}"


def _tell(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    told = "" if error is None else f": {describe_defect(error)}"
    js.console.error(f"zoom-meeting: a task failed{told}")
