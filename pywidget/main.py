"""The composition root: makes the parts, joins them, and tells the loader."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pywidget.app.account import Account
from pywidget.app.attempt_store import AttemptStore
from pywidget.app.hosted_store import HostedStore
from pywidget.app.intent_store import IntentStore
from pywidget.app.meeting_keeper import MeetingKeeper
from pywidget.app.meeting_maker import MeetingMaker
from pywidget.app.model import Model
from pywidget.app.ports import Transport
from pywidget.app.presenter import Presenter
from pywidget.app.scheduler import Scheduler
from pywidget.app.services import Services
from pywidget.app.session import Session
from pywidget.app.settings import Settings
from pywidget.app.sign_in import SignIn
from pywidget.app.tab_messages import TabMessages
from pywidget.app.token_store import TokenStore
from pywidget.app.way import Way
from pywidget.app.widget import Widget
from pywidget.app.zoom_client import ZoomClient
from pywidget.browser.clipboard import SystemClipboard
from pywidget.browser.clock import SystemClock
from pywidget.browser.element import Elements, read_settings
from pywidget.browser.http import PyfetchTransport
from pywidget.browser.late_tunnel import LateTunnel
from pywidget.browser.loader import find_js_class, find_js_page
from pywidget.browser.locks import WebLocks
from pywidget.browser.missing_modules import explain_missing_modules
from pywidget.browser.navigation import BrowserNavigation
from pywidget.browser.notes_field import NotesField
from pywidget.browser.page import ElementPage
from pywidget.browser.randomness import SystemRandomness
from pywidget.browser.sign_in_window import PopupWindows
from pywidget.browser.storage import WebStorage
from pywidget.browser.tabs import BroadcastTabs
from pywidget.browser.zones import BrowserZones


def start() -> None:
    """Called once, by the loader, when Python is up."""

    @cache
    def get_services() -> Services:
        services = build_services(read_settings())
        services.sign_in.resume()
        services.session.greet()
        services.maker.greet()
        return services

    def make_widget(
        page: ElementPage,
        find_notes: Callable[[str], NotesField],
        show: Callable[[Model], None],
    ) -> Widget:
        return Widget(get_services, page=page, find_notes=find_notes, show=show)

    explain_missing_modules()
    Elements(make_widget).attach()


def build_services(settings: Settings) -> Services:
    """Everything that the widgets of a page share."""
    clock, zones, randomness = SystemClock(), BrowserZones(), SystemRandomness()
    transport, locks, navigation = make_transport(settings), WebLocks(), BrowserNavigation()
    tab, messages = WebStorage("sessionStorage"), TabMessages(BroadcastTabs())
    hosted = HostedStore(WebStorage("localStorage") if settings.remembers_in_browser else tab)
    session = Session(
        settings=settings,
        transport=transport,
        clock=clock,
        locks=locks,
        messages=messages,
        tokens=TokenStore(tab),
    )
    client = ZoomClient(
        endpoints=settings.endpoints,
        transport=transport,
        clock=clock,
        randomness=randomness,
        session=session,
    )
    account = Account(client, session)
    scheduler = Scheduler(client, session, clock, zones)
    way = Way(endpoints=settings.endpoints, transport=transport, clock=clock, session=session)
    return Services(
        clock=clock,
        zones=zones,
        clipboard=SystemClipboard(),
        navigation=navigation,
        session=session,
        account=account,
        way=way,
        sign_in=SignIn(
            settings=settings,
            windows=PopupWindows(),
            navigation=navigation,
            transport=transport,
            clock=clock,
            randomness=randomness,
            session=session,
            attempts=AttemptStore(tab),
            way=way,
        ),
        scheduler=scheduler,
        maker=MeetingMaker(
            settings=settings,
            client=client,
            session=session,
            account=account,
            clock=clock,
            zones=zones,
            scheduler=scheduler,
            locks=locks,
            messages=messages,
            intents=IntentStore(tab),
            hosted=hosted,
        ),
        keeper=MeetingKeeper(client=client, account=account, hosted=hosted),
        presenter=Presenter(clock, zones),
        trusted_hosts=settings.endpoints.own_hosts,
    )


def make_transport(settings: Settings) -> Transport:
    """How calls get to Zoom from this page."""
    if settings.tunnel is None:
        return PyfetchTransport()
    return LateTunnel(settings.tunnel, find_js_page(), find_js_class().settings.base)
