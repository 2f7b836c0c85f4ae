"""Looks for every secret in all that the doubles record, by the table of e2e/canary/places.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from zoom_meeting_testing.simulator import Simulator

from e2e.canary.places import Place
from e2e.canary.record import Record
from e2e.canary.search import Findings, search
from e2e.canary.secrets import Kind
from e2e.canary.tap import Heard, sort_for_zoom
from pywidget.connection.attempt_store import PREFIX as ATTEMPT_PREFIX
from pywidget.connection.token_store import KEY as TOKEN_KEY
from pywidget.ui.node import Element, Node
from pywidget.ui.view import render
from pywidget.zoom.http import Request
from tests.doubles.english import WORDS
from tests.life.browser import Browser, Document, Tab
from tests.life.browser import Place as Widget

PLANTED = "pl4nted-s3cret"  # in the words of Zoom's refusals, which may repeat a code
_MESSAGES = {"token": Place.TOKEN_MESSAGE, "made": Place.MADE_MESSAGE}


class SecretsWatch:
    """All that was ever said, shown, sent or kept in one browser."""

    def __init__(self, simulator: Simulator, browser: Browser) -> None:
        self._simulator = simulator
        self._browser = browser
        self.record = Record()
        browser.secrets.hear(Kind.CODE, PLANTED)

    def look(self) -> None:
        """Record what there is now."""
        for tab in self._browser.tabs:
            for place, text in _list_kept(tab):
                self.record.add(place, text)
        for document in (*self._browser.left, *(tab.document for tab in self._browser.tabs)):
            for place, text in _list_said(document):
                self.record.add(place, text)
        for text in self._browser.channel.told:
            self.record.add(_MESSAGES.get(json.loads(text)["kind"], Place.TAB_MESSAGE), text)

    def search(self) -> Findings:
        """Search all of it, once nothing happens any more."""
        self.look()
        for request in self._browser.line.sent:
            for place, text in sort_for_zoom(_hear(request)):
                self.record.add(place, text)
        with self._simulator.lock:
            self.record.add(Place.ZOOM_LOG, json.dumps(self._simulator.list_requests()))
            self._simulator.clear_faults()  # what a fault says is the test's own business
            self.record.add(Place.ZOOM_LOG, json.dumps(self._simulator.to_json()))
            for code in self._simulator.grants._codes:  # noqa: SLF001 - also one that never came
                self._browser.secrets.hear(Kind.CODE, code)
        return search(self.record, self._browser.secrets.list_all())


def _list_kept(tab: Tab) -> Iterator[tuple[Place, str]]:
    for key, text in tab.storage.items.items():
        if key == TOKEN_KEY:
            yield Place.TOKEN_ENTRY, text
        elif key.startswith(ATTEMPT_PREFIX):
            yield Place.ATTEMPT_ENTRY, f"{key} {text}"
        else:
            yield Place.TAB_STORAGE, f"{key} {text}"
    for key, text in tab.browser.local_storage.items.items():
        yield Place.ORIGIN_STORAGE, f"{key} {text}"


def _list_said(document: Document) -> Iterator[tuple[Place, str]]:
    yield Place.NOTES, document.field.text
    for text in document.clipboard.begun:
        yield Place.CLIPBOARD, text
    for popup in document.windows.opened:
        yield Place.CONSENT_URL, popup.url
    for address in document.navigation.gone_to:
        yield Place.CONSENT_URL, address
    for window in document.navigation.windows:
        yield Place.START_URL, window.address or ""
    for element in document.places:
        yield from _list_told(element)


def _list_told(element: Widget) -> Iterator[tuple[Place, str]]:
    for name, detail in element.host.events:
        yield Place.EVENTS, f"{name} {json.dumps(detail)}"
    for line in element.host.complaints + element.host.remarks:
        yield Place.CONSOLE, line
    for model in element.models:
        yield Place.DOM, repr(model.notice)
    yield from _list_shown(render(element.model, WORDS), Place.DOM)


def _list_shown(nodes: Iterable[Node], place: Place) -> Iterator[tuple[Place, str]]:
    for node in nodes:
        if not isinstance(node, Element):
            yield place, node
            continue
        for name, text in node.attributes.items():
            yield (Place.LINKS if name == "href" else Place.DOM), f"{name}={text}"
        yield from _list_shown(node.children, Place.DETAILS if node.tag == "details" else place)


def _hear(request: Request) -> Heard:
    parts = urlsplit(request.url)
    headers = tuple((name.lower(), text) for name, text in request.headers.items())
    return Heard(request.method, parts.path, parts.query, headers, request.body or b"")
