"""Every state of the widget on one page, without Python: what `pywidget.ui` says, as markup.

Facts: a declarative shadow root needs no script (HTML standard, `shadowrootmode`), and what stands
in it is what `web/patch.js` would have made of the same description.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pywidget.ui.node import Element, Node
from pywidget.ui.view import render_host
from tests.doubles.english import WORDS
from tests.ui.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pywidget.widget.model import Model

_WEB: Final = Path(__file__).resolve().parents[2] / "web"
_ICON: Final = re.compile(r'url\("(icons/[a-z-]+\.svg)"\)')
_EMPTY: Final = frozenset({"input"})
_REGIONS: Final = "".join(
    f'<div class="announcer" role="{role}"></div>' for role in ("status", "alert")
)


def write_page(models: Mapping[str, Model] = MODELS, *, client: str = "") -> str:
    """Write a page with a widget in each of these states, in an element with the state's ID.

    Each has a client of its own, as the appointments of a page have, unless all are told to have
    the same.
    """
    styles = "".join((_WEB / name).read_text("utf-8") for name in ("loading.css", "widget.css"))
    styles = _ICON.sub(_inline_icon, styles)
    widgets = "\n".join(
        f'<section aria-label="{escape(name)}" id="{to_id(name)}">'
        f"{_write_widget(_rename(model, client or f'Dana ({name})'), styles)}</section>"
        for name, model in models.items()
    )
    return f"""<!doctype html>
<html lang="en">
<title>Every state</title>
<style>:root {{ color-scheme: light dark; background: Canvas; }}</style>
<main><h1>Every state</h1>
{widgets}
</main>
</html>"""


def _inline_icon(match: re.Match[str]) -> str:
    """Put the icon itself in place of its address: the page has none."""
    icon = b64encode((_WEB / match[1]).read_bytes()).decode("ascii")
    return f'url("data:image/svg+xml;base64,{icon}")'


def to_id(name: str) -> str:
    """Return the name of a state as an ID, and as the name of its file."""
    return name.replace(",", "").replace(" ", "-")


def _rename(model: Model, client: str) -> Model:
    if model.appointment is None:
        return model
    return replace(model, appointment=replace(model.appointment, client=client))


def _write_widget(model: Model, styles: str) -> str:
    host = render_host(model, WORDS)
    inside = "".join(map(_write, host.children))
    return (
        f"<zoom-meeting{_write_attributes(host)}><template shadowrootmode=open>"
        f"<style>{styles}</style>{_REGIONS}{inside}</template></zoom-meeting>"
    )


def _write(node: Node) -> str:
    if not isinstance(node, Element):
        return escape(node)
    opened = f"<{node.tag}{_write_attributes(node)}>"
    if node.tag in _EMPTY:
        return opened
    return f"{opened}{''.join(map(_write, node.children))}</{node.tag}>"


def _write_attributes(node: Element) -> str:
    return "".join(f' {name}="{escape(text)}"' for name, text in node.attributes.items())
