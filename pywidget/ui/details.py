"""What unfolds under *Details*: terms, and what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence

from pywidget.ui.node import Element, element
from pywidget.words.words import Words


def render_details(
    rows: Sequence[tuple[str, str | None]], words: Words, *more: Element
) -> Element | None:
    """Render the rows that have a text, and more; a row is the key of its term, and a text."""
    if not more and not any(text for _key, text in rows):
        return None
    return element(
        "details",
        element("summary", words.say("details.summary"), part="summary"),
        element(
            "dl",
            *(
                element("div", element("dt", words.say(key)), element("dd", element("bdi", text)))
                for key, text in rows
                if text
            ),
            part="details",
        ),
        *more,
    )
