"""JSON (RFC 8259) from outside: answers, storage and other tabs' messages.

Facts: In a browser, Python's own parser has no bottom. It calls itself for each level; WebAssembly
runs on the engine's stack, and CPython's guard watches another one. Some thousand opening brackets
end in a `RangeError` that no `except` sees, and Python is dead for the rest of the page's life.
RFC 8259 section 9 lets a parser limit the depth. What Zoom sends and what we store is flat.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, Final, NoReturn

MOST_LEVELS: Final = 64
"""How deep lists and objects may be nested in each other."""
_BETWEEN_BRACKETS: Final = re.compile(r"[^][{}]+")
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


def read_json(text: str | bytes) -> Any:
    """Parse a JSON text strictly: bytes are UTF-8, and `NaN`, which Python would let pass, is none.

    Raises:
        ValueError: It is none, or is nested deeper than `MOST_LEVELS`.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    if _count_levels(text) > MOST_LEVELS:
        raise ValueError("nested too deeply")
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"no JSON: {name}")


def _count_levels(text: str) -> int:
    """Return how deep the text is nested up to its first error, which is where a parser stops."""
    unescaped = text.replace("\\\\", "").replace('\\"', "")
    outside_strings = "".join(unescaped.split('"')[::2])
    brackets = _BETWEEN_BRACKETS.sub("", outside_strings)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)
