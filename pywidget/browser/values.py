"""JavaScript's nothing, in Python.

Facts: JavaScript's `null` arrives as `jsnull`, which is falsy but not `None`; `undefined` arrives
as `None`. `sessionStorage.getItem("missing") is None` is therefore False.
"""

from __future__ import annotations

from typing import Any

from pyodide.ffi import jsnull


def none_if_null(js_value: Any) -> Any:
    """The value, with `null` as `None`."""
    return None if js_value is jsnull else js_value
