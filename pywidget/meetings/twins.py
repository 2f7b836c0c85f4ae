"""The second meeting that one create can lead to, found and deleted in the background.

Facts: a browser automatically repeats a POST when a connection that has carried an answer before is
cut before the next one. Zoom then creates two meetings, and the page sees the answer about the
second. That cannot be prevented, but it can be noticed. A twin has the topic, the time and the host
of the known meeting, and was created before it, while its request was under way. Two appointments'
meetings may agree in all but the last of these, so a meeting that someone may have been told of is
kept: one that any tab knows, or may be about to know, is never deleted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime, timedelta

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.meetings.day_list import SETTLING, DayList
from pywidget.ports import Clock
from pywidget.zoom.scopes import Scope

_MOST_PAUSES = 30  # of the length of `SETTLING`: as long as a request may take
LONGEST_REQUEST = timedelta(minutes=1)  # at most, from sending it until Zoom has done the work
_WHOLE_SECOND = timedelta(seconds=1)  # Zoom gives no fractions


@dataclass(frozen=True, slots=True)
class Answered:
    """Zoom's first answer about a new meeting, and how long it may have taken."""

    meeting: Meeting
    topic: str
    took: timedelta


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a look at the day after a create has shown.

    Attributes:
        left: The twins that are left for the user to delete.
        others: The day's other meetings, which nobody has asked about.
    """

    left: tuple[Meeting, ...] = ()
    others: tuple[Meeting, ...] = ()


class Twins:
    """The search for second meetings, for the whole page.

    Args:
        client: Makes the calls to Zoom.
        day_list: Lists the meetings among which the twins are.
        session: Knows which calls are allowed.
        clock: The time.
        is_known_to_anyone: Tells whether anyone in this browser knows the meeting.
        may_belong_to_others: Tells whether a create for another appointment, whose outcome is open,
            may have led to such a meeting.
    """

    def __init__(
        self,
        *,
        client: ZoomClient,
        day_list: DayList,
        session: Session,
        clock: Clock,
        is_known_to_anyone: Callable[[Meeting], bool],
        may_belong_to_others: Callable[[Answered], bool],
    ) -> None:
        self._client = client
        self._day_list = day_list
        self._session = session
        self._clock = clock
        self._is_told = is_known_to_anyone
        self._may_be_others = may_belong_to_others
        # They belong to the page: the element that wanted the meeting may go before they end.
        self._searches: dict[str, asyncio.Task[Aftermath]] = {}

    async def remove(self, answered: Answered) -> Aftermath:
        """Delete the meeting's twins; return those that are left, and the day's other meetings.

        Calls during a search share its result. If meetings may not be listed, or Zoom cannot be
        asked, the result is empty.
        """
        meeting_id = answered.meeting.id
        search = self._searches.get(meeting_id)
        if search is None:
            # In a context of its own: nobody waits for it, and what it waits for is not told.
            loop = asyncio.get_running_loop()
            search = loop.create_task(self._search(answered), context=Context())
            self._searches[meeting_id] = search
            search.add_done_callback(lambda _search: self._searches.pop(meeting_id))
        return await asyncio.shield(search)

    async def _search(self, answered: Answered) -> Aftermath:
        starts_at = answered.meeting.starts_at
        if starts_at is None:
            return Aftermath()
        listed = await self._day_list.read(starts_at)
        twins = [twin for twin in listed if _may_be_twin(twin, answered)]
        if twins:
            await self._let_others_settle(answered)
        unneeded = [twin for twin in twins if not self._is_told(twin)]
        left = [twin for twin in unneeded if not await self._delete(twin, answered)]
        known = {answered.meeting.id, *(twin.id for twin in unneeded)}
        others = tuple(meeting for meeting in listed if meeting.id not in known)
        return Aftermath(tuple(left), others)

    async def _let_others_settle(self, answered: Answered) -> None:
        """Wait for other appointments' creates: most end soon, and their meetings are known."""
        for _ in range(_MOST_PAUSES):
            if not self._may_be_others(answered):
                return
            await self._clock.sleep(SETTLING)

    async def _delete(self, twin: Meeting, answered: Answered) -> bool:
        """Delete the twin; tell whether it is gone."""
        is_certain = twin.created_at is not None and answered.meeting.created_at is not None
        # Else the machine slept, or its clock was set: the twin may be a colleague's by now.
        is_certain = is_certain and answered.took <= LONGEST_REQUEST
        if (
            not is_certain
            or self._may_be_others(answered)
            or not self._session.allows(Scope.DELETE)
        ):
            return False
        try:
            await self._client.delete_meeting(twin.id, tell_registrants=False)
        except WidgetError as error:
            return error.code is Code.MEETING_GONE
        return True


def _may_be_twin(twin: Meeting, answered: Answered) -> bool:
    """Tell whether both may come from one request, whose answer was about the later one."""
    meeting = answered.meeting
    if twin.id == meeting.id or twin.topic != answered.topic:
        return False
    if twin.host_id and meeting.host_id and twin.host_id != meeting.host_id:
        return False
    within = answered.took + _WHOLE_SECOND
    return (
        twin.starts_at is not None
        and _is_just_before(twin.starts_at, meeting.starts_at, within)
        and _is_just_before(twin.created_at, meeting.created_at, within)
    )


def _is_just_before(first: datetime | None, second: datetime | None, within: timedelta) -> bool:
    """Tell whether this may be so; a meeting that begins at once begins when it is created."""
    if first is None or second is None:
        return True
    return timedelta() <= second - first <= within
