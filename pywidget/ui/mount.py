"""Makes a shadow root match a description, touching only what differs.

Facts: every call from Python into the page costs microseconds, and replacing an element loses its
focus, its selection and whether it is unfolded. So elements are kept where the tag is the same.
Text is set as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from pywidget.ui.node import Element, Node

# Set on an element that should have the focus when it appears, if the widget had it before.
FOCUS_MARK = "data-focus"


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
        for at, (old, node) in enumerate(zip_longest(tuple(shown), nodes)):
            if node is None:
                js_parent.removeChild(old.js_node)
            elif old is None:
                new = self._make(node)
                js_parent.appendChild(new.js_node)
                shown.append(new)
            elif not self._patch(old, node):
                new = self._make(node)
                js_parent.replaceChild(new.js_node, old.js_node)
                shown[at] = new
        del shown[len(nodes) :]

    def _patch(self, old: _Mounted, node: Node) -> bool:
        """Changes what is there; False if it has to be made anew."""
        if old.node == node:
            return True
        if isinstance(node, str) or isinstance(old.node, str):
            if not (isinstance(node, str) and isinstance(old.node, str)):
                return False
            old.js_node.data = node
        else:
            if old.node.tag != node.tag:
                return False
            if old.node.attributes.get("class") != node.attributes.get("class"):
                return False  # another thing that happens to have the same tag
            self._patch_attributes(old.js_node, old.node, node)
            self._patch_children(old.js_node, old.children, node.children)
        old.node = node
        return True

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
