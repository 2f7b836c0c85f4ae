"""Registering the client for the meeting, so that Zoom emails them their link.

Facts: only a Licensed host's clients can be registered, and only Zoom's answer says whether a new
meeting accepts any. Zoom sends the email at once, so the meeting's time has to be right before. The
same person can be registered three times a day; who is registered already gets the same link again.
"""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.account import Account
from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    Consequence,
    RateLimitedError,
    Reason,
    SetbackError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.zoom.scopes import Scope


class Registration:
    """The registration of clients, for the whole page."""

    def __init__(
        self, client: ZoomClient, session: Session, account: Account, *, is_allowed: bool
    ) -> None:
        self._client = client
        self._session = session
        self._account = account
        self._is_allowed = is_allowed

    async def is_wanted(self, appointment: Appointment) -> bool:
        """Tell whether to register the client, as far as is known before the meeting exists."""
        if not (
            self._is_allowed and appointment.client_email and self._session.allows(Scope.REGISTER)
        ):
            return False
        user = await self._account.find_user()
        return user is not None and user.is_licensed

    async def register(
        self, appointment: Appointment, meeting: Meeting
    ) -> tuple[Meeting, WidgetError | None]:
        """Register the client.

        Returns:
            The meeting, with the client's own link if there is one yet; and the error, if any.
        """
        try:
            link = await self._client.register_client(
                meeting.id,
                name=appointment.client or appointment.client_email,
                email=appointment.client_email,
            )
        except WidgetError as error:
            return meeting, SetbackError(Consequence.CLIENT_NOT_REGISTERED, error)
        return meeting if link is None else replace(meeting, link=link), None

    async def invite(self, meeting_id: str, email: str) -> JoinLink | None:
        """Register another person; return their own link, if there is one yet.

        Raises:
            ZoomRefusedError: `rate_limited`, `same_person`: the same one was registered too often.
            WidgetError: Any other error of the call.
        """
        try:
            return await self._client.register_client(meeting_id, name=email, email=email)
        except RateLimitedError as error:
            if not error.is_daily:
                raise
            raise ZoomRefusedError(
                Code.RATE_LIMITED,
                Reason.SAME_PERSON,
                status=error.status,
                zoom_code=error.zoom_code,
            ) from error
