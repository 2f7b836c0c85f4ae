"""Notes in rich text: anything `contenteditable`.

Facts: a new line is made with the editing command for it, because each browser and editor has its
own idea of what a line is; `rich_text.py` reads what they all made.
"""

from __future__ import annotations

import json
from typing import Any

import js

from pywidget.browser.editing import borrowed_focus, count_units, fire, type_text
from pywidget.browser.loader import find_js_page
from pywidget.browser.rich_text import CLOSED, RichText
from pywidget.domain.errors import Code, HostPageError
from pywidget.domain.note_line import Edit

_TEXT_NODE = 3


class Editable:
    """One field, for as long as one reading or writing takes."""

    multiline = True

    def __init__(self, js_field: Any) -> None:
        self._js_field = js_field

    def read(self) -> str:
        """The lines that a person sees, between line feeds."""
        return self._outline()[0].text

    @property
    def selection(self) -> tuple[int, int]:
        """The end: where rich text had its caret is not kept while the page is away."""
        length = len(self.read())
        return length, length

    def select(self, _start: int, _end: int) -> None:
        """Left as it is, for the same reason."""

    def replace(self, edit: Edit) -> None:
        """Makes the edit, and leaves caret and selection where they were."""
        start, end = self._find_places(edit.start, edit.end)
        js_selection = js.document.getSelection()
        before = _remember(js_selection)
        with borrowed_focus(self._js_field) as is_focused:
            if not is_focused:
                message = "The notes cannot be written while they are hidden."
                raise HostPageError(Code.NOTES_WRITE_FAILED, message)
            js_selection.setBaseAndExtent(*start, *end)
            _type_lines(edit.replacement)
        if before is not None:
            js_selection.setBaseAndExtent(*before)
        fire(self._js_field, "change")

    def _find_places(self, *positions: int) -> list[tuple[Any, int]]:
        """The node, and the offset in it, at which each position in the text is."""
        rich, js_nodes = self._outline()
        places: list[tuple[Any, int]] = []
        for position in positions:
            found = rich.find(position)
            if found is None:
                places.append((self._js_field, 0))
                continue
            js_node, before = js_nodes[found[0]], rich.text[position - found[1] : position]
            if js_node.nodeType == _TEXT_NODE:
                places.append((js_node, count_units(before)))
            else:
                js_range = js.document.createRange()
                js_range.setStartBefore(js_node)
                places.append((js_range.startContainer, js_range.startOffset))
        return places

    def _outline(self) -> tuple[RichText, Any]:
        """The text, and the nodes that it counts."""
        white_space = str(js.getComputedStyle(self._js_field).whiteSpace)
        js_outline = find_js_page().outline(self._js_field, " ".join(CLOSED))
        keeps_breaks = white_space.startswith(("pre", "break-spaces"))
        rich = RichText(json.loads(js_outline.tokens), keeps_breaks=keeps_breaks)
        return rich, js_outline.nodes


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
