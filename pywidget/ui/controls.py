"""Icons, buttons and links, the same everywhere."""

from __future__ import annotations

from pywidget.domain.appointment import Appointment
from pywidget.domain.join_link import JoinLink
from pywidget.ui.node import Element, element
from pywidget.widget.actions import Action
from pywidget.widget.model import Copyable
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.invitation import write_invitation
from pywidget.words.words import Words

ZOOM_MEETINGS_PAGE = "https://zoom.us/meeting#/upcoming"
_FIELDS = {Copyable.LINK: "field.link", Copyable.INVITATION: "field.invitation"}


def make_icon(name: str) -> Element:
    """Make an icon; `web/widget.css` draws it by its name."""
    return element("span", class_="icon camera" if name == "camera" else f"icon masked {name}")


def make_button(
    text: str,
    action: Action,
    *,
    kind: str = "",
    icon: str = "",
    focus: bool = False,
    is_expanded: bool | None = None,
    is_disabled: bool = False,
    is_submit: bool = False,
) -> Element:
    """Make a button; `kind` is `primary`, `quiet`, `danger` or empty; `focus` on appearing.

    One that is disabled keeps its place and its focus, and does nothing.
    """
    suffix = f" {kind}" if kind else ""
    return element(
        "button",
        make_icon(icon) if icon else None,
        text,
        type="submit" if is_submit else "button",
        class_=f"button{suffix}",
        part=f"button{suffix}",
        data_action=action,
        data_focus=focus,
        aria_expanded=None if is_expanded is None else str(is_expanded).lower(),
        aria_disabled="true" if is_disabled else None,
    )


def make_icon_button(
    name: str,
    action: Action,
    *,
    icon: str,
    part: str,
    is_expanded: bool | None = None,
    is_disabled: bool = False,
) -> Element:
    """Make a small button with an icon only; its name is its tooltip, too."""
    return element(
        "button",
        make_icon(icon),
        type="button",
        class_="icon-button small",
        part=part,
        data_action=action,
        aria_label=name,
        aria_expanded=None if is_expanded is None else str(is_expanded).lower(),
        aria_disabled="true" if is_disabled else None,
    )


def make_copy_button(
    text: str,
    action: Action,
    words: Words,
    *,
    is_done: bool,
    focus: bool = False,
    is_disabled: bool = False,
) -> Element:
    """Make a button that shows for a while that it has copied."""
    return element(
        "button",
        make_icon("check" if is_done else "copy"),
        words.say("button.copied") if is_done else text,
        type="button",
        class_="button copy-button",
        part="copy-button",
        data_action=action,
        data_focus=focus,
        aria_disabled="true" if is_disabled else None,
    )


def make_copy_field(what: Copyable, shown: ShownMeeting, words: Words) -> Element:
    """Make a field to copy from by hand; it holds all of the text, and has it selected."""
    name = words.say(_FIELDS[what])
    if what is Copyable.LINK:
        return element(
            "input",
            value=shown.link.url,
            dir="ltr",
            readonly=True,
            class_="by-hand",
            part="by-hand",
            aria_label=name,
            data_focus=True,
        )
    return element(
        "textarea",
        write_invitation(shown.invitation, words.for_clients),
        readonly=True,
        rows="6",
        class_="by-hand",
        part="by-hand",
        aria_label=name,
        lang=words.for_clients.tag,
        dir="auto",
        data_focus=True,
    )


def make_guest_field(link: JoinLink, words: Words) -> Element:
    """Make a field that shows the link of a person who is not the client, selected."""
    return element(
        "input",
        value=link.url,
        dir="ltr",
        readonly=True,
        class_="by-hand",
        part="by-hand",
        aria_label=words.say("field.guest_link"),
        data_focus=True,
    )


def name_group(appointment: Appointment | None, words: Words) -> str:
    """Name what surrounds a widget's controls: a page may have many widgets."""
    client = appointment.client if appointment else ""
    return words.say("panel.named", client=client) if client else words.say("panel.name")


def name_message(appointment: Appointment | None, words: Words) -> str:
    """Name what surrounds a message, so that it is not taken for the panel beside it."""
    client = appointment.client if appointment else ""
    if not client:
        return words.say("panel.message")
    return words.say("panel.message_named", client=client)


def make_link(
    text: str,
    href: str,
    *,
    icon: str = "",
    download: str | None = None,
    action: Action | None = None,
) -> Element:
    """Make a link that looks like a button, for email, text messages and files.

    A link that is not a file opens in a new window: otherwise it would replace the page if the user
    reads email on a website, or if the page is in a frame whose policy does not allow `mailto:`.
    """
    is_file = download is not None
    return element(
        "a",
        make_icon(icon) if icon else None,
        text,
        href=href,
        download=download,
        data_action=action,
        target=None if is_file else "_blank",
        rel=None if is_file else "noopener noreferrer",
        class_="button",
        part="button",
    )


def make_zoom_link(text: str) -> Element:
    """Make a link to Zoom's own page of meetings, where everything can be done by hand."""
    return element(
        "a",
        text,
        make_icon("outside"),
        href=ZOOM_MEETINGS_PAGE,
        target="_blank",
        rel="noopener noreferrer",
        class_="button quiet",
        part="button quiet",
    )
