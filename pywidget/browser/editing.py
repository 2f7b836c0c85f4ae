"""The common ground of text controls and rich text: focus, editing commands, events.

Facts: the browser's undo knows editing commands (`execCommand`), and rich editors listen to them.
They fire a real `input` event, and they act on the element that has the focus: so check that first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import js

from pywidget.browser.values import make_options, none_if_null


def count_units(text: str) -> int:
    """Count a text's UTF-16 units, as positions in a page do; Python counts characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_characters(text: str, units: int) -> int:
    """Count the characters in the first `units` UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore"))


def move_caret(position: int, start: int, end: int, added: int) -> int:
    """Return where a caret is after `start` to `end` was replaced by a text of length `added`.

    A caret at the start stays before the added text. All four count the same thing.
    """
    if position <= start:
        return position
    return start + added if position < end else position - (end - start) + added


def type_text(text: str) -> bool:
    """Replace the selection as typing would; return whether the browser did it."""
    if text:
        return bool(js.document.execCommand("insertText", False, text))  # noqa: FBT003 - DOM
    return bool(js.document.execCommand("delete"))


def fire(js_field: Any, name: str) -> None:
    """Fire an event as a user's own typing does."""
    js_field.dispatchEvent(js.Event.new(name, build_options(bubbles=True, composed=True)))


def build_options(**options: object) -> Any:
    """Build a JavaScript object with these members."""
    return make_options(options)


@contextmanager
def borrowed_focus(js_field: Any) -> Iterator[bool]:
    """Give the field the focus for a while; yield whether it took it (a hidden one does not)."""
    js_before = find_focus()
    if js_before != js_field:
        js_field.focus(build_options(preventScroll=True))
    try:
        yield find_focus() == js_field
    finally:
        if js_before is None:
            js_field.blur()
        elif js_before != js_field:
            js_before.focus(build_options(preventScroll=True))


def find_focus() -> Any:
    """Find the element that has the focus, inside shadow roots too."""
    js_active = none_if_null(js.document.activeElement)
    while js_active is not None:
        js_root = none_if_null(js_active.shadowRoot)
        js_inner = None if js_root is None else none_if_null(js_root.activeElement)
        if js_inner is None:
            break
        js_active = js_inner
    return None if js_active == js.document.body else js_active
