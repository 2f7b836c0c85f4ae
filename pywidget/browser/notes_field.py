"""The host page's notes: a `textarea`, an `input`, or anything `contenteditable`."""

from __future__ import annotations

from typing import Any

from pyodide.ffi import JsException

from pywidget.browser.editable import Editable
from pywidget.browser.text_control import TextControl
from pywidget.browser.values import none_if_null
from pywidget.domain.errors import Code, HostPageError
from pywidget.domain.note_line import Edit


class NotesField:
    """Implements `ports.Notes`; looks the field up at every use, since frameworks replace it."""

    def __init__(self, js_element: Any, selector: str) -> None:
        self._js_element = js_element
        self._selector = selector

    @property
    def multiline(self) -> bool:
        """Whether the field can hold a line break."""
        return self._open().multiline

    def read(self) -> str:
        """The text as it is now."""
        return self._open().read()

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends, in characters."""
        return self._open().selection

    def select(self, start: int, end: int) -> None:
        """Puts the selection there, without taking the focus."""
        self._open().select(start, end)

    def apply(self, edit: Edit) -> None:
        """Edits as the user would, and looks whether the field kept it."""
        field = self._open()
        wanted = edit.apply(field.read())
        field.replace(edit)
        if not _is_same(self.read(), wanted):  # looked up again: it may have been replaced
            message = "The notes field did not take the Zoom line."
            raise HostPageError(Code.NOTES_WRITE_FAILED, message)

    def find_js_field(self) -> Any:
        """The field itself, in the element's own root; raises `HostPageError` `notes_not_found`."""
        try:
            js_field = none_if_null(self._js_element.getRootNode().querySelector(self._selector))
        except JsException:  # not a selector
            js_field = None
        if js_field is None:
            message = f"The attribute “notes” ({self._selector}) finds no field on this page."
            raise HostPageError(Code.NOTES_NOT_FOUND, message)
        return js_field

    def _open(self) -> TextControl | Editable:
        js_field = self.find_js_field()
        match js_field.localName:
            case "textarea":
                return TextControl(js_field, multiline=True)
            case "input":
                return TextControl(js_field, multiline=False)
        if js_field.isContentEditable:
            return Editable(js_field)
        message = (
            f"The attribute “notes” ({self._selector}) finds a <{js_field.localName}>, which is "
            "neither textarea, input nor contenteditable."
        )
        raise HostPageError(Code.NOTES_NOT_FOUND, message)


def _is_same(text: str, wanted: str) -> bool:
    """Rich text keeps some spaces as no-break spaces."""
    return text.replace("\xa0", " ") == wanted.replace("\xa0", " ")
