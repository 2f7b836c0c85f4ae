"""The panel: a meeting, and what can be done with it."""

from __future__ import annotations

from pywidget.connection.account import Connection
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import group_meeting_id
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.ui.controls import (
    make_button,
    make_copy_button,
    make_icon,
    make_zoom_link,
    name_group,
)
from pywidget.ui.details import render_details
from pywidget.ui.emphasis import can_start, find_primary
from pywidget.ui.hints import find_status_hint
from pywidget.ui.limits import render_limit
from pywidget.ui.mailing import render_mailing
from pywidget.ui.menus import (
    SENDING,
    render_account,
    render_account_menu,
    render_remove_menu,
    render_send_menu,
)
from pywidget.ui.node import Element, Node, element
from pywidget.ui.other_host import render_other_host
from pywidget.ui.start import render_start
from pywidget.widget.actions import Action
from pywidget.widget.admission import list_details
from pywidget.widget.model import Copyable, Menu, Model, State
from pywidget.widget.permission import allows, asks_about_cancelled
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from pywidget.words.words import Words


def render_panel(
    model: Model, shown: ShownMeeting, words: Words, progress: Element | None
) -> Element:
    """Render the panel of the meeting, with what is in progress.

    Meanwhile, all stays in its place: nothing may come under a mouse that was meant for another.
    """
    is_busy = model.is_busy
    can_act = is_busy or model.state is State.READY
    is_booked = model.appointment is None or model.appointment.is_booked
    asks = can_act and asks_about_cancelled(model)
    is_removing = can_act and model.menu is Menu.REMOVE
    return element(
        "section",
        element(
            "div",
            make_icon("camera"),
            element("div", *_render_when(shown, words), class_="when"),
            render_account(model, words),
            class_="head",
            part="head",
        ),
        render_account_menu(model, words) if model.menu is Menu.ACCOUNT else None,
        element(
            "div",
            element(
                "a",
                element("span", _name_link(model, shown, words), class_="label"),
                " ",
                element("span", _shorten(shown.link), class_="address", dir="ltr"),
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
                is_disabled=is_busy,
            ),
            class_="link-row",
            part="link-row",
        ),
        render_mailing(model, shown, words) if is_booked else None,
        _render_actions(model, shown, words) if can_act and is_booked else None,
        render_send_menu(model, shown, words)
        if can_act and is_booked and model.menu in SENDING
        else None,
        None if is_booked or asks else _render_status(model, words),
        element(
            "div",
            _render_details(model, shown, words),
            _render_removal(model, shown, words) if can_act and not asks else None,
            class_="foot",
            part="foot",
        ),
        _render_cancelled(model, words) if asks else None,
        render_remove_menu(shown, words) if is_removing else None,
        # Last: a look at Zoom may bring it at any moment, and what is above stays where it is.
        render_limit(model, words) if is_booked else None,
        _render_drift(model, shown, words) if can_act and is_booked else None,
        render_other_host(model, words) if can_act and is_booked else None,
        progress,
        class_="panel",
        part="panel",
        aria_label=name_group(model.appointment, words),
        tabindex="-1",  # takes the focus when the control that had it is gone
    )


def _name_link(model: Model, shown: ShownMeeting, words: Words) -> str:
    """Name the link; who has just copied one that is the client's own is told so."""
    is_own = shown.is_mailed_by_zoom and model.copied is Copyable.LINK
    return words.say("panel.own_link" if is_own else "panel.client_link")


def _render_when(shown: ShownMeeting, words: Words) -> list[Node]:
    if shown.starts_at is None:
        return [element("span", words.say("panel.name"), class_="start", part="start")]
    start = render_start(words.write_moment(Moment(shown.starts_at)))
    if not shown.elsewhere:
        return [start]
    there = words.say(
        "panel.elsewhere",
        start=Moment(shown.starts_at, zone=shown.elsewhere),
        place=shown.elsewhere.rpartition("/")[2].replace("_", " "),
    )
    return [start, element("span", there, class_="elsewhere", part="elsewhere")]


def _render_drift(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    """Render the difference between Zoom's time and the appointment's, and two ways to end it."""
    drift = shown.drift
    if drift is None:
        return None
    return element(
        "div",
        make_icon("clock"),
        element(
            "span",
            words.say("panel.drift", **drift.times),
            class_="message",
            part="message",
        ),
        _render_ways_to_agree(model, drift, words) if allows(model, Action.UPDATE_NOTE) else None,
        class_="notice drift",
        part="notice",
        data_code="drift",
    )


def _render_ways_to_agree(model: Model, drift: Drift, words: Words) -> Element:
    is_busy, primary = model.is_busy, find_primary(model)
    style = TimeStyle.TIME if drift.is_same_day else TimeStyle.FULL
    return element(
        "div",
        make_button(
            words.say("button.update_zoom", time=Moment(drift.appointment_starts_at, style)),
            Action.UPDATE_ZOOM,
            kind="primary" if primary is Action.UPDATE_ZOOM else "",
            is_disabled=is_busy,
        )
        if _get_connection(model).may_move
        else None,
        None
        if drift.note_agrees
        else make_button(
            words.say("button.update_note", time=Moment(drift.zoom_starts_at, style)),
            Action.UPDATE_NOTE,
            kind="primary" if primary is Action.UPDATE_NOTE else "",
            is_disabled=is_busy,
        ),
        class_="buttons",
    )


def _render_cancelled(model: Model, words: Words) -> Element:
    """Render the question whether the meeting of a cancelled appointment is to be removed."""
    is_busy, primary = model.is_busy, find_primary(model)
    return element(
        "div",
        make_icon("information"),
        element("span", words.say("panel.cancelled"), class_="message", part="message"),
        element(
            "div",
            make_button(
                words.say("button.remove_meeting"),
                Action.REMOVE,
                kind="primary" if primary is Action.REMOVE else "",
                is_expanded=model.menu is Menu.REMOVE,
                is_disabled=is_busy,
            )
            if _get_connection(model).may_remove
            else make_zoom_link(words.say("link.remove_in_zoom")),
            make_button(words.say("button.keep"), Action.KEEP, is_disabled=is_busy),
            class_="buttons",
        ),
        class_="notice cancelled",
        part="notice",
        data_code="appointment-cancelled",
    )


def _render_status(model: Model, words: Words) -> Element | None:
    hint = None if model.appointment is None else find_status_hint(model.appointment)
    return None if hint is None else element("p", words.say(hint), class_="hint", part="hint")


def _render_actions(model: Model, shown: ShownMeeting, words: Words) -> Element:
    is_busy, primary = model.is_busy, find_primary(model)
    may_start = can_start(model, shown) and not _offers(model, "button.start_meeting")
    return element(
        "div",
        make_button(
            words.say("button.start_meeting"),
            Action.START,
            kind="primary" if primary is Action.START else "",
            icon="camera",
            is_disabled=is_busy,
        )
        if may_start
        else None,
        make_button(
            words.say("button.send_to_client"),
            Action.SEND,
            kind="primary" if primary is Action.SEND else "",
            icon="plane",
            is_expanded=model.menu in SENDING,
            is_disabled=is_busy,
        ),
        # Last: it may come at any moment, and no button moves for it.
        element("span", words.say("panel.in_progress"), class_="in-progress", part="in-progress")
        if shown.is_started and model.connection is not None
        else None,
        class_="buttons",
        part="actions",
    )


def _render_details(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    meeting_id = shown.link.meeting_id
    rows = [
        ("details.topic", shown.topic),
        ("details.meeting_id", None if meeting_id is None else group_meeting_id(meeting_id)),
        ("details.host", _find_host(model, shown)),
        ("details.passcode", None if shown.passcode is None else shown.passcode.reveal()),
        *_describe_admission(shown, words),
        ("details.support", None if model.notice is None else model.notice.support),
    ]
    zoom = element("div", make_zoom_link(words.say("link.zoom_meetings")), class_="buttons")
    return render_details(rows, words, zoom)


def _describe_admission(shown: ShownMeeting, words: Words) -> list[tuple[str, str]]:
    if shown.admission is None:
        return []
    return [(key, words.write(message)) for key, message in list_details(shown.admission)]


def _find_host(model: Model, shown: ShownMeeting) -> str:
    """Find the host, for a page that says who is to host."""
    asked_for = model.appointment is not None and model.appointment.host_email
    return shown.host_email if asked_for else ""


def _render_removal(model: Model, shown: ShownMeeting, words: Words) -> Element | None:
    """Render *Remove meeting*, or the link to where the user can do that."""
    if _offers(model, "button.remove_meeting") or not allows(model, Action.REMOVE):
        return None
    if shown.link.meeting_id is not None and _get_connection(model).may_remove:
        return make_button(
            words.say("button.remove_meeting"),
            Action.REMOVE,
            kind="quiet",
            is_expanded=model.menu is Menu.REMOVE,
            is_disabled=model.is_busy,
        )
    return make_zoom_link(words.say("link.remove_in_zoom"))


def _get_connection(model: Model) -> Connection:
    """Return the connection; if there is none yet, one without known limits."""
    return model.connection or Connection()


def _offers(model: Model, key: str) -> bool:
    """Tell whether the notice has this button: no two buttons may have the same name."""
    return model.notice is not None and key in {offer.key for offer in model.notice.offers}


def _shorten(link: JoinLink) -> str:
    """Return the link as people read it: without its scheme and its secrets."""
    return link.url.removeprefix("https://").partition("?")[0]
