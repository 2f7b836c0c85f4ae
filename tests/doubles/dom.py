"""As much of a page as `Mount` needs: it counts what is changed, and loses focus as pages do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pywidget.ui.node import Element, Node


class FakeNode:
    """An element, a text node or a shadow root. Names are the DOM's own."""

    def __init__(self, document: FakeDocument, tag: str, data: str | None = None) -> None:
        self.document = document
        self.tag = tag
        self.attributes: dict[str, str] = {}
        self.children: list[FakeNode] = []
        self.parent: FakeNode | None = None
        self.shadowRoot: FakeNode | None = None
        self._data = data

    @property
    def data(self) -> str:
        assert self._data is not None, "only a text node has data"
        return self._data

    @data.setter
    def data(self, text: str) -> None:
        assert self._data is not None, "only a text node has data"
        self.document.count(f"data={text}")
        self._data = text

    @property
    def activeElement(self) -> FakeNode | None:  # noqa: N802 - the DOM's name
        focused = self.document.focused
        return focused if focused is not None and focused in list(self.walk()) else None

    def walk(self) -> Iterator[FakeNode]:
        yield self
        for child in self.children:
            yield from child.walk()

    def describe(self) -> Node:
        """What was shown to make it so."""
        if self.tag == "#text":
            return self.data
        children = tuple(child.describe() for child in self.children)
        return Element(self.tag, dict(self.attributes), children)

    def find(self, **wanted: str) -> FakeNode:
        """The one element with these attributes; an underscore stands for a hyphen."""
        pairs = {name.rstrip("_").replace("_", "-"): text for name, text in wanted.items()}
        (found,) = [each for each in self.walk() if pairs.items() <= each.attributes.items()]
        return found

    @property
    def text(self) -> str:
        return "".join(each.data for each in self.walk() if each.tag == "#text")

    def setAttribute(self, name: str, value: str) -> None:  # noqa: N802
        assert isinstance(value, str), "a browser would turn it into text"
        self.document.count(f"set {name}")
        self.attributes[name] = value

    def removeAttribute(self, name: str) -> None:  # noqa: N802
        self.document.count(f"remove {name}")
        self.attributes.pop(name, None)

    def appendChild(self, child: FakeNode) -> None:  # noqa: N802
        self.document.count(f"append {child.tag}")
        assert child.parent is None
        child.parent = self
        self.children.append(child)

    def insertBefore(self, child: FakeNode, before: FakeNode) -> None:  # noqa: N802
        self.document.count(f"insert {child.tag}")
        assert child.parent is None
        child.parent = self
        self.children.insert(self.children.index(before), child)

    def removeChild(self, child: FakeNode) -> None:  # noqa: N802
        self.document.count(f"remove {child.tag}")
        self.children.remove(child)
        child._leave()

    def focus(self) -> None:
        assert self.is_attached, "a node that is not in the page takes no focus"
        self.document.focused = self

    @property
    def is_attached(self) -> bool:
        node = self
        while node.parent is not None:
            node = node.parent
        return node is self.document.root

    def _leave(self) -> None:
        self.parent = None
        if self.document.focused in list(self.walk()):
            self.document.focused = None


class FakeDocument:
    """One host with its shadow root; makes nodes, and keeps the focus and the count."""

    def __init__(self) -> None:
        self.changes: list[str] = []
        self.focused: FakeNode | None = None
        self.host = FakeNode(self, "#host")
        self.root = FakeNode(self, "#root")
        self.host.shadowRoot = self.root

    def createElement(self, tag: str) -> FakeNode:  # noqa: N802
        return FakeNode(self, tag)

    def createTextNode(self, text: str) -> FakeNode:  # noqa: N802
        return FakeNode(self, "#text", text)

    def count(self, change: str) -> None:
        self.changes.append(change)


class FakePage:
    """What `web/patch.js` does, done to a `FakeDocument`; counts the calls."""

    def __init__(self) -> None:
        self.calls = 0

    def patch(self, host: FakeNode, changes: str) -> bool:
        """Carries the changes out; tells whether the focus was in the shadow root."""
        self.calls += 1
        root = host.shadowRoot
        assert root is not None
        had_focus = root.activeElement is not None
        self._change(host, root, json.loads(changes))
        return had_focus

    def focusAt(self, host: FakeNode, path: str) -> None:  # noqa: N802 - the page's name
        self.calls += 1
        node = host.shadowRoot
        for at in json.loads(path):
            assert node is not None
            node = node.children[at]
        assert node is not None
        node.focus()

    def _change(self, node: FakeNode, container: FakeNode, change: dict[str, Any]) -> None:
        assert not change.keys() - {"at", "set", "drop", "children"}
        if "children" in change:
            self._arrange(container, change["children"])
        for name in change.get("drop", []):
            node.removeAttribute(name)
        for name, value in change.get("set", {}).items():
            node.setAttribute(name, value)

    def _arrange(self, container: FakeNode, items: list[Any]) -> None:
        before = list(container.children)
        now = [self._keep_or_make(container.document, before, item) for item in items]
        for gone in before:
            if gone not in now:
                container.removeChild(gone)
        following: FakeNode | None = None
        for node in reversed(now):
            if node.parent is None and following is None:
                container.appendChild(node)
            elif node.parent is None and following is not None:
                container.insertBefore(node, following)
            following = node
        assert container.children == now, "kept children changed their order"

    def _keep_or_make(self, document: FakeDocument, before: list[FakeNode], item: Any) -> FakeNode:
        if isinstance(item, int):
            return before[item]
        if not isinstance(item, dict):
            return self._make(document, item)
        node = before[item["at"]]
        if "text" in item:
            node.data = item["text"]
        else:
            self._change(node, node, item)
        return node

    def _make(self, document: FakeDocument, description: Any) -> FakeNode:
        if isinstance(description, str):
            return document.createTextNode(description)
        tag, attributes, children = description
        node = document.createElement(tag)
        for name, value in attributes.items():
            node.setAttribute(name, value)
        for child in children:
            node.appendChild(self._make(document, child))
        return node
