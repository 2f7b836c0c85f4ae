"""Finds what people and tests see inside the element: controls, their names and actions, and parts.

Facts: names are words, and words come from anywhere; so the views are painted, those that the tests
of the view have, and read as a screen reader does. The client link is left out: its
name is data. The loader's own failures are read in its source, since it needs a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.ui.node import Element, Node
from pywidget.ui.view import render
from pywidget.widget.model import Model
from tests.doubles.english import WORDS
from tests.public_contract.sources import find_in_files
from tests.ui.models import MODELS

_ROLES = {"a": "link", "button": "button", "summary": "summary", "section": "region"}
_ROOM = JoinLink("zoom.us", LinkKind.PERSONAL, "a-room")
_CLIENT_LINK = "link"  # its part
_LOADER = "web/loading.js"


def list_controls() -> list[str]:
    """Write a line for each control or group that has a name: role, name, action."""
    lines = {
        line
        for node in _walk_views()
        if node.attributes.get("part") != _CLIENT_LINK
        for line in _describe(node)
    }
    keys = find_in_files(r"\blabel: SENTENCES\.([\w.]+)", _LOADER)
    loader = {f"button  “{WORDS.say(key)}”" for key in keys}
    return [*lines, *loader, "link  (the client link: its href is the join URL)"]


def list_actions() -> list[str]:
    """List every `data-action`."""
    seen = {node.attributes.get("data-action") for node in _walk_views()}
    return [*filter(None, seen), *find_in_files(r"\baction: \"([\w-]+)\"", _LOADER)]


def list_parts() -> list[str]:
    """List every `part`."""
    parts = {part for node in _walk_views() for part in node.attributes.get("part", "").split()}
    return [*parts, *find_in_files(r"\bpart(?:: |\", )\"([\w-]+)\"", "web/*.js")]


def _walk_views() -> Iterator[Element]:
    for model in MODELS.values():
        shown = model.shown
        variants = [shown]
        if shown is not None:
            variants += [replace(shown, has_registration=True), replace(shown, link=_ROOM)]
        if shown is not None and shown.starts_at is not None:
            variants.append(replace(shown, elsewhere="Europe/Berlin"))
        for each, client in product(variants, ("{client}", "")):
            yield from _walk(render(replace(_rename(model, client), shown=each), WORDS))


def _rename(model: Model, client: str) -> Model:
    """Name the client by what stands for any name, or by none."""
    if model.appointment is None:
        return model
    return replace(model, appointment=replace(model.appointment, client=client))


def _walk(nodes: Iterable[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from _walk(node.children)


def _describe(node: Element) -> Iterator[str]:
    label, action = node.attributes.get("aria-label"), node.attributes.get("data-action")
    role = node.attributes.get("role") or _ROLES.get(node.tag)
    if role is None or (label is None and node.tag not in {"a", "button", "summary"}):
        return
    does = f"  {action}" if action else ""
    yield f"{role}  “{label or _read_text(node)}”{does}"


def _read_text(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(_read_text, node.children))
