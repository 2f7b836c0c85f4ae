"""The widget's state as markup. Pure: the same model always looks the same.

The loader paints the first button in the same words and classes (`web/loading.js`), so nothing
moves when Python takes over.
"""

from __future__ import annotations

from pywidget.ui.controls import make_button
from pywidget.ui.menus import render_account, render_account_menu, render_add_menu
from pywidget.ui.node import Element, Node, element
from pywidget.ui.panel import ZOOM_MEETINGS_PAGE, render_panel
from pywidget.widget.model import BUSY, Menu, Model, Notice, Offer, State, Tone, is_busy

_PROGRESS = {
    State.SIGNING_IN: "Waiting for Zoom…",
    State.CREATING: "Creating the meeting…",
    State.UPDATING: "Moving the meeting…",
    State.REMOVING: "Removing the meeting…",
}
# For screen readers; not the same words, or they would be read twice.
_ANNOUNCED = {
    State.SIGNING_IN: "Zoom asks for your permission in another window.",
    State.CREATING: "Zoom is making the meeting.",
    State.UPDATING: "Zoom is moving the meeting.",
    State.REMOVING: "Zoom is removing the meeting.",
    State.READY: "The Zoom meeting is ready.",
}
_COPIED = {"link": "Link copied.", "invitation": "Invitation copied."}


def render_host(model: Model) -> Element:
    """The element itself: its public attributes, and everything inside the shadow root."""
    return element(
        "zoom-meeting",
        *render(model),
        data_state=model.state.value,
        aria_busy=str(is_busy(model)).lower(),
    )


def render(model: Model) -> list[Node]:
    """Everything inside the shadow root."""
    parts: list[Node | None] = [
        # First, where it is never made anew: a live region that comes with its words is not read.
        element("div", _announce(model), class_="announcer", role="status"),
        _render_start(model) if model.shown is None else render_panel(model, model.shown),
        _render_progress(model.state) if model.shown is not None and model.state in BUSY else None,
        None if model.notice is None else _render_notice(model.notice, model.menu),
    ]
    return [part for part in parts if part is not None]


def _render_start(model: Model) -> Element | None:
    """The camera button, and what belongs to it until there is a meeting."""
    if model.appointment is None:
        return None  # the notice says why
    is_busy = model.state in BUSY
    return element(
        "div",
        element(
            "button",
            element("span", class_="icon camera"),
            type="button",
            part="add-button",
            class_="icon-button",
            data_action="add",
            aria_label="Add Meeting",
            title="Add Meeting",
            disabled=model.appointment.disabled,
            # Not disabled: a disabled button would drop the focus of whoever comes to it.
            aria_disabled="true" if is_busy else None,
            aria_expanded=str(model.menu is Menu.ADD).lower() if not is_busy else None,
        ),
        _render_progress(model.state) if is_busy else render_account(model),
        render_add_menu(model) if model.menu is Menu.ADD and not is_busy else None,
        render_account_menu(model) if model.menu is Menu.ACCOUNT and not is_busy else None,
        class_="row",
        part="row",
        tabindex="-1",  # where the focus rests when what had it is gone
    )


def _render_progress(state: State) -> Element:
    return element(
        "span",
        element("span", class_="icon spinner"),
        _PROGRESS[state],
        element(
            "span",
            make_button("Show window", "show-window", kind="quiet"),
            make_button("Cancel", "cancel", kind="quiet"),
        )
        if state is State.SIGNING_IN
        else None,
        class_="progress",
        part="progress",
        tabindex="-1",
        data_focus=True,  # from the button that was pressed: pressed again, it would do more
    )


def _render_notice(notice: Notice, menu: Menu | None) -> Element:
    return element(
        "div",
        element("span", notice.text, class_="message", part="message"),
        *(_render_offer(offer, menu) for offer in notice.offers),
        element(
            "a",
            "Your meetings in Zoom",
            href=ZOOM_MEETINGS_PAGE,
            target="_blank",
            rel="noopener noreferrer",
        )
        if notice.links_to_zoom
        else None,
        class_="notice error" if notice.tone is Tone.ERROR else "notice",
        part="notice",
        role="alert",
        data_code=notice.code,
    )


def _render_offer(offer: Offer, menu: Menu | None) -> Element:
    asks_first = offer.action == "remove"
    is_expanded = menu is Menu.REMOVE if asks_first else None
    return make_button(offer.words, offer.action, is_expanded=is_expanded)


def _announce(model: Model) -> str:
    if model.copied:
        return _COPIED[model.copied]
    if model.state is State.READY and model.shown is not None and model.shown.drift is not None:
        return "In Zoom this meeting has another time than the appointment."
    if model.was_removed and model.state is State.IDLE:
        return "The Zoom meeting was removed."
    return _ANNOUNCED.get(model.state, "")
