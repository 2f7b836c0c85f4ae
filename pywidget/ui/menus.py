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
from pywidget.widget.model import (
    Copyable,
    Menu,
    Model,
    may_invite,
    registers_guests,
)
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.invitation import (
    build_mail_url,
    build_text_message_url,
    write_invitation,
    write_topic,
)
from pywidget.words.words import Words

CHOICES = "meeting-choice"
"""The slot's name, which is public."""

SENDING = frozenset({Menu.SEND, Menu.INVITE})
"""The menus that unfold under *Send to client*."""


def render_add_menu(model: Model, words: Words) -> Element:
    """Render what the first click will do, and the button for it."""
    return _make_menu(
        words.say("button.add_meeting"),
        _make_hint(words.say("menu.add.hint")),
        _make_hint(_describe_route(model.route, words)),
        make_button(words.say("button.add_zoom_meeting"), Action.CONNECT, kind="primary"),
        element("slot", name=CHOICES),  # children may come at any time
    )


def render_choices(model: Model, words: Words) -> Element:
    """Render *Add Zoom Meeting* beside the host page's own kinds, as equals."""
    is_connected = model.connection is not None
    return _make_menu(
        words.say("button.add_meeting"),
        make_button(words.say("button.add_zoom_meeting"), Action.CONNECT),
        element("slot", name=CHOICES),
        None if is_connected else _make_hint(words.say("menu.add.hint")),
        None if is_connected else _make_hint(_describe_route(model.route, words)),
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
            _make_send_link(
                model,
                Action.SEND_EMAIL,
                words.say("link.email"),
                build_mail_url(shown.invitation, email, clients),
                words,
                icon="envelope",
            ),
            _make_send_link(
                model,
                Action.SEND_TEXT,
                words.say("link.text_message"),
                build_text_message_url(shown.invitation, phone, clients),
                words,
                icon="speech",
            )
            if model.abilities.sends_texts
            else None,
            make_copy_button(
                _tell_delivery(
                    model, Action.COPY_INVITATION, words.say("button.copy_invitation"), words
                ),
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
            make_button(
                words.say("button.invite_another"),
                Action.INVITE_ANOTHER,
                icon="person",
                is_expanded=model.menu is Menu.INVITE,
            )
            if may_invite(model)
            else None,
            class_="buttons",
        ),
        None if may_invite(model) else _make_hint(words.say("menu.invite.own_link")),
        _render_invite(model, words) if model.menu is Menu.INVITE and may_invite(model) else None,
    )


def _render_invite(model: Model, words: Words) -> Element:
    """Render the form for another person's address; `dialog` keeps a browser from sending it."""
    return element(
        "form",
        element(
            "label",
            element("span", words.say("field.guest_email"), class_="label"),
            element(
                "input",
                type="email",
                required=True,
                maxlength="128",
                dir="ltr",
                autocomplete="off",
                class_="field",
                part="field",
                data_focus=True,
            ),
        ),
        make_button(
            _tell_delivery(
                model, Action.SEND_INVITATION, words.say("button.send_invitation"), words
            ),
            Action.SEND_INVITATION,
            is_submit=True,
        ),
        _make_hint(words.say("menu.invite.registers")) if registers_guests(model) else None,
        method="dialog",
        class_="invite",
        part="invite",
    )


def _make_send_link(
    model: Model, action: Action, text: str, href: str, words: Words, *, icon: str
) -> Element:
    """Make the link that sends; if the host page does, it says how far that is.

    *Sending…* takes the icon's room as well: its neighbors stay where they are.
    """
    if model.delivery is not None and model.delivery.by is action:
        icon = "check" if model.delivery.is_done else ""
    return make_link(
        _tell_delivery(model, action, text, words),
        href,
        icon=icon,
        action=action,
    )


def _tell_delivery(model: Model, action: Action, text: str, words: Words) -> str:
    """Return the words of the control: how far its message is, if it is on its way."""
    if model.delivery is None or model.delivery.by is not action:
        return text
    return words.say("button.sent" if model.delivery.is_done else "progress.sending")


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
