"""The menus that unfold under the buttons.

Each opens with the focus on something harmless: a second key press, meant for the button, must not
be an answer.
"""

from __future__ import annotations

from pywidget.connection.route import Route
from pywidget.domain.calendar_file import build_calendar_url, write_calendar_file
from pywidget.ui.controls import (
    make_button,
    make_copy_button,
    make_icon_button,
    make_link,
    make_zoom_link,
)
from pywidget.ui.node import Element, Node, element
from pywidget.widget.actions import Action
from pywidget.widget.model import Copyable, Menu, Model
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.invitation import (
    build_mail_url,
    build_text_message_url,
    write_invitation,
    write_topic,
)
from pywidget.words.words import Words


def render_add_menu(model: Model, words: Words) -> Element:
    """Render what the first click will do, and the button for it."""
    return _make_menu(
        words.say("button.add_meeting"),
        _make_hint(words.say("menu.add.hint")),
        _make_hint(_describe_route(model.route, words)),
        make_button(words.say("button.add_zoom_meeting"), Action.CONNECT, kind="primary"),
    )


def _describe_route(route: Route, words: Words) -> str:
    forwarder = route.forwarder
    if not route.relays:
        key = "menu.route.forwarder" if forwarder else "menu.route.straight"
        return words.say(key, forwarder=forwarder)
    relays = words.join(route.relays)
    if len(route.relays) == 1:
        key = "menu.route.forwarder_and_relay" if forwarder else "menu.route.relay"
    else:
        key = "menu.route.forwarder_and_relays" if forwarder else "menu.route.relays"
    return words.say(key, forwarder=forwarder, relays=relays)


def render_account(model: Model, words: Words) -> Element | None:
    """Render the button of the account menu, if someone is connected."""
    if model.connection is None:
        return None
    is_busy = model.is_busy
    return make_icon_button(
        words.say("button.zoom_account"),
        Action.ACCOUNT,
        icon="person",
        part="account-button",
        is_expanded=None if is_busy else model.menu is Menu.ACCOUNT,
        is_disabled=is_busy,
    )


def render_account_menu(model: Model, words: Words) -> Element:
    """Render who is connected, and how to change that."""
    email = None if model.connection is None else model.connection.email
    who = (
        words.say("menu.account.connected_as", email=email)
        if email
        else words.say("menu.account.connected")
    )
    return _make_menu(
        words.say("button.zoom_account"),
        element("p", who, part="account"),
        _make_hint(_describe_route(model.route, words)),
        element(
            "div",
            make_button(words.say("button.switch_account"), Action.SWITCH_ACCOUNT),
            make_button(words.say("button.disconnect"), Action.DISCONNECT),
            class_="buttons",
        ),
        _make_hint(words.say("menu.account.hint")),
        element("div", make_zoom_link(words.say("link.zoom_meetings")), class_="buttons"),
    )


def render_send_menu(model: Model, shown: ShownMeeting, words: Words) -> Element:
    """Render the ways to send the meeting to the client."""
    appointment = model.appointment
    email = appointment.client_email if appointment else ""
    phone = appointment.client_phone if appointment else ""
    clients = words.for_clients
    calendar = _build_calendar(shown, clients)
    return _make_menu(
        words.say("button.send_to_client"),
        element(
            "div",
            make_link(
                words.say("link.email"),
                build_mail_url(shown.invitation, email, clients),
                icon="envelope",
            ),
            make_link(
                words.say("link.text_message"),
                build_text_message_url(shown.invitation, phone, clients),
                icon="speech",
            ),
            make_copy_button(
                words.say("button.copy_invitation"),
                Action.COPY_INVITATION,
                words,
                is_done=model.copied is Copyable.INVITATION,
            ),
            None
            if calendar is None
            else make_link(
                words.say("link.calendar_file"),
                calendar,
                icon="calendar",
                download="zoom-meeting.ics",
            ),
            class_="buttons",
        ),
    )


def _build_calendar(shown: ShownMeeting, words: Words) -> str | None:
    """Build the calendar file as a `data:` URL, for a meeting whose time is known."""
    if shown.starts_at is None:
        return None
    text = write_calendar_file(
        topic=write_topic(shown.invitation, words),
        starts_at=shown.starts_at,
        minutes=shown.minutes,
        join_url=shown.link.url,
        description=write_invitation(shown.invitation, words),
        meeting_id=shown.link.room,
        now=shown.written_at,
    )
    return build_calendar_url(text)


def render_remove_menu(shown: ShownMeeting, words: Words) -> Element:
    """Render the confirmation, which is asked for once."""
    tells = shown.has_registration or shown.is_mailed_by_zoom
    return _make_menu(
        words.say("button.remove_meeting"),
        element("p", words.say("menu.remove.question")),
        element(
            "div",
            make_button(words.say("button.cancel"), Action.DISMISS, focus=True),
            make_button(
                words.say("button.remove_and_tell"), Action.CONFIRM_REMOVE_AND_TELL, kind="danger"
            )
            if tells
            else None,
            make_button(words.say("button.remove"), Action.CONFIRM_REMOVE, kind="danger"),
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
