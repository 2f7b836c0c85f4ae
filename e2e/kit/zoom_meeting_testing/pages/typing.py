"""Typing as users do it, with keys.

Facts: in a Firefox that is driven over WebDriver BiDi, Playwright's `fill` sets the value in the
page. The browser takes that for the page's own doing, and fires no `change` when the field is left.
In a tab behind another one nothing has the focus there, so no field can be left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def type_over(field: Locator, text: str) -> None:
    """Replace all of a field's text, and stay in it."""
    field.page.bring_to_front()
    field.focus()
    field.press("ControlOrMeta+a")
    field.press("Delete")
    field.page.keyboard.type(text)


def rewrite(field: Locator, text: str) -> None:
    """Replace all of a field's text, and leave the field: then it fires `change`."""
    type_over(field, text)
    field.blur()
