"""Makes an element on the page match a description, and keeps the focus in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pywidget.ui.node import Element, Node
from pywidget.ui.patch import Item, compare

# Set on an element that should have the focus when it appears, if the widget had it before.
FOCUS_MARK = "data-focus"

_Path = tuple[int, ...]  # to an element: a position among the children, from the root inwards


class Mount:
    """One host element and what was last shown in its shadow root.

    `js_page` has `patch` and `focusAt`, as `web/patch.js` says.
    """

    def __init__(self, js_page: Any, js_host: Any) -> None:
        self.js_page = js_page
        self.js_host = js_host
        self._shown: Element | None = None

    def show(self, host: Element) -> None:
        """Shows these children in the shadow root, and these attributes on the host itself."""
        if self._shown is None:
            # All of them, even if they are none: what the loader painted goes.
            change = compare(Element(host.tag, {}, ()), host)
            change["children"] = list(host.children)
        else:
            change = compare(self._shown, host)
        self._shown = host
        if not change:
            return
        had_focus = self.js_page.patch(self.js_host, json.dumps(change))
        if had_focus:
            self._place_focus(host, change.get("children", []))

    def _place_focus(self, host: Element, items: Sequence[Item]) -> None:
        *_, marked = (None, *_find_new_marks(items))
        if marked is not None:
            self._focus(marked)
        elif not self.js_host.shadowRoot.activeElement:
            # What had it is gone: it stays in the widget.
            first = next(_find_buttons(host.children), None)
            if first is not None:
                self._focus(first)

    def _focus(self, path: _Path) -> None:
        self.js_page.focusAt(self.js_host, json.dumps(path))


def _find_new_marks(items: Sequence[Item], above: _Path = ()) -> Iterator[_Path]:
    """Where elements with the mark appear."""
    for at, item in enumerate(items):
        path = (*above, at)
        if isinstance(item, Element):
            if FOCUS_MARK in item.attributes:
                yield path
            yield from _find_new_marks(item.children, path)
        elif isinstance(item, dict):
            yield from _find_new_marks(item.get("children", []), path)


def _find_buttons(nodes: Sequence[Node], above: _Path = ()) -> Iterator[_Path]:
    """Where the buttons are that can be pressed."""
    for at, node in enumerate(nodes):
        if isinstance(node, str):
            continue
        path = (*above, at)
        if node.tag == "button" and "disabled" not in node.attributes:
            yield path
        yield from _find_buttons(node.children, path)
