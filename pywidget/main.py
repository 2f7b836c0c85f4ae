"""The composition root: makes the parts, joins them, and tells the loader."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pywidget.app.attempt_store import AttemptStore
from pywidget.app.machine import Model
from pywidget.app.meeting_maker import MeetingMaker
from pywidget.app.settings import Settings
from pywidget.app.sign_in import SignIn
from pywidget.app.token_store import TokenStore
from pywidget.app.widget import Services, Widget
from pywidget.app.zoom_client import ZoomClient
from pywidget.browser.clipboard import SystemClipboard
from pywidget.browser.clock import SystemClock
from pywidget.browser.element import Elements, read_settings
from pywidget.browser.http import PyfetchTransport
from pywidget.browser.notes_field import NotesField
from pywidget.browser.page import ElementPage
from pywidget.browser.randomness import SystemRandomness
from pywidget.browser.sign_in_window import PopupWindows
from pywidget.browser.storage import SessionStorage
from pywidget.browser.zones import BrowserZones


def start() -> None:
    """Called once, by the loader, when Python is up."""

    @cache
    def get_services() -> Services:
        return build_services(read_settings())

    def make_widget(
        page: ElementPage,
        find_notes: Callable[[str], NotesField],
        show: Callable[[Model], None],
    ) -> Widget:
        return Widget(get_services, page=page, find_notes=find_notes, show=show)

    Elements(make_widget).attach()


def build_services(settings: Settings) -> Services:
    """Everything that the widgets of a page share."""
    clock, zones, randomness = SystemClock(), BrowserZones(), SystemRandomness()
    transport, storage = PyfetchTransport(), SessionStorage()
    tokens = TokenStore(storage)
    client = ZoomClient(
        endpoints=settings.endpoints,
        transport=transport,
        clock=clock,
        randomness=randomness,
        tokens=tokens,
    )
    return Services(
        clock=clock,
        zones=zones,
        clipboard=SystemClipboard(),
        client=client,
        sign_in=SignIn(
            settings=settings,
            windows=PopupWindows(),
            transport=transport,
            clock=clock,
            randomness=randomness,
            tokens=tokens,
            attempts=AttemptStore(storage),
        ),
        maker=MeetingMaker(settings=settings, client=client, clock=clock, zones=zones),
    )
