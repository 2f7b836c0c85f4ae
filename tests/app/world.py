"""One page with the widget on it: real use cases, and doubles for everything outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pywidget.app.attempt_store import AttemptStore
from pywidget.app.machine import Model
from pywidget.app.meeting_maker import MeetingMaker
from pywidget.app.settings import Settings
from pywidget.app.sign_in import SignIn
from pywidget.app.token_store import TokenStore
from pywidget.app.widget import Services, Widget
from pywidget.app.zoom_client import ZoomClient
from pywidget.domain.errors import BadAttributeError
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.token import Token
from tests.doubles.clipboard import FakeClipboard
from tests.doubles.clock import ManualClock
from tests.doubles.notes import FakeNotes
from tests.doubles.page import RecordingPage
from tests.doubles.randomness import CountedRandomness
from tests.doubles.storage import TabStorage
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
        self.page = RecordingPage()
        self.shown: list[Model] = []
        self.widget = Widget(
            world.get_services,
            page=self.page,
            find_notes=world.find_notes,
            show=self.shown.append,
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
    def notice(self) -> str | None:
        return None if self.model.notice is None else self.model.notice.code.value


@dataclass
class World:
    """What one tab has: shared by every widget on its page."""

    transport: ScriptedTransport
    clock: ManualClock = field(default_factory=ManualClock)
    storage: TabStorage = field(default_factory=TabStorage)
    windows: Popups = field(default_factory=Popups)
    zones: TzdataZones = field(default_factory=TzdataZones)
    clipboard: FakeClipboard = field(default_factory=FakeClipboard)
    fields: dict[str, FakeNotes] = field(default_factory=lambda: {"#notes": FakeNotes()})
    settings_error: BadAttributeError | None = None

    def __post_init__(self) -> None:
        self.tokens = TokenStore(self.storage)
        self.attempts = AttemptStore(self.storage)
        randomness = CountedRandomness()
        self.client = ZoomClient(
            endpoints=SETTINGS.endpoints,
            transport=self.transport,
            clock=self.clock,
            randomness=randomness,
            tokens=self.tokens,
        )
        self.sign_in = SignIn(
            settings=SETTINGS,
            windows=self.windows,
            transport=self.transport,
            clock=self.clock,
            randomness=randomness,
            tokens=self.tokens,
            attempts=self.attempts,
        )
        self.maker = MeetingMaker(
            settings=SETTINGS, client=self.client, clock=self.clock, zones=self.zones
        )
        self.services = Services(
            clock=self.clock,
            zones=self.zones,
            clipboard=self.clipboard,
            client=self.client,
            sign_in=self.sign_in,
            maker=self.maker,
        )

    def get_services(self) -> Services:
        if self.settings_error is not None:
            raise self.settings_error
        return self.services

    def find_notes(self, selector: str) -> FakeNotes:
        return self.fields.get(selector) or _gone()

    @property
    def notes(self) -> FakeNotes:
        return self.fields["#notes"]

    def sign_in_already(self, lifetime: timedelta = timedelta(hours=1)) -> None:
        """There is a token in the tab."""
        self.tokens.save(
            Token(Secret("s3cr3t-access"), None, self.clock.now() + lifetime, frozenset())
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
