"""Buttons and links, the same everywhere."""

from __future__ import annotations

from pywidget.ui.node import Element, element
from pywidget.words.words import Words


def make_button(
    text: str,
    action: str,
    *,
    kind: str = "",
    focus: bool = False,
    is_expanded: bool | None = None,
) -> Element:
    """A button; `kind` is `primary`, `quiet`, `danger` or nothing; `focus` on appearing."""
    suffix = f" {kind}" if kind else ""
    return element(
        "button",
        text,
        type="button",
        class_=f"button{suffix}",
        part=f"button{suffix}",
        data_action=action,
        data_focus=focus,
        aria_expanded=None if is_expanded is None else str(is_expanded).lower(),
    )


def make_copy_button(
    text: str, action: str, words: Words, *, is_done: bool, focus: bool = False
) -> Element:
    """A button that says for a while that it has worked."""
    return element(
        "button",
        element("span", class_="icon check" if is_done else "icon copy"),
        words.say("button.copied") if is_done else text,
        type="button",
        class_="button copy-button",
        part="copy-button",
        data_action=action,
        data_focus=focus,
    )


def make_link(text: str, href: str, *, download: str | None = None) -> Element:
    """A link that looks like a button, for mail, text messages and files.

    What is no file would take the page's place where mail is read on a website, or where the page
    stands in a frame whose policy knows no `mailto:`.
    """
    is_file = download is not None
    return element(
        "a",
        text,
        href=href,
        download=download,
        target=None if is_file else "_blank",
        rel=None if is_file else "noopener noreferrer",
        class_="button",
        part="button",
    )
