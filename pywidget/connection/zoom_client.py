"""Zoom's REST API with this tab's session: repeats safe calls, and renews a dead token once.

Facts: a repeated read does no harm; a repeated create does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from pywidget.connection.rate_limit import retry_after_limit
from pywidget.connection.session import Session
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    UnreachableError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.ports import Clock, Randomness, Transport
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.meetings import (
    ListPage,
    build_create_meeting,
    build_delete_meeting,
    build_list_days,
    build_move_meeting,
    build_read_meeting,
    parse_created_meeting,
    parse_deleted,
    parse_list,
    parse_moved,
    parse_read_meeting,
    parse_start_link,
)
from pywidget.zoom.registrants import build_add_registrant, parse_registrant
from pywidget.zoom.scheduling import (
    build_hand_over,
    build_list_schedulers,
    parse_handed_over,
    parse_schedulers,
)
from pywidget.zoom.users import User, build_read_user, parse_user

_MORE_TRIES = 2
_FIRST_PAUSE = 0.5  # seconds; doubled each time, and randomly up to twice as long
_DAY = timedelta(days=1)
_MOST_PAGES = 50  # of 300 meetings each, in case a list never ends

_Answer = TypeVar("_Answer")


class ZoomClient:
    """The calls that the widget makes. Each raises `WidgetError`."""

    def __init__(
        self,
        *,
        endpoints: Endpoints,
        transport: Transport,
        clock: Clock,
        randomness: Randomness,
        session: Session,
    ) -> None:
        self._endpoints = endpoints
        self._transport = transport
        self._clock = clock
        self._randomness = randomness
        self._session = session

    async def be_ready(self) -> None:
        """Get a token that can be sent, so that any later failure is that of the call itself."""
        await retry_after_limit(self._clock, self._session.get_access)

    async def create_meeting(
        self,
        appointment: Appointment,
        topic: str,
        *,
        starts: datetime | None = None,
        register: bool = False,
        host_email: str = "",
    ) -> Meeting:
        """Schedule a meeting. The request is sent once: see `Request.may_repeat`.

        `starts` is in one of the forms of `build_create_meeting`; the default is the appointment's
        start. `host_email` is the person it is scheduled for, if that is not the user.
        """

        def build(access: Secret) -> Request:
            return build_create_meeting(
                self._endpoints,
                access,
                topic=topic,
                starts=starts or appointment.starts,
                time_zone=appointment.time_zone,
                minutes=appointment.minutes,
                register=register,
                host_email=host_email,
            )

        return await self._call(
            build, lambda answer: parse_created_meeting(answer, self._endpoints)
        )

    async def read_meeting(self, meeting_id: str) -> Meeting:
        """Read the meeting as Zoom has it now."""
        return await self._call(
            lambda access: build_read_meeting(self._endpoints, access, meeting_id),
            lambda answer: parse_read_meeting(answer, self._endpoints),
        )

    async def read_start_link(self, meeting_id: str) -> Secret:
        """Read a fresh link for the host, to be opened at once."""
        return await self._call(
            lambda access: build_read_meeting(self._endpoints, access, meeting_id),
            lambda answer: parse_start_link(answer, self._endpoints),
        )

    async def list_around(self, instant: datetime) -> list[Meeting]:
        """List the user's meetings of that day and its neighbors, however many pages they take.

        The neighbors are included because Zoom does not say in which zone it counts days.
        """
        first, last = (instant - _DAY).date(), (instant + _DAY).date()
        meetings: list[Meeting] = []
        next_page = ""
        for _ in range(_MOST_PAGES):
            page = await self._list_page(first, last, next_page)
            meetings += page.meetings
            next_page = page.next_page
            if not next_page:
                break
        return meetings

    async def _list_page(self, first: date, last: date, next_page: str) -> ListPage:
        return await self._call(
            lambda access: build_list_days(self._endpoints, access, first, last, next_page),
            lambda answer: parse_list(answer, self._endpoints),
        )

    async def move_meeting(
        self, meeting_id: str, appointment: Appointment, *, starts: datetime | None = None
    ) -> None:
        """Move the meeting to another time; `starts` is as in `create_meeting`."""

        def build(access: Secret) -> Request:
            return build_move_meeting(
                self._endpoints,
                access,
                meeting_id,
                starts=starts or appointment.starts,
                time_zone=appointment.time_zone,
                minutes=appointment.minutes,
            )

        await self._call(build, parse_moved)

    async def delete_meeting(self, meeting_id: str, *, tell_registrants: bool) -> None:
        """Delete the meeting."""

        def build(access: Secret) -> Request:
            return build_delete_meeting(
                self._endpoints, access, meeting_id, tell_registrants=tell_registrants
            )

        await self._call(build, parse_deleted)

    async def register_client(self, meeting_id: str, *, name: str, email: str) -> JoinLink | None:
        """Register the client, whom Zoom then emails; return their own link, if there is one."""

        def build(access: Secret) -> Request:
            return build_add_registrant(self._endpoints, access, meeting_id, name=name, email=email)

        return await self._call(build, lambda answer: parse_registrant(answer, self._endpoints))

    async def read_user(self) -> User:
        """Read the user who is signed in."""
        return await self._call(lambda access: build_read_user(self._endpoints, access), parse_user)

    async def list_schedulers(self) -> frozenset[str]:
        """List the addresses of those for whom the user may schedule."""
        return await self._call(
            lambda access: build_list_schedulers(self._endpoints, access), parse_schedulers
        )

    async def hand_over(self, meeting_id: str, host_email: str) -> None:
        """Give the meeting to another host; its link stays the same."""
        await self._call(
            lambda access: build_hand_over(self._endpoints, access, meeting_id, host_email),
            parse_handed_over,
        )

    async def _call(
        self, build: Callable[[Secret], Request], parse: Callable[[Response], _Answer]
    ) -> _Answer:
        return await retry_after_limit(self._clock, lambda: self._call_once(build, parse))

    async def _call_once(
        self, build: Callable[[Secret], Request], parse: Callable[[Response], _Answer]
    ) -> _Answer:
        access = await self._session.get_access()
        try:
            return parse(await self._send(build(access)))
        except ZoomRefusedError as error:
            if error.code is not Code.INVALID_GRANT:
                raise
        # Refused because of its token, so nothing was done: any call may be repeated, once.
        access = await self._session.replace_access(access)
        try:
            return parse(await self._send(build(access)))
        except ZoomRefusedError as error:
            if error.code is Code.INVALID_GRANT:
                self._session.drop(access)
            raise

    async def _send(self, request: Request) -> Response:
        more = _MORE_TRIES if request.may_repeat else 0
        pause = _FIRST_PAUSE
        while True:
            try:
                response = await self._transport.send(request)
            except UnreachableError as error:
                if not more or isinstance(error, CertificateRefusedError):
                    raise
            else:
                if not (response.is_server_error and more):
                    return response
            chance = self._randomness.token_bytes(1)[0] / 255
            await self._clock.sleep(pause * (1 + chance))
            more, pause = more - 1, pause * 2
