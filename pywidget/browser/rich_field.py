"""A rich text field for reading: its text, and how places in the page map to positions in it.

Facts: a place in a page is a node and an offset in it; positions count the characters of the text
that a person sees. An editor may replace its nodes at any time: positions last, nodes don't.
"""

from __future__ import annotations

import json
from typing import Any

import js

from pywidget.browser.editing import count_characters, count_units, move_caret
from pywidget.browser.loader import find_js_helpers
from pywidget.browser.rich_text import CLOSED, RichText
from pywidget.browser.values import none_if_null
from pywidget.domain.note_line import Edit

_TEXT_NODE = 3


class RichField:
    """One rich text field, for as long as one read or write takes."""

    def __init__(self, js_field: Any) -> None:
        self._js_field = js_field

    def read(self) -> str:
        """Return the lines that a person sees, separated by line feeds."""
        return self._outline()[0].text

    def is_editable(self, start: int, end: int) -> bool:
        """Tell whether the editor allows edits there: parts may be locked."""
        places = self._find_places(start, end)
        js_elements = [
            js_node.parentElement if js_node.nodeType == _TEXT_NODE else js_node
            for js_node, _offset in places
        ]
        return all(js_element.isContentEditable for js_element in js_elements)

    def find_selection(self) -> tuple[int, int] | None:
        """Find where the selection begins and ends, as it was made; `None` if it is elsewhere."""
        js_selection = js.document.getSelection()
        if js_selection.rangeCount == 0:
            return None
        rich, js_nodes = self._outline()
        start = self._locate(rich, js_nodes, js_selection.anchorNode, js_selection.anchorOffset)
        end = self._locate(rich, js_nodes, js_selection.focusNode, js_selection.focusOffset)
        return None if start is None or end is None else (start, end)

    def set_selection(self, start: int, end: int) -> None:
        """Select from one position to the other."""
        first, last = self._find_places(start, end)
        js.document.getSelection().setBaseAndExtent(*first, *last)

    def _locate(self, rich: RichText, js_nodes: Any, js_node: Any, offset: int) -> int | None:
        """Find the position in the text of a place in the page."""
        if not self._js_field.contains(js_node):
            return None
        if js_node.nodeType == _TEXT_NODE:
            number = js_nodes.indexOf(js_node)
            return rich.locate(number, count_characters(str(js_node.data), offset))
        js_child = none_if_null(js_node.childNodes.item(offset))
        if js_child is not None and js_nodes.includes(js_child):
            return rich.locate(js_nodes.indexOf(js_child), 0)
        js_last = js_node
        while none_if_null(js_last.lastChild) is not None:
            js_last = js_last.lastChild
        length = len(str(js_last.data)) if js_last.nodeType == _TEXT_NODE else 0
        return rich.locate(js_nodes.indexOf(js_last), length)

    def _find_places(self, *positions: int) -> list[tuple[Any, int]]:
        """Find the place in the page of each position in the text."""
        rich, js_nodes = self._outline()
        places: list[tuple[Any, int]] = []
        for position in positions:
            found = rich.find(position)
            if found is None:
                places.append((self._js_field, 0))
                continue
            js_node = js_nodes[found[0]]
            if js_node.nodeType == _TEXT_NODE:
                places.append((js_node, count_units(str(js_node.data)[: found[1]])))
            else:
                places.append(_before(js_node))
        return places

    def _outline(self) -> tuple[RichText, Any]:
        """Read the text, and the nodes that it counts."""
        white_space = str(js.getComputedStyle(self._js_field).whiteSpace)
        js_outline = find_js_helpers().outline(self._js_field, " ".join(CLOSED))
        keeps_breaks = white_space.startswith(("pre", "break-spaces"))
        rich = RichText(json.loads(js_outline.tokens), keeps_breaks=keeps_breaks)
        return rich, js_outline.nodes


class KeptSelection:
    """The selection before an edit, and the way back to it."""

    def __init__(self, field: RichField, edit: Edit | None = None) -> None:
        self._field = field
        self._js_selection = js.document.getSelection()
        self._places: list[tuple[Any, int]] = []
        if self._js_selection.rangeCount:
            self._places = [
                (self._js_selection.anchorNode, self._js_selection.anchorOffset),
                (self._js_selection.focusNode, self._js_selection.focusOffset),
            ]
        self._texts = [str(js_node.textContent) for js_node, _offset in self._places]
        selected = field.find_selection()
        if selected is not None and edit is not None:
            size = edit.start, edit.end, len(edit.replacement)
            selected = move_caret(selected[0], *size), move_caret(selected[1], *size)
        self._selected = selected

    @property
    def is_inside(self) -> bool:
        """Whether it was in the field."""
        return self._selected is not None

    @property
    def stands(self) -> bool:
        """Whether the selection is where it was."""
        return self._field.find_selection() == self._selected

    def put_back(self) -> None:
        """Restore it by its very nodes if nothing has touched them, else by its positions."""
        if not self._places:
            self._js_selection.removeAllRanges()
        elif all(
            js_node.isConnected and str(js_node.textContent) == text
            for (js_node, _offset), text in zip(self._places, self._texts, strict=True)
        ):
            self._js_selection.setBaseAndExtent(*self._places[0], *self._places[1])
        elif self._selected is not None:
            self._field.set_selection(*self._selected)


def _before(js_node: Any) -> tuple[Any, int]:
    js_range = js.document.createRange()
    js_range.setStartBefore(js_node)
    return js_range.startContainer, js_range.startOffset
