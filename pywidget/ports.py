"""The outside world as the widget needs it: one Protocol for each thing a browser offers.

`pywidget.browser` has the real ones, and the tests have doubles that misbehave the way browsers do.
One suite of contract tests holds both to the descriptions here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pywidget.domain.moment import TimeStyle
from pywidget.domain.note_line import Edit
from pywidget.domain.secret import Secret
from pywidget.zoom.http import Request, Response


class Transport(Protocol):
    """The carrier of HTTP requests."""

    async def send(self, request: Request) -> Response:
        """Return the answer, whatever its status; raise `UnreachableError` if none can be read."""


class Clock(Protocol):
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for so many seconds."""


class Zones(Protocol):
    """The time zones that this machine knows."""

    @property
    def local(self) -> str:
        """The viewer's own zone, as an IANA name."""

    def is_zone(self, name: str) -> bool:
        """Tell whether the name is a zone's."""

    def offset(self, name: str, instant: datetime) -> timedelta:
        """Return how far the zone's clocks are ahead of UTC at an instant given in UTC."""

    def write(self, instant: datetime, name: str, language: str, style: TimeStyle) -> str | None:
        """Write the instant in a language and the zone's time.

        `language` is a tag (BCP 47); returns `None` if it is none.
        """

    def describe(
        self, name: str, instant: datetime, language: str, *, is_short: bool
    ) -> str | None:
        """Name the zone in a language, as people do at that time of the year.

        `None` as above.
        """


class Randomness(Protocol):
    """A source of numbers that nobody can guess."""

    def token_bytes(self, count: int) -> bytes:
        """Return `count` bytes from the system's cryptographic source."""


class Storage(Protocol):
    """Texts by key, belonging to the tab or to the origin.

    Every method raises `WidgetError` `storage_unavailable`.
    """

    def get(self, key: str) -> str | None:
        """Return the text, or `None` if there is none."""

    def set(self, key: str, text: str) -> None:
        """Store the text; this may also fail because the quota is used up."""

    def delete(self, key: str) -> None:
        """Delete the text, if there is one."""

    def list_keys(self) -> list[str]:
        """List every key, including the host page's own."""


class SignInWindow(Protocol):
    """The window with Zoom's consent page."""

    @property
    def closed(self) -> bool:
        """Whether the browser says it is closed; other sites' headers can cause that too early."""

    def focus(self) -> None:
        """Bring the window to the front."""

    def close(self) -> None:
        """Close the window and stop listening for its answer."""


class SignInWindows(Protocol):
    """The windows with the consent page, and the answers from the redirect URI's page."""

    @property
    def is_secure(self) -> bool:
        """Whether this page is a secure context; OAuth must not run outside one."""

    def open(self, url: str, state: str, on_answer: Callable[[str], None]) -> SignInWindow | None:
        """Open `url` at once; call this during the user's click, with nothing awaited before.

        `on_answer` gets the raw query that the redirect URI was called with, from any page that
        claims to answer this `state`: it is not validated. Returns `None` if the window was
        blocked.
        """


class Locks(Protocol):
    """Locks that all tabs of this origin share.

    A tab that gets a lock has already received what the holder before it told the other tabs.
    """

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for the lock, and hold it until the block ends.

        Raises `WidgetError` `storage_unavailable` or `insecure_context` if the browser gives this
        page no locks: then the page must not do anything that two tabs must not do at once.
        """


class Tabs(Protocol):
    """The other tabs of this origin, in this browser."""

    def tell(self, text: str) -> None:
        """Send the text to every other tab; this one does not receive it."""

    def listen(self, on_message: Callable[[str], None]) -> None:
        """Call `on_message` with every text that other tabs send from now on."""


class Notes(Protocol):
    """The appointment's notes: a text field of the host page."""

    @property
    def multiline(self) -> bool:
        """Whether the field can hold a line break."""

    def read(self) -> str:
        """Return the text; raise `WidgetError` `notes_not_found` if there is no field."""

    @property
    def selection(self) -> tuple[int, int]:
        """The start and end of the selection, in characters; the text's end if there is none."""

    def select(self, start: int, end: int) -> None:
        """Set the selection without taking the focus."""

    def check(self, edit: Edit) -> None:
        """Raise what `apply` would raise, as far as that can be known without trying."""

    async def apply(self, edit: Edit) -> None:
        """Make the edit as if the user had typed it, including events and undo.

        Returns when the field's owner, an editor or a framework, has reacted and the result stands:
        the edit is in, and every other character is as it was. Only then does the host hear of it.

        Raises:
            HostPageError: `notes_not_found`; `notes_write_failed`: the field does not accept the
                edit, and its earlier text is back.
            NotesChangedError: The text is no longer the one that the edit was planned for.
        """


class MeetingWindow(Protocol):
    """An open window that is still empty."""

    def go(self, address: Secret) -> None:
        """Show the address in the window. It may let in a host, so nothing may keep it."""

    def close(self) -> None:
        """Close the window."""


class Navigation(Protocol):
    """The address of this tab, and the ways to another one."""

    @property
    def address(self) -> str:
        """The page's own address."""

    @property
    def is_framed(self) -> bool:
        """Whether the page is inside another page, of any origin: then it must not leave."""

    @property
    def sends_texts(self) -> bool:
        """Whether a link to a text message leads somewhere here, as far as browsers tell."""

    def go(self, address: str) -> None:
        """Leave this page for the address."""

    def open_link(self, address: str) -> None:
        """Follow a link of the user's own, such as `mailto:`, as a click on it would."""

    def open_window(self) -> MeetingWindow | None:
        """Open an empty window during the click; return `None` if it was blocked."""


class Clipboard(Protocol):
    """The system's clipboard."""

    def write(self, text: str) -> Awaitable[bool]:
        """Begin writing at once, during the user's click; tell whether it has worked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The host page's answer to the question whether it sends something itself.

    Attributes:
        is_taken: Whether it does.
        outcome: What comes of it, if the page says so: `None` once it is sent, else the page's own
            words about what went wrong, perhaps none.
    """

    is_taken: bool
    outcome: Awaitable[str | None] | None = None


class HostElement(Protocol):
    """The element as the host page perceives it."""

    def ask_to_send(self, detail: Mapping[str, str]) -> Reply:
        """Fire `zoom-meeting:send`, which the page may cancel to send the message itself."""

    def emit(self, name: str, detail: Mapping[str, str]) -> None:
        """Fire `zoom-meeting:{name}` on the element."""

    @property
    def is_in_sight(self) -> bool:
        """Whether somebody can see it now: in a tab that is shown, and not scrolled away."""

    def read_address(self) -> str:
        """Return the email address typed into the panel; if it is none, say so and return ""."""

    def say(self, text: str, *, is_urgent: bool) -> None:
        """Have a screen reader say this; what is urgent interrupts. No text takes it away."""

    def has_choices(self) -> bool:
        """Tell whether the host page offers other kinds of meetings in the element's slot now."""

    def complain(self, message: str) -> None:
        """Write a line to the console, for the developers of the page."""

    def remark(self, message: str) -> None:
        """Write a line to the console for support, without alarm."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The outside world of the whole page: one of each port.

    Attributes:
        tab_storage: This tab's own; a duplicated tab begins with a copy.
        origin_storage: Shared by all tabs of the origin.
    """

    transport: Transport
    clock: Clock
    zones: Zones
    randomness: Randomness
    tab_storage: Storage
    origin_storage: Storage
    locks: Locks
    tabs: Tabs
    windows: SignInWindows
    navigation: Navigation
    clipboard: Clipboard
