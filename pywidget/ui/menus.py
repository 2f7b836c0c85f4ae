"""What unfolds under the buttons.

Each opens on what does no harm: a second key press, meant for the button, must not be an answer.
"""

from __future__ import annotations

from pywidget.connection.route import Route
from pywidget.domain.invitation import build_mail_url, build_text_message_url
from pywidget.ui.controls import make_button, make_copy_button, make_link
from pywidget.ui.node import Element, Node, element
from pywidget.widget.model import Menu, Model
from pywidget.widget.shown_meeting import ShownMeeting


def render_add_menu(model: Model) -> Element:
    """What the first click will do."""
    hint = "Zoom opens in a window and asks for your permission. Then the meeting is made."
    button = make_button("Add Zoom Meeting", "connect", kind="primary")
    way = _make_hint(_describe_route(model.route))
    return _make_menu("Add Meeting", _make_hint(hint), way, button)


def _describe_route(route: Route) -> str:
    if not (route.relays or route.forwarder):
        return "Your sign-in goes straight to Zoom."
    if not route.relays:
        return f"Your sign-in passes through {route.forwarder} encrypted: only Zoom can read it."
    before = f"{route.forwarder} encrypted, and through " if route.forwarder else ""
    keeps = "keeps" if len(route.relays) == 1 else "keep"
    return (
        f"Your sign-in passes through {before}{' and '.join(route.relays)}, which {keeps} nothing."
    )


def render_account(model: Model) -> Element | None:
    """The button of the account's menu, where somebody is connected."""
    if model.connection is None:
        return None
    return element(
        "button",
        element("span", class_="icon person"),
        type="button",
        class_="icon-button small",
        part="account-button",
        data_action="account",
        aria_label="Zoom account",
        title="Zoom account",
        aria_expanded=str(model.menu is Menu.ACCOUNT).lower(),
    )


def render_account_menu(model: Model) -> Element:
    """Who is connected, and how to change that."""
    email = None if model.connection is None else model.connection.email
    who = "Connected to Zoom" if not email else f"Connected as {email}"
    return _make_menu(
        "Zoom account",
        element("p", who, part="account"),
        _make_hint(_describe_route(model.route)),
        element(
            "div",
            make_button("Switch account", "switch-account"),
            make_button("Disconnect", "disconnect"),
            class_="buttons",
        ),
        _make_hint("Disconnecting leaves meetings and their links as they are."),
    )


def render_send_menu(model: Model, shown: ShownMeeting) -> Element:
    """The ways to the client."""
    appointment = model.appointment
    email = appointment.client_email if appointment else ""
    phone = appointment.client_phone if appointment else ""
    calendar = shown.calendar_url
    return _make_menu(
        "Send to client",
        _make_hint(_describe_mailing(model, shown)),
        element(
            "div",
            make_link("E-mail", build_mail_url(shown.invitation, email)),
            make_link("Text message", build_text_message_url(shown.invitation, phone)),
            make_copy_button(
                "Copy invitation", "copy-invitation", is_done=model.copied == "invitation"
            ),
            None
            if calendar is None
            else make_link("Calendar file", calendar, download="zoom-meeting.ics"),
            class_="buttons",
        ),
    )


def _describe_mailing(model: Model, shown: ShownMeeting) -> str:
    if shown.is_mailed_by_zoom:
        return "Zoom has e-mailed this link to the client."
    if model.connection is not None and model.connection.is_licensed is False:
        return "Your Zoom plan does not e-mail clients: send them the link yourself."
    return "Zoom does not e-mail this link: send it yourself."


def render_remove_menu(shown: ShownMeeting) -> Element:
    """The one confirmation."""
    tells = shown.has_registration or shown.is_mailed_by_zoom
    return _make_menu(
        "Remove meeting",
        element("p", "Delete this meeting in Zoom and remove its line from the notes?"),
        element(
            "div",
            make_button("Cancel", "dismiss", focus=True),
            make_button("Remove and tell the client", "confirm-remove-and-tell", kind="danger")
            if tells
            else None,
            make_button("Remove", "confirm-remove", kind="danger"),
            class_="buttons",
        ),
        focus=False,
    )


def _make_menu(label: str, *children: Node | None, focus: bool = True) -> Element:
    return element(
        "div",
        *children,
        class_="menu",
        part="menu",
        role="group",
        aria_label=label,
        tabindex="-1",
        data_focus=focus,
    )


def _make_hint(text: str) -> Element:
    return element("p", text, class_="hint", part="hint")
