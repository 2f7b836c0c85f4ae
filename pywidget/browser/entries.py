"""The ways into rich text: an editor's own entries first, then the browser's editing commands.

Facts: a rich text editor keeps its own model and corrects the page to match. It listens to `paste`
and `cut`, which carry their text with them, or to `beforeinput`, and cancels the event to say that
it has taken it. Some do not notice editing commands (`execCommand`), and restore their own text. If
nobody cancels the event, there is no such editor, and the browser's undo knows the commands;
`insertText` takes line breaks too, in one step. Text that is typed behind bold text becomes bold,
unless that is switched off first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import js

from pywidget.browser.editing import build_options, type_text
from pywidget.browser.values import none_if_null

Entry = Callable[[Any, str], bool]
"""A function that replaces the selection in a field by a text; returns whether it was taken."""

_MARKS = {"bold": "b, strong", "italic": "i, em"}
_INLINE = "b, strong, i, em, u, s, a, span, font, mark, code"


def paste(js_field: Any, text: str) -> bool:
    """Paste the text; without text, cut the selection. Return whether an editor took it.

    The real clipboard has no part in it.
    """
    js_data = js.DataTransfer.new()
    if text:
        js_data.setData("text/plain", text)
    js_event = js.ClipboardEvent.new("paste" if text else "cut", _build())
    # Not in the constructor: Firefox ignores it there. TinyMCE copies only what can be enumerated.
    js_clipboard = build_options(value=js_data, enumerable=True)
    js.Object.defineProperty(js_event, "clipboardData", js_clipboard)
    return _is_taken(js_field, js_event)


def announce(js_field: Any, text: str) -> bool:
    """Announce the text as keyboard input (`beforeinput`); return whether an editor took it."""
    if not text:
        return _announce(js_field, "deleteContentBackward")
    taken = False
    for number, line in enumerate(text.split("\n")):
        if number:
            taken = _announce(js_field, "insertParagraph") or taken
        if line:
            taken = _announce(js_field, "insertText", data=line) or taken
    return taken


def type_(js_field: Any, text: str) -> bool:
    """Type the text with the browser's editing commands; return whether they worked."""
    del js_field  # they act on whatever has the focus
    if text.startswith("\n"):
        js_mark = js.document.getSelection().anchorNode.parentElement
        # Chromium turns nested marks into styles, which the page's policy may forbid.
        if not js_mark.parentElement.matches(_INLINE):
            for command, names in _MARKS.items():
                if js_mark.matches(names):
                    js.document.execCommand(command)
    return type_text(text)


ENTRIES: tuple[Entry, ...] = (paste, announce, type_)


def undo(js_field: Any) -> None:
    """Have the field's owner undo the last change, by the first of its entries that works."""
    if _announce(js_field, "historyUndo"):
        return
    for modifier in ("ctrlKey", "metaKey"):
        init = _build(key="z", code="KeyZ", keyCode=90, **{modifier: True})
        if _is_taken(js_field, js.KeyboardEvent.new("keydown", init)):
            return
    js.document.execCommand("undo")


def _announce(js_field: Any, kind: str, **details: str) -> bool:
    js_selection = js.document.getSelection()
    ranges = [js.StaticRange.new(js_selection.getRangeAt(0))] if js_selection.rangeCount else []
    js_ranges = js.Array.of(*ranges)
    init = _build(inputType=kind, targetRanges=js_ranges, **details)
    return _is_taken(js_field, js.InputEvent.new("beforeinput", init))


def _build(**details: object) -> Any:
    return build_options(bubbles=True, cancelable=True, composed=True, **details)


def _is_taken(js_field: Any, js_event: Any) -> bool:
    return not js_field.dispatchEvent(js_event)


def find_owner(js_field: Any) -> Any:
    """Find the element whose content is edited as a whole: the selector may name one inside it."""
    js_owner = js_field
    while (js_parent := none_if_null(js_owner.parentElement)) and js_parent.isContentEditable:
        js_owner = js_parent
    return js_owner
