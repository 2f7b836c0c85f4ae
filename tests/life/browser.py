"""A browser with tabs, a host page that keeps a book of appointments, and a person at the mouse.

Everything of the widget is the real thing; what a browser would do is done by doubles. A page that
is left or closed never runs on: what it waited for does not come, its locks are free, its storage
stays. What it had sent to Zoom arrives all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from e2e.canary.secrets import Secrets
from pywidget.assemble import assemble
from pywidget.connection.attempt_store import PREFIX as ATTEMPT_PREFIX
from pywidget.domain.note_line import Edit, find_meetings
from pywidget.ports import Ports, Transport
from pywidget.settings import Settings
from pywidget.ui.node import Element, Node
from pywidget.ui.view import render
from pywidget.widget.carry_out import carry_out
from pywidget.widget.model import Model
from pywidget.widget.services import Services
from pywidget.widget.widget import Widget
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from tests.doubles.clipboard import FakeClipboard
from tests.doubles.clock import ManualClock, settle
from tests.doubles.english import WORDS
from tests.doubles.host_element import RecordingElement
from tests.doubles.life import MortalClock, MortalTransport, TabLife
from tests.doubles.locks import SharedLocks
from tests.doubles.navigation import FakeNavigation
from tests.doubles.notes import FakeNotes
from tests.doubles.randomness import CountedRandomness
from tests.doubles.storage import TabStorage
from tests.doubles.tabs import SharedChannel
from tests.doubles.windows import Popups
from tests.doubles.zones import TzdataZones

REDIRECT_URI = "http://127.0.0.1:8123/zoom/callback.html"
HOME = "http://127.0.0.1:8123/book"
SELECTOR = "#notes"
ZONE = "America/New_York"


class ListeningTransport:
    """Implements `ports.Transport`, and hears what is exchanged."""

    def __init__(self, transport: Transport, secrets: Secrets) -> None:
        self._transport = transport
        self._secrets = secrets
        self.sent: list[Request] = []

    async def send(self, request: Request) -> Response:
        self.sent.append(request)
        if "/oauth/" in request.url:
            self._secrets.hear_form((request.body or b"").decode())
        response = await self._transport.send(request)
        with suppress(ValueError):  # a fault's
            answer = json.loads(response.body)
            if isinstance(answer, dict):
                self._secrets.hear_answer(answer)
        return response


class PageStorage:
    """Implements `ports.Storage` for one page, and hears what secrets are kept."""

    def __init__(self, storage: TabStorage, life: TabLife, secrets: Secrets) -> None:
        self._storage = storage
        self._life = life
        self._secrets = secrets

    def get(self, key: str) -> str | None:
        return self._storage.get(key)

    def set(self, key: str, text: str) -> None:
        if self._life.is_over:
            return
        self._secrets.hear_stored(key, text)
        self._storage.set(key, text)

    def delete(self, key: str) -> None:
        if not self._life.is_over:
            self._storage.delete(key)

    def list_keys(self) -> list[str]:
        return self._storage.list_keys()


# The host page


@dataclass
class Entry:
    """One appointment in the host's book.

    Attributes:
        pieces: What people wrote, in order.
        overwritten: Meetings whose line was lost because a page without it saved over it.
    """

    id: str
    client: str
    starts: str
    text: str = ""
    pieces: tuple[str, ...] = ()
    email: str = ""
    host_email: str = ""
    overwritten: set[str] = field(default_factory=set)

    @property
    def attributes(self) -> dict[str, str]:
        own = {
            "appointment": self.id,
            "client": self.client,
            "starts": self.starts,
            "time-zone": ZONE,
            "duration": "45",
            "notes": SELECTOR,
            "client-email": self.email,
            "host-email": self.host_email,
        }
        return {name: text for name, text in own.items() if text}

    @property
    def topic(self) -> str:
        return f"Appointment with {self.client}"


class HostField(FakeNotes):
    """The notes field of one appointment in one page; what stands in it is saved at once."""

    def __init__(self, entry: Entry, on_change: Callable[[], None], *, multiline: bool) -> None:
        super().__init__(entry.text, multiline=multiline)
        self.entry = entry
        self.pieces = entry.pieces
        self._on_change = on_change

    def _put_in(self, edit: Edit) -> None:
        before = self.text
        try:
            super()._put_in(edit)
        finally:
            if not self.is_gone and not self.rejects:
                self._save(before)

    def write_by_hand(self, text: str, pieces: tuple[str, ...]) -> None:
        """A person is done editing."""
        before, self.text, self.pieces = self.text, text, pieces
        self._save(before)

    def _save(self, before: str) -> None:
        if self.text != before:
            unseen = meetings_in(self.entry.text) - meetings_in(before)
            self.entry.overwritten |= unseen - self.meetings
            self.entry.text, self.entry.pieces = self.text, self.pieces
        self._on_change()

    @property
    def meetings(self) -> frozenset[str]:
        return meetings_in(self.text)


def meetings_in(text: str) -> frozenset[str]:
    """The IDs of the meetings that a note holds."""
    return frozenset(found.link.room for found in find_meetings(text))


# Pages and tabs


class Place:
    """One `<zoom-meeting>` element."""

    def __init__(self, document: Document) -> None:
        self.host = RecordingElement()
        self.models: list[Model] = []
        self.widget = Widget(
            lambda: document.services,
            host=self.host,
            find_notes=document.find_notes,
            show=lambda model, _words: self.models.append(model),
            carry_out=carry_out,
            words=WORDS,
        )

    @property
    def model(self) -> Model:
        return self.models[-1]

    @property
    def is_busy(self) -> bool:
        """The element's `aria-busy`."""
        return self.model.is_busy

    @property
    def code(self) -> str | None:
        return None if self.model.notice is None else str(self.model.notice.code)

    @property
    def actions(self) -> list[str]:
        """What can be clicked, in the order in which it stands there."""
        return [
            node.attributes["data-action"]
            for node in walk(render(self.model, WORDS))
            if "data-action" in node.attributes and "disabled" not in node.attributes
        ]

    @property
    def words(self) -> str:
        """Everything that is in the element."""
        return repr(render(self.model, WORDS))

    def click(self, action: str) -> None:
        assert action in self.actions, f"there is no {action} among {self.actions}"
        self.widget.act(action)


def walk(nodes: list[Node] | tuple[Node, ...]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from walk(node.children)


class Document:
    """A page that is loaded in a tab, with one or more elements for the appointment."""

    def __init__(self, tab: Tab, entry: Entry) -> None:
        browser = tab.browser
        self.life = TabLife()
        self.locks = browser.locks.open_tab()
        self.channel = browser.channel.open_tab()
        self._browser = browser
        self.tab = tab
        self.places: list[Place] = []
        self.navigation = FakeNavigation(HOME)
        self.clipboard = FakeClipboard()
        self.windows = Popups()
        self.windows.is_blocked = tab.blocks_popups
        self.services = self._build_services()
        self.services.begin_page()
        self.field = self._make_field(entry)
        self.add_place()

    def add_place(self) -> Place:
        place = Place(self)
        self.places.append(place)
        place.widget.open(self.field.entry.attributes)
        return place

    def show(self, entry: Entry) -> None:
        """The host page turns to an appointment, or to the same one with other attributes."""
        if entry is not self.field.entry:
            self.field = self._make_field(entry)
        for place in self.places:
            place.widget.open(entry.attributes)

    def find_notes(self, selector: str) -> HostField:
        assert selector == SELECTOR
        return self.field

    def end(self) -> None:
        """The page is left."""
        self._browser.left.append(self)
        self.life.end()
        self.locks.close()
        self.channel.close()
        for place in self.places:
            place.widget.dispose()

    def _make_field(self, entry: Entry) -> HostField:
        return HostField(entry, self._hear_change, multiline=self._browser.multiline)

    def _hear_change(self) -> None:
        for place in self.places:
            place.widget.act("notes-edited")

    def _build_services(self) -> Services:
        browser, life = self._browser, self.life
        return assemble(
            Ports(
                transport=MortalTransport(browser.line, life),
                clock=MortalClock(browser.clock, life),
                zones=TzdataZones(),
                randomness=browser.randomness,
                tab_storage=PageStorage(self.tab.storage, life, browser.secrets),
                origin_storage=PageStorage(browser.local_storage, life, browser.secrets),
                locks=self.locks,
                tabs=self.channel,
                windows=self.windows,
                navigation=self.navigation,
                clipboard=self.clipboard,
            ),
            browser.settings,
        )


class Tab:
    """A tab: its `sessionStorage` outlives the pages in it."""

    def __init__(self, browser: Browser, entry: Entry, storage: TabStorage | None = None) -> None:
        self.browser = browser
        self.storage = storage or TabStorage()
        self.blocks_popups = False
        self.document = Document(self, entry)

    def reload(self) -> None:
        entry, count = self.document.field.entry, len(self.document.places)
        self.document.end()
        self.document = Document(self, entry)
        for _ in range(count - 1):
            self.document.add_place()

    def return_home(self, query: str, state: str) -> None:
        """What `web/callback.js` does where the page itself went to Zoom."""
        key = ATTEMPT_PREFIX + state
        text = self.storage.items.get(key)
        if text is not None:
            record = json.loads(text)
            assert urlsplit(record["return_to"]).netloc == urlsplit(HOME).netloc
            self.storage.items[key] = json.dumps({**record, "query": query})
        self.reload()


@dataclass
class Browser:
    """Every tab on one machine, one host's book, one Zoom."""

    transport: Transport
    endpoints: Endpoints
    clock: ManualClock = field(default_factory=ManualClock)
    multiline: bool = True
    locks: SharedLocks = field(default_factory=SharedLocks)
    channel: SharedChannel = field(default_factory=SharedChannel)
    local_storage: TabStorage = field(default_factory=TabStorage)
    randomness: CountedRandomness = field(default_factory=CountedRandomness)
    secrets: Secrets = field(default_factory=Secrets)
    tabs: list[Tab] = field(default_factory=list)
    left: list[Document] = field(default_factory=list)  # what waits in them is never collected

    def __post_init__(self) -> None:
        self.line = ListeningTransport(self.transport, self.secrets)

    @property
    def settings(self) -> Settings:
        return Settings(
            client_id="demo-public-client",
            redirect_uri=REDIRECT_URI,
            endpoints=self.endpoints,
        )

    def open_tab(self, entry: Entry, storage: TabStorage | None = None) -> Tab:
        tab = Tab(self, entry, storage)
        self.tabs.append(tab)
        return tab

    def close_tab(self, tab: Tab) -> None:
        tab.document.end()
        self.tabs.remove(tab)

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds)

    async def settle(self) -> None:
        await settle()

    @property
    def places(self) -> list[Place]:
        return [place for tab in self.tabs for place in tab.document.places]


def make_endpoints(url: str) -> Endpoints:
    return Endpoints(
        authorize_url=f"{url}/oauth/authorize",
        token_url=f"{url}/oauth/token",
        revoke_url=f"{url}/oauth/revoke",
        api_url=f"{url}/v2",
    )
