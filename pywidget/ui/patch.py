"""What has to change for one description to become another: worked out here, carried out at once.

Facts: every call from Python into the page costs microseconds, however little it does; and
replacing an element loses its focus, its selection and whether it is unfolded. So the changes are
one value, which the page gets in one call, and elements are kept where it is the same thing.

A change to an element, or to a text, is a dictionary (as JSON, for `web/patch.js`)::

    {"set": {"title": "Copy"}, "drop": ["lang"], "children": [0, {"at": 2, …}, ["p", {}, []]]}
    {"text": "Copied"}

`children` are all that there are afterwards. A number is the child that was at this position
before, as it is; a dictionary with `at` is that child, changed; anything else is the description
of a new one. What is not named goes. Kept children never change their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypedDict

from pywidget.ui.node import Element, Node

# What makes it the same thing, perhaps changed; a tag alone is many things.
_IDENTITY = ("class", "data-action")


class Change(TypedDict, total=False):
    """What changes in an element or a text; what does not is left out."""

    at: int
    text: str
    set: dict[str, str]
    drop: list[str]
    children: list[Item]


Item: TypeAlias = "int | Change | Node"


def compare(old: Element, new: Element) -> Change:
    """What has to change; empty where nothing has."""
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
    """Keeps what is still there, wherever it has moved to by what came or went before it."""
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
    return old.tag == new.tag and all(
        old.attributes.get(name) == new.attributes.get(name) for name in _IDENTITY
    )
