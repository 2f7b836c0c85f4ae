"""Notes in a `textarea` or an `input`.

Facts: setting `value` clears the browser's undo, and React takes no notice unless the prototype's
own setter is used; so it is only the second choice, for a field that cannot have the focus.
"""

from __future__ import annotations

from typing import Any

import js

from pywidget.browser.editing import (
    borrowed_focus,
    count_characters,
    count_units,
    counted,
    fire,
    type_text,
)
from pywidget.browser.values import none_if_null
from pywidget.domain.errors import Code, HostPageError
from pywidget.domain.note_line import Edit


class TextControl:
    """One field, for as long as one reading or writing takes."""

    def __init__(self, js_field: Any, *, multiline: bool) -> None:
        self._js_field = js_field
        self.multiline = multiline

    def read(self) -> str:
        """The field's value."""
        return str(self._js_field.value)

    @property
    def selection(self) -> tuple[int, int]:
        """In characters; at the end for kinds of input that have none."""
        text = self.read()
        start, end = none_if_null(self._js_field.selectionStart), self._js_field.selectionEnd
        if start is None:
            return len(text), len(text)
        return count_characters(text, start), count_characters(text, end)

    def select(self, start: int, end: int) -> None:
        """Puts the selection there, without taking the focus."""
        text = self.read()
        if none_if_null(self._js_field.selectionStart) is not None:
            self._js_field.setSelectionRange(count_units(text[:start]), count_units(text[:end]))

    def replace(self, edit: Edit) -> None:
        """Makes the edit, and leaves caret, selection and scroll position where they were."""
        js_field, text = self._js_field, self.read()
        if js_field.readOnly or js_field.disabled:
            # It could be set all the same, but a page that locks its field may not save it.
            message = "The notes cannot be changed at the moment."
            raise HostPageError(Code.NOTES_WRITE_FAILED, message)
        wanted = edit.apply(text)
        longest = js_field.maxLength
        if longest >= 0 and count_units(wanted) > max(longest, count_units(text)):
            message = f"The notes field has no room for the Zoom line (at most {longest})."
            raise HostPageError(Code.NOTES_WRITE_FAILED, message)
        start, end = count_units(text[: edit.start]), count_units(text[: edit.end])
        added = count_units(edit.replacement)
        scroll = js_field.scrollTop, js_field.scrollLeft
        selection = js_field.selectionStart, js_field.selectionEnd, js_field.selectionDirection
        has_selection = none_if_null(selection[0]) is not None  # some kinds of input have none
        typed = False
        # A browser fires `change` itself when typed text loses the focus: not twice, then.
        with counted(js_field, "change") as changes, borrowed_focus(js_field) as is_focused:
            if is_focused and has_selection:
                js_field.setSelectionRange(start, end)
                typed = type_text(edit.replacement) and self.read() == wanted
            if not typed:
                _set_value(js_field, wanted)
                fire(js_field, "input")
            if has_selection:
                first, last = (_move(at, start, end, added) for at in selection[:2])
                js_field.setSelectionRange(first, last, selection[2])
            js_field.scrollTop, js_field.scrollLeft = scroll
        if not changes:
            fire(js_field, "change")


def _set_value(js_field: Any, text: str) -> None:
    js_prototype = js.Object.getPrototypeOf(js_field)
    js.Reflect.set(js_prototype, "value", text, js_field)


def _move(position: int, start: int, end: int, added: int) -> int:
    """Where a caret is after the text from `start` to `end` was replaced by `added` units."""
    if position <= start:
        return position
    return start + added if position < end else position - (end - start) + added
