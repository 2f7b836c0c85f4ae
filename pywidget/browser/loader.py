"""The loader's side (`web/element.js`): the element class, its helpers for Python, the natives."""

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
    """Find its helpers: those that `createHelpers` in `web/runtime.js` lists."""
    return find_js_class().helpers


def find_js_natives() -> Any:
    """Find the browser's functions for secrets, as they were when the page was loaded.

    `web/secret-calls.js` has what is done with them: `send`, `openChannel`, `openStorage` and
    `makeRandomBytes`. A function of `js` may be another one by now, of a tool that records what it
    is given.
    """
    return find_js_helpers().natives
