"""The panel: a meeting, and what can be done with it."""

from __future__ import annotations

from pywidget.connection.account import Connection
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import group_meeting_id
from pywidget.ui.controls import make_button, make_copy_button, name_group
from pywidget.ui.details import render_details
from pywidget.ui.mailing import render_mailing
from pywidget.ui.menus import (
    render_account,
    render_account_menu,
    render_remove_menu,
    render_send_menu,
)
from pywidget.ui.node import Element, Node, element
from pywidget.widget.actions import Action
from pywidget.widget.model import BUSY, Copyable, Menu, Model, State
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.words import Words

ZOOM_MEETINGS_PAGE = "https://zoom.us/meeting#/upcoming"


def render_panel(model: Model, shown: ShownMeeting, words: Words) -> Element:
    """Render the panel of the meeting."""
    can_act = model.state is State.READY
    return element(
        "section",
        element(
            "div",
            element("span", class_="icon camera"),
            element("div", *_render_when(shown, words), class_="when"),
            None if model.state in BUSY else render_account(model, words),
            class_="head",
            part="head",
        ),
        render_account_menu(model, words) if model.menu is Menu.ACCOUNT else None,
        element(
            "div",
            element(
                "a",
                _shorten(shown.link),
                href=shown.link.url,
                target="_blank",
                rel="noopener noreferrer",
                class_="link",
                part="link",
                title=words.say("link.join"),
            ),
            make_copy_button(
                words.say("button.copy"),
                Action.COPY,
                words,
                is_done=model.copied is Copyable.LINK,
                focus=True,
            ),
            class_="link-row",
            part="link-row",
        ),
        render_mailing(model, shown, words),
        _render_drift(model, shown, words) if can_act else None,
        _render_actions(model, shown, words) if can_act else None,
        render_send_menu(model, shown, words) if can_act and model.menu is Menu.SEND else None,
        element(
            "div",
            _render_details(model, shown, words),
            _render_removal(model, shown, words) if can_act else None,
            class_="foot",
            part="foot",
        ),
        render_remove_menu(shown, words) if can_act and model.menu is Menu.REMOVE else None,
        class_="panel",
        part="panel",
        aria_label=name_group(model.appointment, words),
        tabindex="-1",  # takes the focus when the control that had it is gone
    )


def _render_when(shown: ShownMeeting, words: Words) -> list[Node]:
    if shown.start_text is None:
        return [element("span", words.say("panel.name"), class_="start", part="start")]
    start = element("span", shown.start_text.local, class_="start", part="start")
    if shown.start_text.elsewhere is None:
        return [start]
    there = words.say(
        "panel.elsewhere", start=shown.start_text.elsewhere, place=shown.start_text.place
    )
    return [start, element("span", there, class_="elsewhere", part="elsewhere")]


def _render_drift(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    """Render the difference between Zoom's time and the appointment's, and two ways to end it."""
    drift = shown.drift
    if drift is None:
        return None
    return element(
        "div",
        element(
            "span",
            words.say(
                "panel.drift",
                zoom_start_text=drift.zoom_start_text,
                appointment_start_text=drift.appointment_start_text,
            ),
            class_="message",
            part="message",
        ),
        make_button(words.say("button.update_zoom"), Action.UPDATE_ZOOM)
        if _get_connection(model).may_move
        else None,
        None
        if drift.note_agrees
        else make_button(words.say("button.update_note"), Action.UPDATE_NOTE),
        class_="notice drift",
        part="notice",
        data_code="drift",
    )


def _render_actions(model: Model, shown: ShownMeeting, words: Words) -> Element:
    can_start = (
        shown.link.meeting_id is not None
        and _get_connection(model).may_look
        and not _offers(model, "button.start_meeting")
    )
    return element(
        "div",
        make_button(words.say("button.start_meeting"), Action.START) if can_start else None,
        make_button(
            words.say("button.send_to_client"), Action.SEND, is_expanded=model.menu is Menu.SEND
        ),
        class_="buttons",
        part="actions",
    )


def _render_details(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    meeting_id = shown.link.meeting_id
    rows = [
        ("details.topic", shown.topic),
        ("details.meeting_id", None if meeting_id is None else group_meeting_id(meeting_id)),
        ("details.passcode", None if shown.passcode is None else shown.passcode.reveal()),
        ("details.support", None if model.notice is None else model.notice.support),
    ]
    return render_details(rows, words)


def _render_removal(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    """Render *Remove meeting*, or the link to where the user can do that."""
    if _offers(model, "button.remove_meeting"):
        return None
    if shown.link.meeting_id is not None and _get_connection(model).may_remove:
        return make_button(
            words.say("button.remove_meeting"),
            Action.REMOVE,
            kind="quiet",
            is_expanded=model.menu is Menu.REMOVE,
        )
    return element(
        "a",
        words.say("link.remove_in_zoom"),
        href=ZOOM_MEETINGS_PAGE,
        target="_blank",
        rel="noopener noreferrer",
        class_="button quiet",
        part="button quiet",
    )


def _get_connection(model: Model) -> Connection:
    """Return the connection; if there is none yet, one without known limits."""
    return model.connection or Connection()


def _offers(model: Model, key: str) -> bool:
    """Tell whether the notice has this button: no two buttons may have the same name."""
    return model.notice is not None and key in {offer.key for offer in model.notice.offers}


def _shorten(link: JoinLink) -> str:
    """Return the link as people read it: without its scheme and its secrets."""
    return link.url.removeprefix("https://").partition("?")[0]
