"""The watch over meetings that may be in progress, while somebody looks at them.

Facts: Zoom's answer about a meeting says whether it has started, and nothing tells a page when that
changes. So it is asked now and then, around the appointment, for elements in sight alone. All
elements share one timer: a timer that is called off stays in a browser until it would have rung.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import RateLimitedError, WidgetError, ZoomRefusedError
from pywidget.domain.start_time import find_end
from pywidget.ports import Clock

EVERY: Final = 30.0  # seconds
EARLY: Final = 10  # minutes before the start
_MOST_DOUBLINGS: Final = 4  # of the pause, which is then eight minutes
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which a meeting is watched, in UTC."""

    meeting_id: str
    begins_at: datetime
    ends_at: datetime

    def has(self, instant: datetime) -> bool:
        """Tell whether it is time to watch."""
        return self.begins_at <= instant < self.ends_at


def make_window(meeting_id: str, starts_at: datetime, minutes: int) -> Window:
    """Make the window of a meeting: from ten minutes before its start to its end."""
    return Window(meeting_id, find_end(starts_at, -EARLY), find_end(starts_at, minutes))


@dataclass(eq=False, slots=True)
class _Watch:
    window: Window
    is_in_sight: Callable[[], bool]
    tell: Callable[[bool], None]
    failures: int = 0
    not_before: datetime = field(default=_NEVER)


class Progress:
    """The watch of the whole page."""

    def __init__(self, client: ZoomClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._watches: list[_Watch] = []
        self._not_before = _NEVER  # Zoom's limit is one for all
        self._beating: asyncio.Task[None] | None = None

    def watch(
        self, window: Window, *, is_in_sight: Callable[[], bool], tell: Callable[[bool], None]
    ) -> Callable[[], None]:
        """Ask in its window whether the meeting has started; return how to stop.

        `tell` gets the answers, and `False` once the window is over or Zoom has no such meeting for
        this user; nothing is asked while `is_in_sight` says no.
        """
        watch = _Watch(window, is_in_sight, tell)
        self._watches.append(watch)
        if self._beating is None:
            # In a context of its own: nobody waits for it, and what it waits for is not told.
            loop = asyncio.get_running_loop()
            self._beating = loop.create_task(self._beat(), context=Context())
        return lambda: self._stop(watch)

    async def _beat(self) -> None:
        while True:
            await self._clock.sleep(EVERY)
            for watch in tuple(self._watches):
                try:
                    await self._look(watch)
                except Exception:  # noqa: BLE001 - a defect of ours ends one watch, and not all
                    self._stop(watch)
            if not self._watches:
                self._beating = None
                return

    async def _look(self, watch: _Watch) -> None:
        now = self._clock.now()
        if now >= watch.window.ends_at:
            self._end(watch)
            return
        is_due = watch.window.has(now) and now >= max(watch.not_before, self._not_before)
        if watch not in self._watches or not is_due or not watch.is_in_sight():
            return
        try:
            meeting = await self._client.read_meeting(watch.window.meeting_id)
        except WidgetError as error:
            self._handle(error, watch)
        else:
            watch.failures = 0
            self._tell(watch, is_started=meeting.is_started)

    def _handle(self, error: WidgetError, watch: _Watch) -> None:
        """Ask later, and each time later than before; or not again, if Zoom has said no."""
        watch.failures = min(watch.failures + 1, _MOST_DOUBLINGS)
        pause = timedelta(seconds=EVERY * 2**watch.failures)
        watch.not_before = self._clock.now() + pause
        if isinstance(error, RateLimitedError):
            self._not_before = max(watch.not_before, error.reopens_at or _NEVER)
        elif isinstance(error, ZoomRefusedError) and not error.is_server_error:
            self._end(watch)

    def _end(self, watch: _Watch) -> None:
        self._tell(watch, is_started=False)
        self._stop(watch)

    def _tell(self, watch: _Watch, *, is_started: bool) -> None:
        if watch in self._watches:
            watch.tell(is_started)

    def _stop(self, watch: _Watch) -> None:
        if watch in self._watches:
            self._watches.remove(watch)
