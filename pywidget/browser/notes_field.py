"""The host page's notes: a `textarea`, an `input`, or anything `contenteditable`."""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import JsException

from pywidget.browser.aftermath import is_ours, is_same, stands
from pywidget.browser.editable import Editable
from pywidget.browser.notes_adapter import NotesAdapter
from pywidget.browser.text_control import TextControl
from pywidget.browser.values import none_if_null
from pywidget.browser.waiting import listening, wait_for_last_word
from pywidget.domain.errors import Code, HostPageError, Reason
from pywidget.domain.note_line import Edit

_TYPING = ("beforeinput", "keydown")


class NotesField:
    """The page's `ports.Notes`; looks the field up at every use, since frameworks replace it."""

    def __init__(self, js_element: Any, selector: str) -> None:
        self._js_element = js_element
        self._selector = selector

    @property
    def multiline(self) -> bool:
        """Whether the field can hold a line break."""
        return self._open().multiline

    def read(self) -> str:
        """Return the text as it is now."""
        return self._open().read()

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends, in characters."""
        return self._open().selection

    def select(self, start: int, end: int) -> None:
        """Put the selection there, without taking the focus."""
        self._open().select(start, end)

    def check(self, edit: Edit) -> None:
        """Raise the errors that can be known without trying."""
        self._open().check(edit)

    async def apply(self, edit: Edit) -> None:
        """Edit as the user would, and check the result after the field's owner has reacted."""
        field, place = self._open(), self._find_place()
        before = field.read()
        refused = HostPageError(Code.NOTES_WRITE_FAILED)
        typed = [not field.hears_typing]
        with listening(js, _TYPING, lambda js_event: typed.append(js_event.isTrusted)):
            try:
                await field.replace(edit)
                await wait_for_last_word(field.last_word)
            except HostPageError as error:
                if error.code is not Code.NOTES_WRITE_FAILED:
                    raise
                refused = error
        now = self.read()  # looked up again: it may have been replaced
        if self._find_place() != place:
            return  # the host shows other notes there by now; these are as we left them
        if is_same(now, edit.apply(before)) or (any(typed) and stands(edit, before, now)):
            field.announce()
            return
        if is_ours(edit, before, now):
            await self._open().put_back(before, edit)
        raise refused

    @property
    def has_adapter(self) -> bool:
        """Whether the host page reads and writes the notes itself."""
        return self._find_js_adapter() is not None

    def _find_js_adapter(self) -> Any:
        return none_if_null(getattr(self._js_element, "notesAdapter", None))

    def _find_place(self) -> tuple[str, str]:
        """Return whose notes the field shows, according to the host page."""
        appointment = none_if_null(self._js_element.getAttribute("appointment"))
        return str(appointment), self._selector

    def find_js_field(self) -> Any:
        """Find the field in the element's own root; raises `HostPageError` `notes_not_found`."""
        try:
            js_field = none_if_null(self._js_element.getRootNode().querySelector(self._selector))
        except JsException:  # not a selector
            js_field = None
        if js_field is None:
            raise HostPageError(Code.NOTES_NOT_FOUND, Reason.NO_MATCH, selector=self._selector)
        return js_field

    def _open(self) -> TextControl | Editable | NotesAdapter:
        js_adapter = self._find_js_adapter()
        if js_adapter is not None:
            return NotesAdapter(js_adapter)
        js_field = self.find_js_field()
        match js_field.localName:
            case "textarea":
                return TextControl(js_field, multiline=True)
            case "input":
                return TextControl(js_field, multiline=False)
        if js_field.isContentEditable:
            return Editable(js_field)
        raise HostPageError(
            Code.NOTES_NOT_FOUND,
            Reason.NOT_EDITABLE,
            selector=self._selector,
            tag=str(js_field.localName),
        )
