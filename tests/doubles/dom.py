"""As much of a page as `Mount` needs: it counts what is changed, and loses focus as pages do."""

from __future__ import annotations

from collections.abc import Iterator


class FakeNode:
    """An element, a text node or a shadow root. Names are the DOM's own."""

    def __init__(self, document: FakeDocument, tag: str, data: str | None = None) -> None:
        self.document = document
        self.tag = tag
        self.attributes: dict[str, str] = {}
        self.children: list[FakeNode] = []
        self.parent: FakeNode | None = None
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

    def replaceChildren(self, *children: FakeNode) -> None:  # noqa: N802
        for child in tuple(self.children):
            self.removeChild(child)
        for child in children:
            self.appendChild(child)

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
    """Makes nodes, and keeps the focus and the count."""

    def __init__(self) -> None:
        self.changes: list[str] = []
        self.focused: FakeNode | None = None
        self.root = FakeNode(self, "#root")

    def createElement(self, tag: str) -> FakeNode:  # noqa: N802
        return FakeNode(self, tag)

    def createTextNode(self, text: str) -> FakeNode:  # noqa: N802
        return FakeNode(self, "#text", text)

    def count(self, change: str) -> None:
        self.changes.append(change)
