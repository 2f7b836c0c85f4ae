"""The user's meetings around an instant, as Zoom lists them once a change has settled.

Facts: a meeting that was created or moved a moment ago may not be in Zoom's list yet.
"""

from __future__ import annotations

from datetime import datetime

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.ports import Clock
from pywidget.zoom.scopes import Scope

SETTLING = 1.0  # seconds until Zoom's list can be expected to contain a change


class DayList:
    """The list of a day's meetings, for work that nobody waits for."""

    def __init__(self, client: ZoomClient, session: Session, clock: Clock) -> None:
        self._client = client
        self._session = session
        self._clock = clock

    async def read(self, instant: datetime) -> tuple[Meeting, ...]:
        """Return the day's meetings; none if they may not be listed, or Zoom cannot be asked."""
        if not self._session.allows(Scope.LIST):
            return ()
        await self._clock.sleep(SETTLING)
        try:
            return tuple(await self._client.list_around(instant))
        except WidgetError:
            return ()
