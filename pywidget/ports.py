"""The outside world as the widget needs it: one Protocol for each thing a browser offers.

`pywidget.browser` has the real ones, the tests have doubles that lie the way browsers lie, and
one contract suite holds both to what is said here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pywidget.domain.note_line import Edit
from pywidget.domain.secret import Secret
from pywidget.zoom.http import Request, Response


class Transport(Protocol):
    """Carries one HTTP request."""

    async def send(self, request: Request) -> Response:
        """Any status is an answer; raises `UnreachableError` when there is none to read."""


class Clock(Protocol):
    """Time, as this machine has it."""

    def now(self) -> datetime:
        """The present instant, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Lets other things happen for a while."""


class Zones(Protocol):
    """The time zones that this machine knows."""

    @property
    def local(self) -> str:
        """The viewer's own zone, as an IANA name."""

    def is_zone(self, name: str) -> bool:
        """Whether the name is a zone's."""

    def offset(self, name: str, instant: datetime) -> timedelta:
        """What clocks in the zone are ahead of UTC at an instant given in UTC."""

    def write(self, instant: datetime, name: str) -> str | None:
        """The instant in the page's language, on the zone's clocks; `None` for English pages."""


class Randomness(Protocol):
    """Numbers nobody can guess."""

    def token_bytes(self, count: int) -> bytes:
        """`count` bytes from the system's cryptographic source."""


class Storage(Protocol):
    """Texts by key, the tab's own or the origin's.

    Every method raises `WidgetError` `storage_unavailable`.
    """

    def get(self, key: str) -> str | None:
        """The text, or `None`."""

    def set(self, key: str, text: str) -> None:
        """Keeps the text; may also fail because the quota is used up."""

    def delete(self, key: str) -> None:
        """Forgets the text; one that is not there is forgotten already."""

    def list_keys(self) -> list[str]:
        """Every key that is there, the host page's own among them."""


class SignInWindow(Protocol):
    """The window with Zoom's consent page."""

    @property
    def closed(self) -> bool:
        """What the browser says; other sites' headers can make it say so too early."""

    def focus(self) -> None:
        """Brings it to the front."""

    def close(self) -> None:
        """Closes the window, and stops listening for its answer."""


class SignInWindows(Protocol):
    """Opens the consent page, and hears from the redirect URI's page."""

    @property
    def is_secure(self) -> bool:
        """Whether this page is a secure context; OAuth must not run on another."""

    def open(self, url: str, state: str, on_answer: Callable[[str], None]) -> SignInWindow | None:
        """Opens `url` now: called inside the user's click, and nothing may be awaited before.

        `on_answer` gets the raw query that the redirect URI was called with, from any page that
        claims to answer this `state`: it is not validated. Returns `None` when it was blocked.
        """


class Locks(Protocol):
    """Locks that all tabs of this origin share.

    Whoever gets one has heard what the holder before it told the other tabs.
    """

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Waits for the lock, and holds it until the block ends.

        Raises `WidgetError` `storage_unavailable` or `insecure_context` where the browser gives
        this page no locks: then nothing may be done that two tabs must not do at once.
        """


class Tabs(Protocol):
    """The other tabs of this origin, in this browser."""

    def tell(self, text: str) -> None:
        """Every other tab hears it; this one does not."""

    def listen(self, on_message: Callable[[str], None]) -> None:
        """Hears what other tabs tell, from now on."""


class Notes(Protocol):
    """The appointment's notes: a text field of the host page."""

    @property
    def multiline(self) -> bool:
        """Whether the field can hold a line break."""

    def read(self) -> str:
        """The text; raises `WidgetError` `notes_not_found`."""

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends, in characters; at the end if there is none."""

    def select(self, start: int, end: int) -> None:
        """Puts the selection there, without taking the focus."""

    def check(self, edit: Edit) -> None:
        """Raises what `apply` would raise, as far as that can be known without trying."""

    async def apply(self, edit: Edit) -> None:
        """Makes the edit as if the user had typed it, events and undo included.

        Returns when the field's owner, an editor or a framework, has had its say and the result
        stands: the edit, and every other character as it was. The host hears of it only then.

        Raises:
            HostPageError: `notes_not_found`; `notes_write_failed`: the field does not take it,
                and what was there is back.
            NotesChangedError: The text is not the one any more that the edit was made for.
        """


class MeetingWindow(Protocol):
    """A window that is open and still empty."""

    def go(self, address: Secret) -> None:
        """Shows the address there. It may let in a host: nothing may keep it."""

    def close(self) -> None:
        """Closes it."""


class Navigation(Protocol):
    """Where this tab is, and where it goes."""

    @property
    def address(self) -> str:
        """The page's own address."""

    @property
    def is_framed(self) -> bool:
        """Whether it stands in another page, of whatever origin: it must not leave from there."""

    def go(self, address: str) -> None:
        """Leaves this page."""

    def open_window(self) -> MeetingWindow | None:
        """Opens an empty window, inside the click; `None` when it was blocked."""


class Clipboard(Protocol):
    """The system's clipboard."""

    def write(self, text: str) -> Awaitable[bool]:
        """Begins at once, inside the user's click; tells whether the text is there now."""


class HostElement(Protocol):
    """The element, as far as the host page hears it."""

    def emit(self, name: str, detail: Mapping[str, str]) -> None:
        """Fires `zoom-meeting:{name}` on the element."""

    def complain(self, message: str) -> None:
        """A line in the console, for whoever builds the page."""

    def remark(self, message: str) -> None:
        """A line in the console for support, without alarm."""


@dataclass(frozen=True, slots=True)
class Ports:
    """One of each for the whole page.

    Attributes:
        tab_storage: This tab's own; a duplicated tab begins with a copy.
        origin_storage: The same for every tab of the origin.
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
