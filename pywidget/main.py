"""The composition root: passes the browser's ports to `assemble`, and attaches to the loader."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pywidget.assemble import assemble
from pywidget.browser.clipboard import SystemClipboard
from pywidget.browser.clock import SystemClock
from pywidget.browser.defects import watch_tasks
from pywidget.browser.element import Elements, read_client_language, read_settings
from pywidget.browser.host_element import BrowserElement
from pywidget.browser.http import FetchTransport
from pywidget.browser.languages import Languages
from pywidget.browser.late_tunnel import LateTunnel
from pywidget.browser.loader import find_js_class, find_js_helpers
from pywidget.browser.locks import WebLocks
from pywidget.browser.missing_modules import explain_missing_modules
from pywidget.browser.navigation import BrowserNavigation
from pywidget.browser.notes_field import NotesField
from pywidget.browser.randomness import SystemRandomness
from pywidget.browser.sign_in_window import PopupWindows
from pywidget.browser.storage import WebStorage
from pywidget.browser.tabs import BroadcastTabs
from pywidget.browser.zones import BrowserZones
from pywidget.ports import Ports, Transport
from pywidget.settings import Settings
from pywidget.widget.carry_out import carry_out
from pywidget.widget.model import Model
from pywidget.widget.services import Services
from pywidget.widget.widget import Widget
from pywidget.words.times import Times
from pywidget.words.words import Words


def start() -> None:
    """Attach the widgets to the loader, which calls this once, when Python is up."""

    @cache
    def get_services() -> Services:
        settings = read_settings()
        services = assemble(make_ports(settings), settings)
        services.begin_page()
        return services

    def make_widget(
        host: BrowserElement,
        find_notes: Callable[[str], NotesField],
        show: Callable[[Model, Words], None],
        words: Words,
    ) -> Widget:
        return Widget(
            get_services,
            host=host,
            find_notes=find_notes,
            show=show,
            carry_out=carry_out,
            words=words,
        )

    watch_tasks()
    explain_missing_modules()
    times = Times(BrowserZones())
    languages = Languages(find_js_class().languages, times, read_client_language())
    Elements(make_widget, languages).attach()


def make_ports(settings: Settings) -> Ports:
    """Create the ports of the real browser, as this page has it."""
    return Ports(
        transport=make_transport(settings),
        clock=SystemClock(),
        zones=BrowserZones(),
        randomness=SystemRandomness(),
        tab_storage=WebStorage("sessionStorage"),
        origin_storage=WebStorage("localStorage"),
        locks=WebLocks(),
        tabs=BroadcastTabs(),
        windows=PopupWindows(),
        navigation=BrowserNavigation(),
        clipboard=SystemClipboard(),
    )


def make_transport(settings: Settings) -> Transport:
    """Choose how calls get to Zoom from this page."""
    if settings.tunnel is None:
        return FetchTransport()
    return LateTunnel(settings.tunnel, find_js_helpers(), find_js_helpers().readSettings().base)
