"""Zoom's REST API with this tab's token: repeats what may be repeated, drops a dead token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pywidget.app.ports import Clock, Randomness, Transport
from pywidget.app.token_store import TokenStore
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, UnreachableError, ZoomRefusedError
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.meetings import (
    build_create_meeting,
    build_read_meeting,
    parse_created_meeting,
    parse_read_meeting,
)
from pywidget.zoom.users import User, build_read_user, parse_user

_MORE_TRIES = 2
_FIRST_PAUSE = 0.5  # seconds; doubled each time, and up to twice as long by chance
_SERVER_ERRORS = 500

_Answer = TypeVar("_Answer")


class ZoomClient:
    """The calls the widget makes. Each raises `WidgetError`."""

    def __init__(
        self,
        *,
        endpoints: Endpoints,
        transport: Transport,
        clock: Clock,
        randomness: Randomness,
        tokens: TokenStore,
    ) -> None:
        self._endpoints = endpoints
        self._transport = transport
        self._clock = clock
        self._randomness = randomness
        self._tokens = tokens

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a token that can still be sent."""
        token = self._tokens.load()
        return token is not None and token.is_fresh(self._clock.now())

    async def create_meeting(self, appointment: Appointment, topic: str) -> Meeting:
        """Schedules a meeting at the appointment's time. Sent once: see `Request.may_repeat`."""

        def build(access: Secret) -> Request:
            return build_create_meeting(
                self._endpoints,
                access,
                topic=topic,
                starts=appointment.starts,
                time_zone=appointment.time_zone,
                minutes=appointment.minutes,
            )

        return await self._call(
            build, lambda answer: parse_created_meeting(answer, self._endpoints)
        )

    async def read_meeting(self, meeting_id: str) -> Meeting:
        """The meeting as Zoom has it now."""
        return await self._call(
            lambda access: build_read_meeting(self._endpoints, access, meeting_id),
            lambda answer: parse_read_meeting(answer, self._endpoints),
        )

    async def read_user(self) -> User:
        """Who is signed in."""
        return await self._call(lambda access: build_read_user(self._endpoints, access), parse_user)

    async def _call(
        self, build: Callable[[Secret], Request], parse: Callable[[Response], _Answer]
    ) -> _Answer:
        token = self._tokens.load()
        if token is None:
            message = "Zoom is not connected. Click to connect."
            raise ZoomRefusedError(Code.INVALID_GRANT, message, status=401)
        response = await self._send(build(token.access))
        try:
            return parse(response)
        except ZoomRefusedError as error:
            # Somebody may have signed in again in the meantime.
            if error.code is Code.INVALID_GRANT and self._tokens.load() == token:
                self._tokens.forget()
            raise

    async def _send(self, request: Request) -> Response:
        more = _MORE_TRIES if request.may_repeat else 0
        pause = _FIRST_PAUSE
        while True:
            try:
                response = await self._transport.send(request)
            except UnreachableError:
                if not more:
                    raise
            else:
                if response.status < _SERVER_ERRORS or not more:
                    return response
            chance = self._randomness.token_bytes(1)[0] / 255
            await self._clock.sleep(pause * (1 + chance))
            more, pause = more - 1, pause * 2
