"""Notes in rich text: anything `contenteditable`.

Facts: editors write a line as a block of its own, or end it with `<br>`; a `<br>` that ends a block
only holds it open. A new line is made with the editing command for it, because each browser and
editor has its own idea of what a line is.
"""

from __future__ import annotations

import re
from typing import Any

import js

from pywidget.browser.editing import borrowed_focus, count_units, fire, type_text
from pywidget.browser.values import none_if_null
from pywidget.domain.errors import Code, HostPageError
from pywidget.domain.note_line import Edit

_TEXT_NODE = 3
_ELEMENT_NODE = 1
_BLANKS = re.compile(r"[\t\n\r]")
_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt fieldset figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_PASSED_OVER = frozenset({"script", "style", "template"})


class Editable:
    """One field, for as long as one reading or writing takes."""

    multiline = True

    def __init__(self, js_field: Any) -> None:
        self._js_field = js_field

    def read(self) -> str:
        """The lines that a person sees, between line feeds."""
        return _Lines(self._js_field).text

    @property
    def selection(self) -> tuple[int, int]:
        """The end: where rich text had its caret is not kept while the page is away."""
        length = len(self.read())
        return length, length

    def select(self, _start: int, _end: int) -> None:
        """Left as it is, for the same reason."""

    def replace(self, edit: Edit) -> None:
        """Makes the edit, and leaves caret and selection where they were."""
        lines = _Lines(self._js_field)
        js_selection = js.document.getSelection()
        before = _remember(js_selection)
        with borrowed_focus(self._js_field) as is_focused:
            if not is_focused:
                message = "The notes cannot be written while they are hidden."
                raise HostPageError(Code.NOTES_WRITE_FAILED, message)
            js_selection.setBaseAndExtent(*lines.find(edit.start), *lines.find(edit.end))
            _type_lines(edit.replacement)
        if before is not None:
            js_selection.setBaseAndExtent(*before)
        fire(self._js_field, "change")


class _Lines:
    """The field's text, and where in the page each piece of it stands."""

    def __init__(self, js_field: Any) -> None:
        self.text = ""
        self._js_field = js_field
        self._pieces: list[tuple[int, Any, int]] = []  # position, node, offset in an element
        self._started = False
        self._line_ends = False  # a block ended: whatever comes next starts a new line
        self._keeps_breaks = str(js.getComputedStyle(js_field).whiteSpace).startswith(
            ("pre", "break-spaces")
        )
        self._read_children(js_field)

    def find(self, position: int) -> tuple[Any, int]:
        """The node, and the offset in it, at which a position in the text is."""
        for start, js_node, offset in reversed(self._pieces):
            if start <= position:
                if js_node.nodeType == _TEXT_NODE:
                    return js_node, count_units(self.text[start:position])
                return js_node, offset
        return self._js_field, 0

    def _read_children(self, js_parent: Any) -> None:
        for index, js_node in enumerate(js_parent.childNodes):
            if js_node.nodeType == _TEXT_NODE:
                self._read_text(js_node)
            elif js_node.nodeType == _ELEMENT_NODE:
                self._read_element(js_node, js_parent, index)

    def _read_text(self, js_node: Any) -> None:
        text = str(js_node.data)
        if not self._keeps_breaks:
            text = _BLANKS.sub(" ", text)
            if not text.strip(" ") and self._is_line_empty():
                return  # the source's own indentation, which nobody sees
        if text:
            self._start_line()
            self._pieces.append((len(self.text), js_node, 0))
            self.text += text

    def _read_element(self, js_node: Any, js_parent: Any, index: int) -> None:
        name = js_node.localName
        if name == "br":
            self._read_break(js_node, js_parent, index)
        elif name in _BLOCKS:
            self._line_ends = self._started
            self._read_children(js_node)
            self._line_ends = self._started
        elif name not in _PASSED_OVER:
            self._read_children(js_node)

    def _read_break(self, js_node: Any, js_parent: Any, index: int) -> None:
        is_last = none_if_null(js_node.nextSibling) is None
        if is_last and not self._is_line_empty():
            return  # it ends a line that ends anyway
        self._start_line()
        self._pieces.append((len(self.text), js_parent, index))
        if not is_last:
            self.text += "\n"

    def _is_line_empty(self) -> bool:
        return self._line_ends or self.text[-1:] in {"", "\n"}

    def _start_line(self) -> None:
        if self._line_ends:
            self.text += "\n"
        self._line_ends = False
        self._started = True


def _type_lines(text: str) -> None:
    """Types over the selection, with the editor's own way of making a line."""
    first, *others = text.split("\n")
    if first or not others:
        type_text(first)
    for line in others:
        js.document.execCommand("insertParagraph")
        if line:
            type_text(line)


def _remember(js_selection: Any) -> tuple[Any, int, Any, int] | None:
    if js_selection.rangeCount == 0:
        return None
    anchor = js_selection.anchorNode, js_selection.anchorOffset
    return *anchor, js_selection.focusNode, js_selection.focusOffset
