"""A description of markup: values to compare, with no page behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Element:
    """One element. Attribute values are text; a flag such as `disabled` is the empty text."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


Node: TypeAlias = "Element | str"


def element(tag: str, *children: Node | None, **attributes: str | bool | None) -> Element:
    """Builds an element; `None` leaves a child or an attribute out, `True` sets a flag.

    An underscore in a name stands for a hyphen; one at the end keeps Python's keywords apart.

    >>> element("button", "Copy", class_="button", data_action="copy").attributes
    {'class': 'button', 'data-action': 'copy'}
    """
    kept = {
        name.rstrip("_").replace("_", "-"): "" if value is True else value
        for name, value in attributes.items()
        if value is not None and value is not False
    }
    return Element(tag, kept, tuple(child for child in children if child is not None))
