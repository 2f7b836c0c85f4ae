"""The loader's side (`web/element.js`): the element class, and its helpers for Python."""

from __future__ import annotations

from functools import cache
from typing import Any

import js

_TAG = "zoom-meeting"


@cache
def find_js_class() -> Any:
    """Find the class of `<zoom-meeting>` elements."""
    return js.customElements.get(_TAG)


@cache
def find_js_helpers() -> Any:
    """Find its helpers: `patch` and `focusAt`, `readAttributes`, `outline`, and `importModule`."""
    return find_js_class().helpers
