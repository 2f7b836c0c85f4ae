"""Notes that only the host page can reach: the property `notesAdapter` of the element.

    element.notesAdapter = { read() { … }, replace(start, end, text) { … } }

Facts: the host page provides the object, so it may throw, or return anything. Positions count
UTF-16 code units, as JavaScript's do.
"""

from __future__ import annotations

import inspect
from typing import Any

from pyodide.ffi import JsException

from pywidget.browser.aftermath import find_repair
from pywidget.browser.editing import count_units
from pywidget.domain.errors import Code, HostPageError, Reason
from pywidget.domain.note_line import Edit


class NotesAdapter:
    """The notes behind an adapter, for as long as one read or write takes."""

    multiline = True
    last_word = 0.15  # seconds until an editor behind it has surely rendered
    hears_typing = False  # it may be in a frame

    def __init__(self, js_adapter: Any) -> None:
        self._js_adapter = js_adapter

    def read(self) -> str:
        """Return what the adapter's `read` says."""
        try:
            text = self._js_adapter.read()
        except (JsException, AttributeError, TypeError) as error:
            raise HostPageError(Code.NOTES_NOT_FOUND, Reason.ADAPTER_FAILED) from error
        if not isinstance(text, str):
            raise HostPageError(Code.NOTES_NOT_FOUND, Reason.ADAPTER_NOT_TEXT)
        return text

    @property
    def selection(self) -> tuple[int, int]:
        """The end of the text: the caret is the host page's business."""
        length = len(self.read())
        return length, length

    def select(self, _start: int, _end: int) -> None:
        """Leave the selection as it is, for the same reason."""

    def check(self, _edit: Edit) -> None:
        """Accept the edit: nothing can be known before."""

    async def replace(self, edit: Edit) -> None:
        """Have the host page make the edit, and wait for it."""
        text = self.read()
        start, end = count_units(text[: edit.start]), count_units(text[: edit.end])
        try:
            done = self._js_adapter.replace(start, end, edit.replacement)
            if inspect.isawaitable(done):
                await done
        except (JsException, AttributeError, TypeError) as error:
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.ADAPTER_FAILED) from error

    async def put_back(self, before: str, edit: Edit) -> None:
        """Restore the old text."""
        repair = find_repair(edit, before, self.read())
        if repair is not None:
            await self.replace(repair)

    def announce(self) -> None:
        """Do nothing: the host page has made the change itself."""
