"""Makes a shadow root match a description, touching only what differs.

Facts: every call from Python into the page costs microseconds, and replacing an element loses its
focus, its selection and whether it is unfolded. So elements are kept where the tag is the same.
Text is set as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pywidget.ui.node import Element, Node

# Set on an element that should have the focus when it appears, if the widget had it before.
FOCUS_MARK = "data-focus"
_IDENTITY = ("class", "data-action")


@dataclass(slots=True)
class _Mounted:
    node: Node
    js_node: Any
    children: list[_Mounted] = field(default_factory=list)


class Mount:
    """One shadow root and what was last shown in it."""

    def __init__(self, js_document: Any, js_root: Any) -> None:
        self._js_document = js_document
        self._js_root = js_root
        self._shown: list[_Mounted] | None = None
        self._js_focus: Any = None

    def show(self, nodes: Sequence[Node]) -> None:
        """Shows these nodes in the root, in the place of whatever was there."""
        had_focus = bool(self._js_root.activeElement)
        self._js_focus = None
        if self._shown is None:
            self._js_root.replaceChildren()  # what the loader painted
            self._shown = []
        self._patch_children(self._js_root, self._shown, nodes)
        if not had_focus:
            return
        if self._js_focus is not None:
            self._js_focus.focus()
        elif not self._js_root.activeElement:  # what had it is gone: it stays in the widget
            self._focus_first_button(self._shown)

    def _focus_first_button(self, shown: Sequence[_Mounted]) -> bool:
        for each in shown:
            node = each.node
            if isinstance(node, Element) and node.tag == "button":
                if "disabled" not in node.attributes:
                    each.js_node.focus()
                    return True
            elif self._focus_first_button(each.children):
                return True
        return False

    def _patch_children(
        self,
        js_parent: Any,
        shown: list[_Mounted],
        nodes: Sequence[Node],
    ) -> None:
        """Keeps what is still there, wherever it has moved to by what came or went before it."""
        left, now = list(shown), []
        for node in nodes:
            at = next((at for at, old in enumerate(left) if _is_same(old.node, node)), None)
            if at is None:
                new = self._make(node)
                if left:
                    js_parent.insertBefore(new.js_node, left[0].js_node)
                else:
                    js_parent.appendChild(new.js_node)
            else:
                for gone in left[:at]:
                    js_parent.removeChild(gone.js_node)
                new, left = left[at], left[at + 1 :]
                self._patch(new, node)
            now.append(new)
        for gone in left:
            js_parent.removeChild(gone.js_node)
        shown[:] = now

    def _patch(self, old: _Mounted, node: Node) -> None:
        """Changes what is there."""
        if old.node == node:
            return
        if isinstance(node, str) or isinstance(old.node, str):
            old.js_node.data = node
        else:
            self._patch_attributes(old.js_node, old.node, node)
            self._patch_children(old.js_node, old.children, node.children)
        old.node = node

    def _patch_attributes(self, js_node: Any, old: Element, new: Element) -> None:
        for name in old.attributes.keys() - new.attributes.keys():
            js_node.removeAttribute(name)
        for name, value in new.attributes.items():
            if old.attributes.get(name) != value:
                js_node.setAttribute(name, value)

    def _make(self, node: Node) -> _Mounted:
        if isinstance(node, str):
            return _Mounted(node, self._js_document.createTextNode(node))
        js_node = self._js_document.createElement(node.tag)
        for name, value in node.attributes.items():
            js_node.setAttribute(name, value)
        if FOCUS_MARK in node.attributes:
            self._js_focus = js_node
        children = [self._make(child) for child in node.children]
        for child in children:
            js_node.appendChild(child.js_node)
        return _Mounted(node, js_node, children)


def _is_same(old: Node, new: Node) -> bool:
    """Whether it is the same thing, perhaps changed; a tag alone is many things."""
    if isinstance(old, str) or isinstance(new, str):
        return isinstance(old, str) and isinstance(new, str)
    return old.tag == new.tag and all(
        old.attributes.get(name) == new.attributes.get(name) for name in _IDENTITY
    )
