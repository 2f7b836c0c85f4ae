"""The second meeting that one create can make, found and deleted in the background.

Facts: a browser sends a POST again by itself when a connection that has carried an answer is cut
before the next one. Zoom then makes two meetings, and the page sees the answer about the second.
Nothing can prevent that; it can be noticed. A twin has the topic, the time and the host of the
meeting that is known, and was made while that one's request was under way, before it. Two
appointments may agree in all of that but the last, so whoever might have been told of a meeting
keeps it: one that any tab knows, or may be about to, is never deleted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.ports import Clock
from pywidget.zoom.scopes import Scope

SETTLING = 1.0  # seconds until Zoom's list can be expected to hold what was just made
_MOST_PAUSES = 30  # of that length: as long as a request may take
_WHOLE_SECOND = timedelta(seconds=1)  # Zoom tells no fractions


@dataclass(frozen=True, slots=True)
class Answered:
    """What Zoom said about a new meeting at first, and how long it may have taken to say so."""

    meeting: Meeting
    topic: str
    took: timedelta


class Twins:
    """One for the whole page.

    Args:
        client: Who asks Zoom.
        session: Who knows what may be asked.
        clock: The time.
        is_told: Whether anybody in this browser knows the meeting.
        may_be_others: Whether a create for another appointment, whose outcome is open, may have
            made such a meeting.
    """

    def __init__(
        self,
        *,
        client: ZoomClient,
        session: Session,
        clock: Clock,
        is_told: Callable[[Meeting], bool],
        may_be_others: Callable[[Answered], bool],
    ) -> None:
        self._client = client
        self._session = session
        self._clock = clock
        self._is_told = is_told
        self._may_be_others = may_be_others
        # The page's own: the element that has asked for the meeting may be gone before they end.
        self._searches: dict[str, asyncio.Task[tuple[Meeting, ...]]] = {}

    async def remove(self, answered: Answered) -> tuple[Meeting, ...]:
        """Deletes the meeting's twins; those that are left are for the user to delete.

        Whoever asks while the search is under way gets the same answer. Where meetings may not be
        listed, or Zoom cannot be asked, none is known of.
        """
        meeting_id = answered.meeting.id
        search = self._searches.get(meeting_id)
        if search is None:
            search = asyncio.ensure_future(self._search(answered))
            self._searches[meeting_id] = search
            search.add_done_callback(lambda _search: self._searches.pop(meeting_id))
        return await asyncio.shield(search)

    async def _search(self, answered: Answered) -> tuple[Meeting, ...]:
        starts_at = answered.meeting.starts_at
        if starts_at is None or not self._session.allows(Scope.LIST):
            return ()
        await self._clock.sleep(SETTLING)
        try:
            listed = await self._client.list_around(starts_at)
        except WidgetError:
            return ()
        twins = [twin for twin in listed if _may_be_twin(twin, answered)]
        if twins:
            await self._let_others_settle(answered)
        return tuple(
            [
                twin
                for twin in twins
                if not self._is_told(twin) and not await self._delete(twin, answered)
            ]
        )

    async def _let_others_settle(self, answered: Answered) -> None:
        """Another appointment's create is mostly over soon, and then it is known what it made."""
        for _ in range(_MOST_PAUSES):
            if not self._may_be_others(answered):
                return
            await self._clock.sleep(SETTLING)

    async def _delete(self, twin: Meeting, answered: Answered) -> bool:
        """Whether the twin is gone."""
        is_certain = twin.created_at is not None and answered.meeting.created_at is not None
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
    """Whether both may come from one request: the one that was answered is the later one."""
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
    """Whether it may be so; a meeting that begins at once begins when it was made."""
    if first is None or second is None:
        return True
    return timedelta() <= second - first <= within
