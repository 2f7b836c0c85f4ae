"""The line that says whose meeting it is, and the way to make it the therapist's."""

from __future__ import annotations

from pywidget.ui.controls import make_button, make_icon
from pywidget.ui.emphasis import find_primary
from pywidget.ui.node import Element, element
from pywidget.widget.actions import Action
from pywidget.widget.model import Model
from pywidget.widget.other_host import find_other_host
from pywidget.words.words import Words


def render_other_host(model: Model, words: Words) -> Element | None:
    """Render the difference between the meeting's host and the appointment's, if there is one."""
    other = find_other_host(model)
    if other is None:
        return None
    move = make_button(
        words.say("button.hand_over", email=other.wanted),
        Action.HAND_OVER,
        kind="primary" if find_primary(model) is Action.HAND_OVER else "",
        is_disabled=model.is_busy,
    )
    return element(
        "div",
        make_icon("person"),
        element("span", words.write(other.message), class_="message", part="message"),
        element("div", move, class_="buttons") if other.may_move else None,
        class_="notice host",
        part="notice",
        data_code="other-host",
    )
