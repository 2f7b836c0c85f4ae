"""The target of the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A page that shows the widget.

    Attributes:
        page_url: Its whole address. A fragment is never sent.
        tag: The script tag's attributes, `src` and `type` included, where a script makes the tag
            (`tag.parse_tag` reads them from markup); `None` to read it from the page.
        base: The folder that holds `embed.js`, for a page whose tag cannot be found; empty if it is
            unknown.
    """

    page_url: str
    tag: Mapping[str, str] | None = None
    base: str = ""
