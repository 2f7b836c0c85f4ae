"""The changes that turn one description into another: computed here, carried out at once.

Facts: every call from Python into the page costs microseconds, however little it does; and
replacing an element loses its focus, its selection and whether it is unfolded. So the changes are
one value, which the page gets in one call, and an element is kept while it is the same thing.

A change to an element, or to a text, is a dictionary (as JSON, for `web/patch.js`):

    {"set": {"title": "Copy"}, "drop": ["lang"], "children": [0, {"at": 2, …}, ["p", {}, []]]}
    {"text": "Copied"}

`children` are all the children afterwards. A number is the child that was at this position before,
as it is; a dictionary with `at` is that child, changed; anything else is the description of a new
one. A child that is not named is removed. Kept children never change their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypedDict

from pywidget.ui.node import Element, Node


class Change(TypedDict, total=False):
    """The changes to an element or a text; what does not change is left out."""

    at: int
    text: str
    set: dict[str, str]
    drop: list[str]
    children: list[Item]


Item: TypeAlias = "int | Change | Node"


def compare(old: Element, new: Element) -> Change:
    """Compute what has to change; the result is empty if nothing has to."""
    change = Change()
    before, after = old.attributes, new.attributes
    if changed := {name: text for name, text in after.items() if before.get(name) != text}:
        change["set"] = changed
    if dropped := [name for name in before if name not in after]:
        change["drop"] = dropped
    if old.children != new.children:
        change["children"] = list(_compare_children(old.children, new.children))
    return change


def _compare_children(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Item]:
    """Compare the children; one that is still there is kept, even at another position."""
    left = 0
    for node in new:
        at = next((at for at in range(left, len(old)) if _is_same(old[at], node)), None)
        if at is None:
            yield node
        else:
            left = at + 1
            yield _compare_child(at, old[at], node)


def _compare_child(at: int, old: Node, new: Node) -> Item:
    if old == new:
        return at
    if isinstance(old, str) or isinstance(new, str):
        return {"at": at, "text": str(new)}
    return {"at": at, **compare(old, new)}


def _is_same(old: Node, new: Node) -> bool:
    if isinstance(old, str) or isinstance(new, str):
        return isinstance(old, str) and isinstance(new, str)
    # A control is what it does, however it looks: in its place another would lose focus and click.
    before, after = old.attributes, new.attributes
    name = "data-action" if "data-action" in before or "data-action" in after else "class"
    return old.tag == new.tag and before.get(name) == after.get(name)
