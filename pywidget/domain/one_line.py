r"""Text on one line: what a name or a topic becomes before it stands on a line of its own.

Facts: a line ends in LF, CR or CR LF for everybody. It also ends in VT, FF, FS, GS, RS or U+0085
for Python's `str.splitlines` and for some mail and calendar programs, and in U+2028 or U+2029 for
JavaScript and in Unicode. The other control characters end none, but mail (RFC 5322 section 2.2)
and calendars (RFC 5545 section 3.3.11) have no room for them. Half a surrogate pair, which a name
can be cut into, has no encoding.

>>> put_on_one_line("Dana\u2028Lee\r\n")
'Dana Lee'
"""

from __future__ import annotations

import re
from typing import Final

CONTROLS: Final = "\x00-\x1f\x7f-\x9f\u2028\u2029"
"""All of them, for a set of characters in a pattern."""

_CONTROLS = re.compile(f"[{CONTROLS}]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def put_on_one_line(text: str) -> str:
    """Turn line breaks and control characters into a space, and half a surrogate into U+FFFD."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()


def unify_breaks(text: str) -> str:
    """Turn whatever anybody takes for a line break into LF; all else stays."""
    return _BREAKS.sub("\n", text)


def shorten(text: str, longest: int) -> str:
    """Cut the text, if it is longer than that many characters, and end it in an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
