"""The REST calls, under `/v2`.

Facts (Zoom's API reference, developers.zoom.us/docs/api/, whose names for the calls stand below in
italics):

| call | scope | success |
|---|---|---|
| `POST /users/me/meetings` | `meeting:write:meeting` | 201 |
| `GET /meetings/{id}` | `meeting:read:meeting` | 200 |
| `PATCH /meetings/{id}` | `meeting:update:meeting` | 204 |
| `DELETE /meetings/{id}` | `meeting:delete:meeting` | 204 |
| `GET /users/me/meetings?type=scheduled&from=&to=` | `meeting:read:list_meetings` | 200, paged |
| `POST /meetings/{id}/registrants` | `meeting:write:registrant` | 201 |
| `GET /users/me` | `user:read:user` | 200 |
| `GET /users/me/schedulers` | `user:read:list_schedulers` | 200 |
| `GET /users/me/settings` | `user:read:settings`, which no app here has | |

A bearer token counts in the `Authorization` header only. A call is checked in this order: the
token, its scope, the limit per second, the query or body, the limit per day, the meeting.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator import errors
from zoom_meeting_testing.simulator.errors import FieldError
from zoom_meeting_testing.simulator.grants import End
from zoom_meeting_testing.simulator.limits import Weight
from zoom_meeting_testing.simulator.meeting_body import (
    AUTOMATIC,
    MANUAL,
    NO_REGISTRATION,
    parse_meeting,
    parse_object,
)
from zoom_meeting_testing.simulator.meetings import Wanted, describe_in_list, describe_to_host
from zoom_meeting_testing.simulator.messages import Answer, json_answer
from zoom_meeting_testing.simulator.registrants import describe_registrant, parse_person
from zoom_meeting_testing.simulator.scheduling import describe_schedulers, find_host, may_manage
from zoom_meeting_testing.simulator.settings import BasicRegistration
from zoom_meeting_testing.simulator.users import (
    CREATE,
    DELETE,
    LIST,
    READ,
    REGISTRANT,
    SCHEDULERS,
    UPDATE,
    USER,
    Plan,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator.meeting_body import MeetingChanges
    from zoom_meeting_testing.simulator.meetings import Meeting
    from zoom_meeting_testing.simulator.messages import Call
    from zoom_meeting_testing.simulator.simulator import Simulator
    from zoom_meeting_testing.simulator.users import User

DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MEETING_ID: Final = re.compile(r"[0-9]{9,11}")
DEFAULT_PAGE: Final = 30
MAXIMUM_PAGE: Final = 300
LISTS: Final = frozenset({"scheduled", "upcoming"})

WEIGHTS: Final = {
    CREATE: Weight.LIGHT,
    READ: Weight.LIGHT,
    UPDATE: Weight.LIGHT,
    DELETE: Weight.LIGHT,
    LIST: Weight.MEDIUM,
    REGISTRANT: Weight.LIGHT,
    USER: Weight.LIGHT,
    SCHEDULERS: Weight.MEDIUM,
}


def create_meeting(simulator: Simulator, call: Call) -> Answer:
    """Answer *Create a meeting*. Raises `ZoomError`."""
    user = _admit(simulator, call, CREATE)
    body = parse_object(call.content_type, call.body)
    changes = parse_meeting(body, user.timezone, simulator.settings.time_zones)
    _require_self(user, call)
    now, settings = simulator.clock.now(), simulator.settings
    simulator.limits.count_change(user.email, settings, now)
    if not user.allowed_to_host or user.plan in (Plan.UNASSIGNED, Plan.NONE):
        raise errors.not_allowed_to_host()
    other = find_host(simulator.users, user, body, errors.bad_scheduler)
    host, assistant = (user, "") if other is None else (other, user.email)
    changes = _limit_to_plan(simulator, host, changes)
    meeting = simulator.meetings.create(host, changes, now, assistant=assistant)
    return json_answer(201, _describe(simulator, meeting))


def read_meeting(simulator: Simulator, call: Call) -> Answer:
    """Answer *Get a meeting*. Raises `ZoomError`."""
    user = _admit(simulator, call, READ)
    meeting = _find_own(simulator, user, call)
    return json_answer(200, _describe(simulator, meeting))


def update_meeting(simulator: Simulator, call: Call) -> Answer:
    """Answer *Update a meeting*. Raises `ZoomError`."""
    user = _admit(simulator, call, UPDATE)
    body = parse_object(call.content_type, call.body)
    meeting_id = _parse_id(call)
    known = simulator.meetings.find(meeting_id, simulator.clock.now())
    zone = known.timezone if known else user.timezone
    changes = parse_meeting(body, zone, simulator.settings.time_zones)
    now = simulator.clock.now()
    simulator.limits.count_change(user.email, simulator.settings, now)
    meeting = _find_own(simulator, user, call)
    host = find_host(simulator.users, user, body, errors.bad_new_host)
    if host is not None and not simulator.settings.hosts_change:
        raise errors.bad_new_host(host.id)
    if host is not None:
        meeting = simulator.meetings.give(meeting, host, user.email)
    changes = _limit_to_plan(simulator, simulator.users[meeting.host], changes)
    simulator.meetings.change(meeting, changes, now)
    return Answer(204)


def delete_meeting(simulator: Simulator, call: Call) -> Answer:
    """Answer *Delete a meeting*. Raises `ZoomError`."""
    user = _admit(simulator, call, DELETE)
    query = _parse_query(call)
    remind = query.get("cancel_meeting_reminder", "false")
    if remind not in ("true", "false"):
        raise errors.bad_fields([FieldError("cancel_meeting_reminder", "Invalid field.")])
    meeting = _find_own(simulator, user, call)
    simulator.meetings.delete(meeting)
    simulator.registrants.cancel(meeting, remind=remind == "true")
    return Answer(204)


def list_meetings(simulator: Simulator, call: Call) -> Answer:
    """Answer *List meetings*, page by page. Raises `ZoomError`."""
    user = _admit(simulator, call, LIST)
    query = _parse_query(call)
    _require_self(user, call)
    kind = query.get("type", "scheduled")
    if kind not in LISTS:
        raise errors.bad_fields([FieldError("type", "Invalid field.")])
    size = query.get("page_size", str(DEFAULT_PAGE))
    if not re.fullmatch("[0-9]{1,3}", size) or not 1 <= int(size) <= MAXIMUM_PAGE:
        raise errors.bad_fields([FieldError("page_size", f"From 1 to {MAXIMUM_PAGE}.")])
    wanted = Wanted(kind, _parse_day(query, "from"), _parse_day(query, "to"))
    page = simulator.meetings.list_page(
        user, wanted, int(size), query.get("next_page_token", ""), simulator.clock.now()
    )
    listed = [describe_in_list(meeting, user, simulator.settings) for meeting in page.meetings]
    return json_answer(
        200,
        {
            "page_size": int(size),
            "total_records": page.total,
            "next_page_token": page.next_token,
            "meetings": listed,
        },
    )


def add_registrant(simulator: Simulator, call: Call) -> Answer:
    """Answer *Add a meeting registrant*. Raises `ZoomError`."""
    user = _admit(simulator, call, REGISTRANT)
    person = parse_person(parse_object(call.content_type, call.body))
    meeting = _find_own(simulator, user, call)
    if simulator.users[meeting.host].plan is not Plan.LICENSED:
        raise errors.paid_users_only()
    if meeting.approval_type == NO_REGISTRATION:
        raise errors.no_registration(meeting.id)
    registrant = simulator.registrants.register(meeting, person)
    return json_answer(201, describe_registrant(registrant, meeting, simulator.settings))


def read_user(simulator: Simulator, call: Call) -> Answer:
    """Answer *Get a user*. Raises `ZoomError`."""
    user = _admit(simulator, call, USER)
    _require_self(user, call)
    return json_answer(200, user.to_zoom())


def list_schedulers(simulator: Simulator, call: Call) -> Answer:
    """Answer *List user schedulers*. Raises `ZoomError`."""
    user = _admit(simulator, call, SCHEDULERS)
    _require_self(user, call)
    return json_answer(200, describe_schedulers(simulator.users, user))


def read_user_settings(simulator: Simulator, call: Call) -> Answer:
    """Answer *Get user settings*, for which no app here has the scope. Raises `ZoomError`."""
    _admit(simulator, call, "user:read:settings")
    raise AssertionError("no token has this scope")


def _admit(simulator: Simulator, call: Call, scope: str) -> User:
    """Return the user who calls.

    Raises `ZoomError` if they may not, or call too often (RFC 6750, section 2.1, for the token).
    """
    now, settings = simulator.clock.now(), simulator.settings
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    token = simulator.grants.find_access_token(value) if scheme.lower() == "bearer" else None
    if token is None:
        raise errors.bad_token()
    if token.end is End.SUPERSEDED:
        raise errors.bad_token(settings.superseded_code)
    if token.end is not None:
        raise errors.bad_token()
    if now >= token.expires_at:
        raise errors.expired_token()
    if scope not in token.scopes:
        raise errors.missing_scope(settings, scope)
    simulator.limits.count_call(WEIGHTS[scope], settings, now)
    return simulator.users[token.email]


def _parse_query(call: Call) -> dict[str, str]:
    try:
        return dict(call.query_fields())
    except ValueError:
        raise errors.bad_request("Malformed query.") from None


def _parse_day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise errors.bad_fields([FieldError(name, "The format must be yyyy-mm-dd.")])


def _parse_id(call: Call) -> int:
    text = call.values["id"]
    if not MEETING_ID.fullmatch(text):
        raise errors.bad_fields([FieldError("meetingId", "Invalid meetingId.")])
    return int(text)


def _require_self(user: User, call: Call) -> None:
    """Let users see themselves only, by `me`, their ID or their email address."""
    named = call.values["user"]
    if named not in ("me", user.id, user.email):
        raise errors.missing_user(named)


def _find_own(simulator: Simulator, user: User, call: Call) -> Meeting:
    meeting_id = _parse_id(call)
    meeting = simulator.meetings.find(meeting_id, simulator.clock.now())
    if meeting is None:
        raise errors.missing_meeting(meeting_id)
    if not may_manage(simulator.users, user, meeting, simulator.settings):
        raise errors.foreign_meeting(simulator.settings, meeting_id)
    return meeting


def _describe(simulator: Simulator, meeting: Meeting) -> dict[str, object]:
    host, assistant = simulator.users[meeting.host], simulator.users.get(meeting.assistant)
    return describe_to_host(meeting, host, simulator.settings, assistant)


def _limit_to_plan(simulator: Simulator, user: User, changes: MeetingChanges) -> MeetingChanges:
    """Limit registration to Licensed hosts; what others get for asking is a setting."""
    if user.plan is Plan.LICENSED or changes.approval_type not in (AUTOMATIC, MANUAL):
        return changes
    if simulator.settings.basic_registration is BasicRegistration.REFUSED:
        raise errors.paid_users_only()
    return replace(changes, approval_type=NO_REGISTRATION)
