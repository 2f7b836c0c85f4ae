"""The host of a meeting, where that is to be somebody other than the user.

Facts: the desk books, and the therapist hosts. Zoom takes that from those who have the therapist's
privilege (`pywidget.zoom.scheduling`), and refuses it to all others, who can still create a meeting
of their own. Whose meeting it is, only Zoom's answer says. What Zoom lets the desk do with the
therapist's meeting later is unknown, so any call about it may be refused, and none may cost a note.
"""

from __future__ import annotations

from pywidget.connection.account import Account
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    Consequence,
    Reason,
    SetbackError,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.meeting import Meeting
from pywidget.meetings.hosted_meetings import HostedMeetings

# A refusal that may be about the person who was to host: the others hold for the user as well.
_MAY_BE_ABOUT_HOST = frozenset({Code.ZOOM_ERROR, Code.NOT_ALLOWED_TO_HOST})


def may_be_about_host(error: WidgetError) -> bool:
    """Tell whether Zoom may take the same request without another host; it has done nothing."""
    return (
        isinstance(error, ZoomRefusedError)
        and error.code in _MAY_BE_ABOUT_HOST
        and not error.is_server_error
    )


class Hosting:
    """The choice and the change of hosts, for the whole page."""

    def __init__(self, client: ZoomClient, account: Account, hosted: HostedMeetings) -> None:
        self._client = client
        self._account = account
        self._hosted = hosted

    async def find_host(self, appointment: Appointment) -> str:
        """Find the address to schedule the meeting for; empty if it is to be the user's own."""
        host = appointment.host_email
        if not host:
            return ""
        user = await self._account.find_user()
        if user is not None and (not user.is_licensed or _is_same(user.email, host)):
            return ""
        return host if host.casefold() in await self._account.find_hosts() else ""

    async def learn_privileges(self, appointment: Appointment, meeting: Meeting) -> None:
        """Find out whether the meeting could be handed over, if its host is not the right one."""
        if not _is_same(meeting.host_email, appointment.host_email):
            await self.find_host(appointment)

    async def hand_over(self, meeting_id: str, host_email: str) -> Meeting | None:
        """Give the meeting to another host; return it as Zoom has it, if Zoom shows it.

        Raises:
            SetbackError: Zoom refused, so nothing has changed; or it said yes and changed nothing.
            WidgetError: Any other error of the update; nobody knows whether Zoom has done it.
        """
        await self._hosted.give_away(meeting_id)  # first: the answer may get lost
        try:
            await self._client.hand_over(meeting_id, host_email)
        except ZoomRefusedError as error:
            if error.is_server_error or error.code is Code.INVALID_GRANT:
                raise
            raise SetbackError(Consequence.NOT_HANDED_OVER, error) from error
        try:
            meeting = await self._hosted.look_up(meeting_id)
        except WidgetError:
            return None  # Zoom has said yes, and may not show the new host's meeting
        if meeting.host_email and not _is_same(meeting.host_email, host_email):
            stayed = UnexpectedAnswerError(Code.ZOOM_ERROR, Reason.HOST_STAYED)
            raise SetbackError(Consequence.NOT_HANDED_OVER, stayed)
        return meeting


def _is_same(email: str, other: str) -> bool:
    return email.casefold() == other.casefold()
