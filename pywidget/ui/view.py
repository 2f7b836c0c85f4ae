"""The widget's state as markup. Pure: the same model always looks the same.

The loader paints the first button in the same words and classes (`web/loading.js`), so nothing
moves when Python takes over.
"""

from __future__ import annotations

from pywidget.app.machine import Model, Notice, State, Tone
from pywidget.app.shown import Shown
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import group_meeting_id
from pywidget.ui.mount import FOCUS_MARK
from pywidget.ui.node import Element, Node, element

_PROGRESS = {
    State.SIGNING_IN: "Waiting for Zoom…",
    State.CREATING: "Creating the meeting…",
}
# For screen readers; not the same words, or they would be read twice.
_ANNOUNCED = {
    State.SIGNING_IN: "Zoom asks for your permission in another window.",
    State.CREATING: "Zoom is making the meeting.",
    State.READY: "The Zoom meeting is ready.",
}


def render(model: Model) -> list[Node]:
    """Everything inside the shadow root."""
    parts: list[Node | None] = [
        # First, where it is never made anew: a live region that comes with its words is not read.
        element("div", _announce(model), class_="announcer", role="status"),
        _render_panel(model.shown, is_copied=model.is_copied)
        if model.shown is not None
        else _render_start(model),
        None if model.notice is None else _render_notice(model.notice, model.shown),
    ]
    return [part for part in parts if part is not None]


def _render_start(model: Model) -> Element | None:
    """The camera button, and what belongs to it until there is a meeting."""
    if model.appointment is None:
        return None  # the notice says why
    is_disabled = model.appointment.disabled
    is_busy = model.state in _PROGRESS
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
            disabled=is_disabled,
            # Not disabled: a disabled button would drop the focus of whoever pressed it.
            aria_disabled="true" if is_busy else None,
            aria_expanded=("true" if model.menu_open else "false") if not is_busy else None,
        ),
        _render_progress(model.state) if is_busy else None,
        _render_menu() if model.menu_open and not is_busy else None,
        class_="row",
        part="row",
    )


def _render_menu() -> Element:
    return element(
        "div",
        element(
            "p",
            "Zoom opens in a window and asks for your permission. Then the meeting is made.",
            class_="hint",
            part="hint",
        ),
        _render_button("Add Zoom Meeting", "connect", primary=True, focus=True),
        class_="menu",
        part="menu",
        role="group",
        aria_label="Add Meeting",
    )


def _render_progress(state: State) -> Element:
    return element(
        "span",
        element("span", class_="icon spinner"),
        _PROGRESS[state],
        element(
            "span",
            _render_button("Show window", "show-window", quiet=True),
            _render_button("Cancel", "cancel", quiet=True),
        )
        if state is State.SIGNING_IN
        else None,
        class_="progress",
        part="progress",
    )


def _render_panel(shown: Shown, *, is_copied: bool) -> Element:
    return element(
        "section",
        element(
            "div",
            element("span", class_="icon camera"),
            element("div", *_render_when(shown), class_="when"),
            class_="head",
            part="head",
        ),
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
                title="Client link: opens the meeting as a guest",
            ),
            element(
                "button",
                element("span", class_="icon check" if is_copied else "icon copy"),
                "Copied" if is_copied else "Copy",
                type="button",
                class_="button copy-button",
                part="copy-button",
                data_action="copy",
                **{FOCUS_MARK.replace("-", "_"): True},
            ),
            class_="link-row",
            part="link-row",
        ),
        _render_details(shown),
        class_="panel",
        part="panel",
        aria_label="Zoom meeting",
    )


def _render_when(shown: Shown) -> list[Node]:
    if shown.start is None:
        return [element("span", "Zoom meeting", class_="start", part="start")]
    start = element("span", shown.start.local, class_="start", part="start")
    if shown.start.elsewhere is None:
        return [start]
    return [start, element("span", shown.start.elsewhere, class_="elsewhere", part="elsewhere")]


def _render_details(shown: Shown) -> Element | None:
    meeting_id = shown.link.meeting_id
    rows = [
        ("Topic", shown.topic),
        ("Meeting ID", None if meeting_id is None else group_meeting_id(meeting_id)),
        ("Passcode", None if shown.passcode is None else shown.passcode.reveal()),
    ]
    known = [(name, text) for name, text in rows if text]
    if not known:
        return None
    return element(
        "details",
        element("summary", "Details", part="summary"),
        element(
            "dl",
            *(
                element("div", element("dt", name), element("dd", element("bdi", text)))
                for name, text in known
            ),
            part="details",
        ),
    )


def _render_notice(notice: Notice, shown: Shown | None) -> Element:
    can_save = shown is not None and not shown.is_noted
    return element(
        "div",
        element("span", notice.text, class_="message", part="message"),
        _render_button("Save again", "save-again") if can_save else None,
        class_="notice error" if notice.tone is Tone.ERROR else "notice",
        part="notice",
        role="alert",
        data_code=notice.code.value,
    )


def _render_button(
    text: str, action: str, *, primary: bool = False, quiet: bool = False, focus: bool = False
) -> Element:
    kind = " primary" if primary else " quiet" if quiet else ""
    return element(
        "button",
        text,
        type="button",
        class_=f"button{kind}",
        part=f"button{kind}",
        data_action=action,
        data_focus=focus,
    )


def _announce(model: Model) -> str:
    return "Link copied." if model.is_copied else _ANNOUNCED.get(model.state, "")


def _shorten(link: JoinLink) -> str:
    """The link as people read it: without its scheme and its secrets."""
    return link.url.removeprefix("https://").partition("?")[0]
