"""The page's `<zoom-meeting>` elements, as the loader reports them, with one widget for each.

Facts: a Python callable that holds its own element is never freed. So the loader gets a few
callables for all elements, each takes the element as an argument, and no element has listeners in
Python.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import js
from pyodide.ffi import to_js

from pywidget.browser.defects import make_listener
from pywidget.browser.host_element import BrowserElement
from pywidget.browser.languages import Languages
from pywidget.browser.loader import find_js_class, find_js_helpers
from pywidget.browser.mount import Mount
from pywidget.browser.notes_field import NotesField
from pywidget.domain.errors import WidgetError
from pywidget.settings import Settings, parse_settings
from pywidget.ui.view import render_host
from pywidget.widget.model import Model
from pywidget.widget.widget import Widget
from pywidget.words.words import Words

MakeWidget = Callable[
    [BrowserElement, Callable[[str], NotesField], Callable[[Model, Words], None], Words], Widget
]


# Seconds between attempts to find a notes field: frameworks add elements one by one.
_PATIENCE = (0.05, 0.2, 0.75)


@dataclass(slots=True)
class _Mounted:
    widget: Widget
    js_element: Any
    early_action: str  # clicked before Python was ready


def read_settings() -> Settings:
    """Read the embedder's settings, from the script tag or `configure()`.

    Raises:
        BadAttributeError: For the first one that is missing or malformed.
    """
    js_settings = find_js_helpers().readSettings()
    attributes = {
        name.removeprefix("data-"): value
        for name, value in js_settings.attributes.to_py().items()
        if name.startswith("data-")
    }
    return parse_settings(attributes, base=js_settings.base, page_origin=js.location.origin)


def read_client_language() -> str:
    """Read the language of what clients are sent, as a tag; empty for that of each element."""
    try:
        return read_settings().client_language
    except WidgetError:
        return ""  # each element says so in its place


class Elements:
    """All `<zoom-meeting>` elements that are in the document."""

    def __init__(self, make_widget: MakeWidget, languages: Languages) -> None:
        self._make_widget = make_widget
        self._languages = languages
        self._mounted: dict[int, _Mounted] = {}

    def attach(self) -> None:
        """Tell the loader that Python is ready; it immediately mounts the elements that wait."""
        handlers = {
            "mount": make_listener(self._mount),
            "unmount": make_listener(self._unmount),
            "change": make_listener(self._change),
            "act": make_listener(self._act),
            "speak": make_listener(self._speak),
        }
        js_class = find_js_class()
        js_class.attach(to_js(handlers, dict_converter=js.Object.fromEntries))

    def _mount(self, js_element: Any, early_action: str, tag: str, language: str) -> None:
        mount = Mount(find_js_helpers(), js_element)
        widget = self._make_widget(
            BrowserElement(js_element),
            lambda selector: NotesField(js_element, selector),
            lambda model, words: mount.show(render_host(model, words)),
            self._languages.find(tag, language),
        )
        mounted = _Mounted(widget, js_element, early_action)
        self._mounted[js_element.js_id] = mounted
        self._open(mounted)

    def _unmount(self, js_element: Any) -> None:
        mounted = self._mounted.pop(js_element.js_id, None)
        if mounted is not None:
            mounted.widget.dispose()

    def _change(self, js_element: Any) -> None:
        self._open(self._mounted[js_element.js_id])

    def _act(self, js_element: Any, action: str) -> bool:
        return self._mounted[js_element.js_id].widget.act(action)

    def _speak(self, js_element: Any, tag: str, language: str) -> None:
        self._mounted[js_element.js_id].widget.speak(self._languages.find(tag, language))

    def _open(self, mounted: _Mounted, pauses: tuple[float, ...] = _PATIENCE) -> None:
        """Read the attributes; wait a little for a notes field that is not there yet."""
        attributes = find_js_helpers().readAttributes(mounted.js_element).to_py()
        selector = attributes.get("notes", "")
        notes = NotesField(mounted.js_element, selector)
        try:
            if not notes.has_adapter:
                notes.find_js_field()
                find_js_helpers().watchNotes(mounted.js_element, selector)
        except WidgetError:
            if selector and pauses:
                asyncio.get_running_loop().call_later(
                    pauses[0], self._open_later, mounted, pauses[1:]
                )
                return
        mounted.widget.open(attributes, has_notes_adapter=notes.has_adapter)
        if mounted.early_action:
            mounted.widget.act(mounted.early_action)
            mounted.early_action = ""

    def _open_later(self, mounted: _Mounted, pauses: tuple[float, ...]) -> None:
        if self._mounted.get(mounted.js_element.js_id) is mounted:
            self._open(mounted, pauses)
