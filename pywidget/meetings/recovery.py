"""Finding the meeting of a create whose answer never arrived.

Facts: the answer can get lost after Zoom did the work, or the page that waited for it is closed or
reloaded. The meeting is recognized by the contents of the request. Zoom may have read its time in
another zone, and a meeting that was to begin at once begins when Zoom has created it. One that was
scheduled for somebody else is in that person's list, which the user may not read: it is not
searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import (
    Code,
    Consequence,
    NotDoneError,
    OutcomeUnknownError,
    SetbackError,
    UnexpectedAnswerError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.meeting import Meeting
from pywidget.domain.start_time import agrees
from pywidget.domain.zone_time import to_wall_clock
from pywidget.meetings.intent_store import CreateIntent
from pywidget.ports import Clock, Zones
from pywidget.zoom.scopes import Scope

_OF_TUNNEL = frozenset({Code.TUNNEL_FAILED, Code.TUNNEL_REFUSED, Code.CERTIFICATE_REFUSED})
_NEVER = datetime.min.replace(tzinfo=UTC)


def may_have_worked(error: WidgetError) -> bool:
    """Tell whether Zoom may have created the meeting although no good answer came."""
    if isinstance(error, ZoomRefusedError):
        return error.is_server_error
    if isinstance(error, UnreachableError):
        return error.may_have_arrived
    return isinstance(error, UnexpectedAnswerError)


class Recovery:
    """The search for lost meetings, for the whole page.

    Args:
        client: Makes the calls to Zoom.
        session: Knows which calls are allowed.
        clock: The time.
        zones: The zones that this machine knows.
        has_other: Tells whether a meeting is known to belong to another appointment than the given
            one.
    """

    def __init__(
        self,
        *,
        client: ZoomClient,
        session: Session,
        clock: Clock,
        zones: Zones,
        has_other: Callable[[str, str], bool],
    ) -> None:
        self._client = client
        self._session = session
        self._clock = clock
        self._zones = zones
        self._has_other = has_other

    async def find(self, intent: CreateIntent, minutes: int) -> Meeting | None:
        """Find the meeting, if Zoom has created one; the newest if there are several.

        Raises:
            OutcomeUnknownError: It would be in somebody else's list.
            WidgetError: It cannot be looked up now.
        """
        if intent.host_email:
            raise OutcomeUnknownError(is_for_user=True, has_other_host=True)
        listed = await self._client.list_around(intent.starts_at)
        same = [meeting for meeting in listed if self._is_it(meeting, intent, minutes)]
        if not same:
            return None
        newest = max(reversed(same), key=lambda meeting: meeting.created_at or _NEVER)
        try:
            # The list has neither the passcode nor whether clients are registered.
            return replace(await self._client.read_meeting(newest.id), topic=intent.topic)
        except WidgetError:
            return newest

    async def look_for(
        self, intent: CreateIntent, minutes: int, because: WidgetError | None = None
    ) -> Meeting | None:
        """Find the meeting for a user who is waiting; `because` is the error of the create itself.

        Raises:
            OutcomeUnknownError: It cannot be looked up, now or ever.
            WidgetError: There is a more precise error.
        """
        if not self._session.allows(Scope.LIST):
            raise OutcomeUnknownError(is_for_user=True, has_other_host=bool(intent.host_email))
        try:
            return await self.find(intent, minutes)
        except ZoomRefusedError as error:
            if error.code is Code.INVALID_GRANT:
                raise
            if error.code is Code.SCOPE_MISSING:  # Zoom had not said so before
                raise OutcomeUnknownError(is_for_user=True) from because or error
            raise OutcomeUnknownError(is_for_user=False) from because or error
        except (UnreachableError, UnexpectedAnswerError, NotDoneError) as error:
            if because is not None and because.code is Code.CORS_BLOCKED:
                raise because from error  # nothing can be read: trying again is no way out
            if error.code in _OF_TUNNEL:  # nor is it here; the next click still looks first
                raise SetbackError(Consequence.MAY_EXIST, error) from error
            raise OutcomeUnknownError(is_for_user=False) from because or error

    def _is_it(self, meeting: Meeting, intent: CreateIntent, minutes: int) -> bool:
        if meeting.topic != intent.topic or self._has_other(meeting.id, intent.appointment):
            return False
        now = self._clock.now()
        if agrees(meeting.starts_at, intent.starts_at, minutes=minutes, now=now):
            return True
        zone = meeting.time_zone
        if meeting.starts_at is None or not self._zones.is_zone(zone):
            return False
        there = to_wall_clock(meeting.starts_at, partial(self._zones.offset, zone))
        return there == intent.wall_clock
