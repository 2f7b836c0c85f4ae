"""A description of markup: values to compare, with no page behind them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, TypeAlias


class Element(NamedTuple):
    """One element. Attribute values are text; a flag such as `disabled` is the empty text.

    It is a tuple, and so a list in JSON, which is the form that the page gets.
    """

    tag: str
    attributes: dict[str, str]
    children: tuple[Node, ...]


Node: TypeAlias = "Element | str"


def element(tag: str, *children: Node | None, **attributes: str | bool | None) -> Element:
    """Build an element; `None` leaves a child or an attribute out, `True` sets a flag.

    An underscore in a name stands for a hyphen; one at the end distinguishes it from a Python
    keyword.

    >>> element("button", "Copy", class_="button", data_action="copy").attributes
    {'class': 'button', 'data-action': 'copy'}
    """
    kept = {
        _name_attribute(name): "" if value is True else value
        for name, value in attributes.items()
        if value is not None and value is not False
    }
    return Element(tag, kept, tuple(child for child in children if child is not None))


@cache
def _name_attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
