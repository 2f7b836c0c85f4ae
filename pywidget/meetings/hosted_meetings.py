"""Meetings that exist: looking them up, starting them, deleting them.

Facts: Zoom may say to anyone but the host that an existing meeting does not exist. Deleting a
meeting that is deleted already changes nothing. Those who have scheduled a meeting for its host may
see it as long as they have the host's privilege: to them, "it does not exist" may mean that the
privilege has ended.
"""

from __future__ import annotations

from contextlib import suppress

from pywidget.connection.account import Account
from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import Code, WidgetError, ZoomRefusedError
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.meetings.hosted_store import HostedStore


class HostedMeetings:
    """The existing meetings that this page works with, and its knowledge of them."""

    def __init__(
        self, *, client: ZoomClient, session: Session, account: Account, hosted: HostedStore
    ) -> None:
        self._client = client
        self._session = session
        self._account = account
        self._hosted = hosted
        self._kept: set[str] = set()
        self._doubted: set[str] = set()
        self._spared: set[str] = set()
        # The meetings that Zoom has shown to this page, each with the sign-in it was in.
        self._seen: set[tuple[str, int]] = set()

    def keep(self, meeting_id: str) -> None:
        """Remember, until the page closes, that the note is to stay, whatever Zoom says."""
        self._kept.add(meeting_id)
        self._doubted.discard(meeting_id)

    def is_kept(self, meeting_id: str) -> bool:
        """Tell whether the user wants the note of this meeting to stay."""
        return meeting_id in self._kept

    def doubt(self, meeting_id: str) -> None:
        """Remember that Zoom shows no such meeting, until Zoom or the user says otherwise."""
        self._doubted.add(meeting_id)

    def is_doubted(self, meeting_id: str) -> bool:
        """Tell whether Zoom shows no such meeting, as far as this page knows."""
        return meeting_id in self._doubted

    def spare(self, meeting_id: str) -> None:
        """Remember, until the page closes, that the meeting outlives its cancelled appointment."""
        self._spared.add(meeting_id)

    def is_spared(self, meeting_id: str) -> bool:
        """Tell whether the user keeps this meeting although its appointment was cancelled."""
        return meeting_id in self._spared

    async def look_up(self, meeting_id: str) -> Meeting:
        """Return the meeting as Zoom has it; raises `WidgetError`."""
        meeting = await self._client.read_meeting(meeting_id)
        self._doubted.discard(meeting_id)
        user = await self._account.find_user()
        # Zoom shows a meeting to its host, and to the assistant who has scheduled it for the host.
        is_host = not meeting.assistant_id if user is None else user.id == meeting.host_id
        seen = (meeting_id, self._session.generation)
        (self._seen.add if is_host else self._seen.discard)(seen)
        if user is not None:
            with suppress(WidgetError):  # without the proof, the user is asked before cleaning
                (self._hosted.add if is_host else self._hosted.discard)(meeting_id, user.id)
        return meeting

    async def give_away(self, meeting_id: str) -> None:
        """Forget that the user hosts the meeting, which may have another host from now on."""
        self._seen.discard((meeting_id, self._session.generation))
        user = await self._account.find_user()
        if user is not None:
            with suppress(WidgetError):
                self._hosted.discard(meeting_id, user.id)

    async def is_known_host(self, meeting_id: str) -> bool:
        """Tell whether the user is known to host it, so that "it is gone" can be believed."""
        if (meeting_id, self._session.generation) in self._seen:
            return True
        user = await self._account.find_user()
        try:
            return user is not None and self._hosted.has(meeting_id, user.id)
        except WidgetError:
            return False

    async def delete(self, meeting_id: str, *, tell_registrants: bool) -> None:
        """Delete the meeting; one that is known to be ours and is already gone counts as deleted.

        Raises:
            ZoomRefusedError: `meeting_gone`: deleted, or a colleague's.
            WidgetError: Any other error of the call.
        """
        try:
            await self._client.delete_meeting(meeting_id, tell_registrants=tell_registrants)
        except ZoomRefusedError as error:
            if error.code is Code.MEETING_GONE and await self.is_known_host(meeting_id):
                return
            raise

    async def find_start_link(self, meeting_id: str) -> Secret:
        """Find a fresh link for the host, to be opened at once and stored nowhere."""
        return await self._client.read_start_link(meeting_id)
