"""One page with the widget on it: real use cases, and doubles for everything outside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pywidget.assemble import assemble
from pywidget.connection.attempt_store import AttemptStore
from pywidget.connection.last_end import LastEnd
from pywidget.connection.token_store import TokenStore
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import BadAttributeError
from pywidget.domain.secret import Secret
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import IntentStore
from pywidget.meetings.notes_record import NotesRecord
from pywidget.ports import Ports
from pywidget.settings import Settings
from pywidget.widget.carry_out import carry_out
from pywidget.widget.model import Model
from pywidget.widget.services import Services
from pywidget.widget.widget import Widget
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.token import Token
from tests.doubles.clipboard import FakeClipboard
from tests.doubles.clock import ManualClock
from tests.doubles.english import WORDS
from tests.doubles.host_element import RecordingElement
from tests.doubles.life import MortalClock, MortalTransport, TabLife
from tests.doubles.locks import SharedLocks
from tests.doubles.navigation import FakeNavigation
from tests.doubles.notes import FakeNotes
from tests.doubles.randomness import CountedRandomness
from tests.doubles.storage import TabStorage
from tests.doubles.tabs import SharedChannel
from tests.doubles.transport import ScriptedTransport
from tests.doubles.windows import Popups
from tests.doubles.zones import TzdataZones

SETTINGS = Settings(
    client_id="client-1",
    redirect_uri="https://app.example/zoom/callback.html",
    endpoints=Endpoints(),
)
# 18:00 in New York is 23:00 UTC, as tests/zoom/answers.py has it.
ATTRIBUTES = {
    "appointment": "812",
    "client": "Dana Lee",
    "starts": "2026-03-05T18:00",
    "time-zone": "America/New_York",
    "duration": "45",
    "notes": "#notes",
}
LINE = (
    "Zoom: [Appointment with Dana Lee] Thursday, March 5 2026 6:00 pm — "
    "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
)


class OnePage:
    """A widget with its element's page and what it has shown."""

    def __init__(self, world: World) -> None:
        self.host = RecordingElement()
        self.shown: list[Model] = []
        self.widget = Widget(
            world.get_services,
            host=self.host,
            find_notes=world.find_notes,
            show=lambda model, _words: self.shown.append(model),
            carry_out=carry_out,
            words=WORDS,
        )

    def open(self, **changes: str | None) -> OnePage:
        """Sets the element's attributes; `None` takes one away."""
        attributes: dict[str, str | None] = {**ATTRIBUTES}
        attributes.update({name.replace("_", "-"): text for name, text in changes.items()})
        self.widget.open({name: text for name, text in attributes.items() if text is not None})
        return self

    @property
    def model(self) -> Model:
        return self.shown[-1]

    @property
    def state(self) -> str:
        """The element's `data-state`."""
        return self.model.state.value

    @property
    def text(self) -> str:
        """What the notice says."""
        return "" if self.model.notice is None else WORDS.write_all(self.model.notice.messages)

    @property
    def notice(self) -> str | None:
        return None if self.model.notice is None else str(self.model.notice.code)

    @property
    def offers(self) -> list[str]:
        """The actions that the notice offers."""
        return [] if self.model.notice is None else [o.action for o in self.model.notice.offers]


@dataclass
class World:
    """What one tab has, shared by every widget on its page; its browser may have more tabs."""

    transport: ScriptedTransport
    clock: ManualClock = field(default_factory=ManualClock)
    storage: TabStorage = field(default_factory=TabStorage)
    windows: Popups = field(default_factory=Popups)
    navigation: FakeNavigation = field(default_factory=FakeNavigation)
    zones: TzdataZones = field(default_factory=TzdataZones)
    clipboard: FakeClipboard = field(default_factory=FakeClipboard)
    fields: dict[str, FakeNotes] = field(default_factory=lambda: {"#notes": FakeNotes()})
    settings: Settings = SETTINGS
    settings_error: BadAttributeError | None = None
    knows_way: bool = True  # whether Zoom has answered this page before
    # The browser's, and so every tab's.
    local_storage: TabStorage = field(default_factory=TabStorage)
    locks: SharedLocks = field(default_factory=SharedLocks)
    channel: SharedChannel = field(default_factory=SharedChannel)
    randomness: CountedRandomness = field(default_factory=CountedRandomness)

    def __post_init__(self) -> None:
        self.life = TabLife()
        self._has_started = False
        self._own_locks, self._own_channel = self.locks.open_tab(), self.channel.open_tab()
        self.services = assemble(
            Ports(
                transport=MortalTransport(self.transport, self.life),
                clock=MortalClock(self.clock, self.life),
                zones=self.zones,
                randomness=self.randomness,
                tab_storage=self.storage,
                origin_storage=self.local_storage,
                locks=self._own_locks,
                tabs=self._own_channel,
                windows=self.windows,
                navigation=self.navigation,
                clipboard=self.clipboard,
            ),
            self.settings,
        )
        if self.knows_way:
            self.services.way.confirm()
        self.session, self.account = self.services.session, self.services.account
        self.sign_in, self.way = self.services.sign_in, self.services.way
        self.scheduler, self.creation = self.services.scheduler, self.services.creation
        self.hosted_meetings = self.services.hosted_meetings
        self.client = ZoomClient(
            endpoints=self.settings.endpoints,
            transport=MortalTransport(self.transport, self.life),
            clock=MortalClock(self.clock, self.life),
            randomness=self.randomness,
            session=self.session,
        )
        # What the widget keeps is in the storage, whoever looks.
        self.tokens = TokenStore(self.storage, LastEnd(self.local_storage))
        self.attempts = AttemptStore(self.storage)
        self.intents = IntentStore(self.storage)
        self.hosted = HostedStore(self.local_storage)

    def get_services(self) -> Services:
        if self.settings_error is not None:
            raise self.settings_error
        if not self._has_started:
            self._has_started = True
            self.services.begin_page()
        return self.services

    def open_tab(self, notes: str = "", storage: TabStorage | None = None) -> World:
        """Another tab of this browser, with the same page as the server has it."""
        return replace(
            self,
            storage=TabStorage() if storage is None else storage,
            windows=Popups(),
            navigation=FakeNavigation(self.navigation.address),
            clipboard=FakeClipboard(),
            fields={"#notes": FakeNotes(notes)},
        )

    def duplicate(self, notes: str = "") -> World:
        """The same by "Duplicate tab", which copies this tab's `sessionStorage`."""
        return self.open_tab(notes, self.storage.duplicate_tab())

    def close(self) -> None:
        """The tab is closed, whatever was under way in it."""
        self.life.end()
        self._own_locks.close()
        self._own_channel.close()

    def reload(self, notes: str = "") -> World:
        """The page anew, in the same tab; `notes` is what the server has."""
        self.close()
        return self.open_tab(notes, self.storage)

    def find_notes(self, selector: str) -> FakeNotes:
        return self.fields.get(selector) or _gone()

    @property
    def notes(self) -> FakeNotes:
        return self.fields["#notes"]

    @property
    def record(self) -> NotesRecord:
        return NotesRecord(lambda: self.notes, self.services.trusted_hosts)

    def sign_in_already(
        self,
        lifetime: timedelta = timedelta(hours=1),
        *,
        access: str = "s3cr3t-access",
        refresh: str | None = None,
        scopes: frozenset[str] | None = None,
    ) -> None:
        """There is a token in the tab; no `scopes` means that Zoom did not name them."""
        self.tokens.save(
            Token(
                Secret(access),
                None if refresh is None else Secret(refresh),
                self.clock.now() + lifetime,
                scopes,
            )
        )

    def add(self, **changes: str | None) -> OnePage:
        """One more element on the page."""
        return OnePage(self).open(**changes)


def _gone() -> FakeNotes:
    notes = FakeNotes()
    notes.is_gone = True
    return notes


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
