"""The widget's state as markup. Pure: the same model always looks the same.

The loader paints the first button with the same words and classes (`web/loading.js`), so nothing
moves when Python takes over.
"""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.domain.appointment import Appointment
from pywidget.ui.controls import (
    make_button,
    make_copy_field,
    make_guest_field,
    make_icon,
    make_icon_button,
    make_zoom_link,
    name_group,
    name_message,
)
from pywidget.ui.details import render_details
from pywidget.ui.emphasis import find_primary
from pywidget.ui.hints import find_hint, has_camera
from pywidget.ui.menus import render_account, render_account_menu, render_add_menu, render_choices
from pywidget.ui.node import Element, Node, element
from pywidget.ui.panel import render_panel
from pywidget.widget.actions import Action
from pywidget.widget.model import (
    Copyable,
    Menu,
    Model,
    Notice,
    Offer,
    State,
    Tone,
    is_handing_over,
)
from pywidget.widget.permission import find_offers, has_to_be_answered
from pywidget.words.words import Words

_PROGRESS = {
    State.SIGNING_IN: "progress.signing_in",
    State.CREATING: "progress.creating",
    State.UPDATING: "progress.updating",
    State.REMOVING: "progress.removing",
}
_ENGLISH = {"lang": "en", "dir": "ltr"}


def render_host(model: Model, words: Words) -> Element:
    """Render the element itself: its public attributes, and everything in the shadow root."""
    return element(
        "zoom-meeting",
        *render(model, words),
        data_state=model.state.value,
        aria_busy=str(model.is_busy).lower(),
    )


def render(model: Model, words: Words) -> list[Node]:
    """Render all that is seen in the shadow root; what is heard has a place of its own there."""
    parts: list[Node | None] = [
        _render_start(model, words)
        if model.shown is None
        else render_panel(model, model.shown, words, _render_progress(model, words)),
        None if model.notice is None else _render_notice(model, model.notice, words),
    ]
    there = [part for part in parts if part is not None]
    return [_mark(part, words.marks) for part in there] if words.marks else there


def _mark(part: Node, marks: Mapping[str, str]) -> Node:
    """Say of English on a page in another language that it is English (WCAG 2.2, 3.1.2)."""
    if isinstance(part, str):
        return part
    return part._replace(attributes={**part.attributes, **marks})


def _render_start(model: Model, words: Words) -> Element | None:
    """Render the camera button, and what belongs to it until there is a meeting."""
    if model.appointment is None:
        return None  # the notice says why
    is_busy = model.is_busy
    hint = None if is_busy else find_hint(model.appointment, has_begun=model.has_begun)
    row = element(
        "div",
        _render_camera(model, model.appointment, words)
        if is_busy or has_camera(model.appointment)
        else None,
        _render_progress(model, words) or render_account(model, words),
        render_add_menu(model, words) if model.menu is Menu.ADD and not is_busy else None,
        render_choices(model, words) if model.menu is Menu.CHOICES and not is_busy else None,
        render_account_menu(model, words) if model.menu is Menu.ACCOUNT and not is_busy else None,
        None if hint is None else element("span", words.say(hint), class_="hint", part="hint"),
        class_="row",
        part="row",
        role="group",
        aria_label=name_group(model.appointment, words),
        tabindex="-1",  # takes the focus when the control that had it is gone
    )
    # As high as the meeting will be, from the click on: nothing moves when it comes.
    return element("div", row, class_="panel expected", part="panel") if is_busy else row


def _render_camera(model: Model, appointment: Appointment, words: Words) -> Element:
    is_busy = model.is_busy
    return element(
        "button",
        make_icon("camera"),
        type="button",
        part="add-button",
        class_="icon-button",
        data_action=Action.ADD,
        aria_label=words.say("button.add_meeting"),
        disabled=appointment.disabled,
        # Not disabled: a disabled button would lose the focus that a user moves to it.
        aria_disabled="true" if is_busy else None,
        aria_expanded=str(model.menu in {Menu.ADD, Menu.CHOICES}).lower() if not is_busy else None,
    )


def _render_progress(model: Model, words: Words) -> Element | None:
    if not model.is_busy:
        return None
    is_signing_in = model.state is State.SIGNING_IN
    return element(
        "span",
        element("span", class_="icon spinner"),
        words.say("progress.held_up", seconds=model.held_up)
        if model.held_up
        else words.say(
            "progress.handing_over" if is_handing_over(model) else _PROGRESS[model.state]
        ),
        element(
            "span",
            make_button(words.say("button.show_window"), Action.SHOW_WINDOW, kind="quiet")
            if is_signing_in
            else None,
            make_button(words.say("button.cancel"), Action.CANCEL, kind="quiet"),
        )
        if is_signing_in or model.held_up
        else None,
        class_="progress",
        part="progress",
        tabindex="-1",
        data_focus=True,  # away from the button that was pressed: pressed again, it would do more
    )


def _render_notice(model: Model, notice: Notice, words: Words) -> Element:
    is_error = notice.tone is Tone.ERROR
    ways_out = [_render_offer(offer, model, words) for offer in find_offers(model)]
    if notice.links_to_zoom:
        ways_out.append(make_zoom_link(words.say("link.zoom_meetings")))
    return element(
        "div",
        make_icon("failure" if is_error else "information"),
        element(
            "span",
            words.write_all(notice.messages),
            class_="message",
            part="message",
            **({} if words.translates(notice.messages) else _ENGLISH),
        ),
        make_icon_button(
            words.say("button.dismiss"),
            Action.DISMISS_NOTICE,
            icon="cross",
            part="dismiss-button",
        )
        if model.appointment is not None and not has_to_be_answered(model)
        else None,
        None
        if notice.by_hand is None or model.shown is None
        else make_copy_field(notice.by_hand, model.shown, words),
        None if notice.guest_link is None else make_guest_field(notice.guest_link, words),
        element("div", *ways_out, class_="buttons") if ways_out else None,
        # Where there is a panel, it has details of its own.
        render_details([("details.support", notice.support)], words)
        if model.shown is None
        else None,
        class_="notice error" if is_error else "notice",
        part="notice",
        role="group",
        aria_label=name_message(model.appointment, words),
        data_code=notice.code,
    )


def _render_offer(offer: Offer, model: Model, words: Words) -> Element:
    asks_first = offer.action is Action.REMOVE
    is_copied = offer.action is Action.COPY_GUEST_LINK and model.copied is Copyable.GUEST_LINK
    return make_button(
        words.say("button.copied" if is_copied else offer.key),
        offer.action,
        kind="primary" if offer.action is find_primary(model) else "",
        is_expanded=model.menu is Menu.REMOVE if asks_first else None,
    )
