"""Notes in a `textarea` or an `input`.

Facts: setting `value` clears the browser's undo, and React does not notice it unless the
prototype's own setter is used; so it is only the second choice, for a field that cannot have the
focus.
"""

from __future__ import annotations

from typing import Any

import js

from pywidget.browser.aftermath import find_repair
from pywidget.browser.editing import (
    borrowed_focus,
    count_characters,
    count_units,
    fire,
    move_caret,
    type_text,
)
from pywidget.browser.values import none_if_null
from pywidget.browser.waiting import listening, wait_for_frames
from pywidget.domain.errors import Code, HostPageError, Reason
from pywidget.domain.note_line import Edit


class TextControl:
    """One field, for as long as one read or write takes."""

    last_word = 0.05  # seconds until a framework has surely rendered
    hears_typing = True

    def __init__(self, js_field: Any, *, multiline: bool) -> None:
        self._js_field = js_field
        self.multiline = multiline
        self._is_announced = False

    def read(self) -> str:
        """Return the field's value."""
        return str(self._js_field.value)

    @property
    def selection(self) -> tuple[int, int]:
        """The selection, in characters; the end of the text for kinds of input that have none."""
        text = self.read()
        start, end = none_if_null(self._js_field.selectionStart), self._js_field.selectionEnd
        if start is None:
            return len(text), len(text)
        return count_characters(text, start), count_characters(text, end)

    def select(self, start: int, end: int) -> None:
        """Put the selection there, without taking the focus."""
        text = self.read()
        if none_if_null(self._js_field.selectionStart) is not None:
            self._js_field.setSelectionRange(count_units(text[:start]), count_units(text[:end]))

    def check(self, edit: Edit) -> None:
        """Raise `notes_write_failed` for a field that is locked, or too full for the edit."""
        js_field, text = self._js_field, self.read()
        if js_field.readOnly or js_field.disabled:
            # It could be set all the same, but a page that locks its field may not save it.
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.READ_ONLY)
        longest = js_field.maxLength
        if longest >= 0 and count_units(edit.apply(text)) > max(longest, count_units(text)):
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.FULL, limit=longest)

    async def replace(self, edit: Edit) -> None:
        """Make the edit immediately; caret, selection and scroll position stay where they were."""
        self.check(edit)
        js_field = self._js_field
        scroll = js_field.scrollTop, js_field.scrollLeft
        self._replace(edit)
        js_field.scrollTop, js_field.scrollLeft = scroll
        await wait_for_frames(1)
        js_field.scrollTop, js_field.scrollLeft = scroll  # Firefox shows the caret a frame later

    async def put_back(self, before: str, edit: Edit) -> None:
        """Restore the old text, after the host page has changed the edit."""
        repair = find_repair(edit, before, self.read())
        if repair is not None:
            self._replace(repair)

    def announce(self) -> None:
        """Tell the host page, as leaving a changed field does, unless the browser has done so."""
        if not self._is_announced:
            fire(self._js_field, "change")

    def _replace(self, edit: Edit) -> None:
        js_field, text = self._js_field, self.read()
        wanted = edit.apply(text)
        start, end = count_units(text[: edit.start]), count_units(text[: edit.end])
        added = count_units(edit.replacement)
        selection = js_field.selectionStart, js_field.selectionEnd, js_field.selectionDirection
        has_selection = none_if_null(selection[0]) is not None  # some kinds of input have none
        typed = False
        # A browser fires `change` itself when typed text loses the focus: don't fire it twice.
        changes: list[object] = []
        told = listening(js_field, ("change",), changes.append)
        with told, borrowed_focus(js_field) as is_focused:
            if is_focused and has_selection:
                js_field.setSelectionRange(start, end)
                typed = type_text(edit.replacement) and self.read() == wanted
            if not typed:
                _set_value(js_field, wanted)
                fire(js_field, "input")
            if has_selection:
                first, last = (move_caret(at, start, end, added) for at in selection[:2])
                js_field.setSelectionRange(first, last, selection[2])
        self._is_announced = bool(changes)


def _set_value(js_field: Any, text: str) -> None:
    js_prototype = js.Object.getPrototypeOf(js_field)
    js.Reflect.set(js_prototype, "value", text, js_field)
