"""The update of an element on the page to match a description, with the focus kept in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pywidget.ui.node import Element, Node
from pywidget.ui.patch import Item, compare

# Set on an element that should have the focus when it appears, if the widget had it before.
FOCUS_MARK = "data-focus"

_Path = tuple[int, ...]  # to an element: a position among the children, from the root inwards


class Mount:
    """One host element and what was last shown in its shadow root.

    `js_helpers` has `patch` and `focusAt`, as `web/patch.js` defines them.
    """

    def __init__(self, js_helpers: Any, js_host: Any) -> None:
        self.js_helpers = js_helpers
        self.js_host = js_host
        self._shown: Element | None = None

    def show(self, host: Element) -> None:
        """Show these children in the shadow root, and these attributes on the host itself."""
        before = self._shown
        if before is None:
            # All children, even if there are none: what the loader painted goes.
            change = compare(Element(host.tag, {}, ()), host)
            change["children"] = list(host.children)
        else:
            change = compare(before, host)
        self._shown = host
        if not change:
            return
        had_focus = self.js_helpers.patch(self.js_host, json.dumps(change))
        if had_focus:
            self._place_focus(before, host, change.get("children", []))

    def _place_focus(self, before: Element | None, host: Element, items: Sequence[Item]) -> None:
        *_, marked = (None, *_find_new_marks(items))
        if marked is not None:
            self._focus(marked)
        elif not self.js_host.shadowRoot.activeElement:  # the element that had it is gone
            place = _find_place(before, host)
            if place is not None:
                self._focus(place)

    def _focus(self, path: _Path) -> None:
        self.js_helpers.focusAt(self.js_host, json.dumps(path))


def _find_new_marks(items: Sequence[Item], above: _Path = ()) -> Iterator[_Path]:
    """Find where elements with the mark appear."""
    for at, item in enumerate(items):
        path = (*above, at)
        if isinstance(item, Element):
            if FOCUS_MARK in item.attributes:
                yield path
            yield from _find_new_marks(item.children, path)
        elif isinstance(item, dict):
            yield from _find_new_marks(item.get("children", []), path)


def _find_place(before: Element | None, host: Element) -> _Path | None:
    """Find where to put a focus that would be lost; never on a control that nobody chose.

    At first, that is the button that the loader had painted; later, the button that had unfolded
    what is now folded up; else the container: a key pressed there does nothing, and Tab goes on to
    its first control.
    """
    if before is None:
        return _find(host, lambda attributes: attributes.get("data-action") == "add")
    unfolded = {
        node.attributes.get("data-action")
        for _path, node in _walk(before.children)
        if node.attributes.get("aria-expanded") == "true"
    }
    opener = _find(
        host,
        lambda attributes: (
            attributes.get("aria-expanded") == "false" and attributes.get("data-action") in unfolded
        ),
    )
    return opener or _find(host, lambda attributes: attributes.get("tabindex") == "-1")


def _find(host: Element, is_it: Callable[[dict[str, str]], bool]) -> _Path | None:
    return next((path for path, node in _walk(host.children) if is_it(node.attributes)), None)


def _walk(nodes: Sequence[Node], above: _Path = ()) -> Iterator[tuple[_Path, Element]]:
    for at, node in enumerate(nodes):
        if isinstance(node, Element):
            path = (*above, at)
            yield path, node
            yield from _walk(node.children, path)
