"""JavaScript's null in Python, and option objects for JavaScript.

Facts: JavaScript's `null` arrives as `jsnull`, which is falsy but not `None`; `undefined` arrives
as `None`. `sessionStorage.getItem("missing") is None` is therefore False. A page may have added
members to the object that all others inherit from, and a browser reads them in options, too, such
as `once`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import jsnull, to_js


def none_if_null(js_value: Any) -> Any:
    """Return the value, with `null` as `None`."""
    return None if js_value is jsnull else js_value


def make_options(members: Mapping[str, object]) -> Any:
    """Create a JavaScript object that has these members, and inherits none."""
    js_object = to_js(members, dict_converter=js.Object.fromEntries)
    return js.Object.setPrototypeOf(js_object, jsnull)
