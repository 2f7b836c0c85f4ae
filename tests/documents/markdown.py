"""Reads of a Markdown document what links need: its headings' anchors, and where it links to.

Facts (GitHub's way, which the site shares): the anchor of a heading is its text in lower case,
without markup and without what is no letter, digit, `_`, `-` or space; each space becomes a `-`. A
second heading of the same text gets `-1`. What stands in code is no link.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2[ ]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).+?\1")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_IN_HTML = re.compile(r"<\w[^>]*\s(?:href|src|srcset)=\"([^\"]+)\"")


def list_anchors(text: str) -> list[str]:
    """List the anchor of each heading, in order."""
    anchors: list[str] = []
    seen: Counter[str] = Counter()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        shown = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        anchors.append(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return anchors


def list_links(text: str) -> Iterator[str]:
    """List where a document's links and pictures lead, as they are written."""
    rest = _CODE.sub("`", _FENCE.sub("", text))
    yield from _LINK.findall(rest)
    yield from _IN_HTML.findall(rest)
