"""The line that says that the host's plan ends the meeting before the appointment is over."""

from __future__ import annotations

from pywidget.ui.node import Element, element
from pywidget.widget.limits import describe_limit
from pywidget.widget.model import Model
from pywidget.words.words import Words


def render_limit(model: Model, words: Words) -> Element | None:
    """Render the line; a meeting that is gone needs none."""
    if model.shown is None or model.shown.is_gone:
        return None
    text = words.write_all(describe_limit(model))
    return element("p", text, class_="hint limit", part="hint") if text else None
