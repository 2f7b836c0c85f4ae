"""Meetings over REST: create, read, list, move, delete.

Facts: `start_time` is `YYYY-MM-DDTHH:MM:SS` with a `timezone`, or ends in `Z`; never both. A
missing or past start silently becomes "now" on create, and is ignored on update. Responses give it
in UTC, and an instant meeting has none. The list of `upcoming` meetings ends after six months, so
days are looked up among the `scheduled` ones. Passcode, waiting room and the rest are left to the
host's own defaults. `start_url`, `https://{host}/s/{id}?zak=…`, lets anyone be the host: it is read
when it is used, and never kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from pywidget.domain.appointment import MAX_MINUTES
from pywidget.domain.errors import UnexpectedAnswerError
from pywidget.domain.join_link import is_trusted_host, parse_join_link
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.domain.url import parse_url
from pywidget.zoom.admission import parse_admission
from pywidget.zoom.dial_in import parse_dial_in
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.rest import (
    build_answer_error,
    build_delete,
    build_get,
    build_write,
    parse_answer,
    parse_done,
)
from pywidget.zoom.users import parse_email

_SCHEDULED = 2
_STARTED = "started"  # a status; the other one is `waiting`
_AUTOMATIC = 0  # approval_type: everyone who registers is admitted
_SHORTEST_ID, _LONGEST_ID = 9, 11
_START_PATH = re.compile(rf"/s/[0-9]{{{_SHORTEST_ID},{_LONGEST_ID}}}")
_LONGEST_PASSCODE = 64  # characters; Zoom's own limit is 10
_LONGEST_PAGE_TOKEN = 1000
_PAGE_SIZE = 300  # Zoom's largest


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; `next_page` is empty on the last one."""

    meetings: tuple[Meeting, ...]
    next_page: str


def build_create_meeting(
    endpoints: Endpoints,
    access: Secret,
    *,
    topic: str,
    starts: datetime,
    time_zone: str,
    minutes: int,
    register: bool = False,
    host_email: str = "",
) -> Request:
    """Build the request that schedules a meeting.

    Args:
        endpoints: Where Zoom is.
        access: The token.
        topic: At most 200 characters.
        starts: Naive wall-clock time in `time_zone`, or an aware instant, which is sent in UTC.
        time_zone: An IANA name; Zoom's own list is shorter.
        minutes: 1 to 1440.
        register: Whether clients are going to be registered, and emailed by Zoom; for Licensed
            hosts.
        host_email: The address of the person to schedule for; empty for the user's own meeting.
    """
    body: dict[str, object] = {
        "topic": topic,
        "type": _SCHEDULED,
        **_describe_time(starts, time_zone),
        "duration": minutes,
    }
    if register:
        body["settings"] = {
            "approval_type": _AUTOMATIC,
            # Zoom emails the registrant only if both are set.
            "registrants_email_notification": True,
            "registrants_confirmation_email": True,
        }
    if host_email:
        body["schedule_for"] = host_email
    return build_write("POST", f"{endpoints.api_url}/users/me/meetings", access, body)


def parse_created_meeting(response: Response, endpoints: Endpoints) -> Meeting:
    """Parse the meeting that was created. Raises like `parse_answer`."""
    return _parse_meeting(parse_answer(response, success=201), endpoints)


def build_read_meeting(endpoints: Endpoints, access: Secret, meeting_id: str) -> Request:
    """Build the request that looks up a meeting; `meeting_id` is digits only."""
    return build_get(f"{endpoints.api_url}/meetings/{meeting_id}", access)


def parse_read_meeting(response: Response, endpoints: Endpoints) -> Meeting:
    """Parse the meeting as it is now. Raises like `parse_answer`."""
    return _parse_meeting(parse_answer(response, success=200), endpoints)


def parse_start_link(response: Response, endpoints: Endpoints) -> Secret:
    """Parse the host's own link, which is to be opened at once. Raises like `parse_answer`."""
    start_url = parse_answer(response, success=200).get("start_url")
    if not isinstance(start_url, str) or not start_url:
        raise build_answer_error("no start link")
    url = parse_url(start_url)
    is_good = (
        url is not None
        and is_trusted_host(url.host, endpoints.trusted_hosts)
        and _START_PATH.fullmatch(url.path)
        and start_url.isascii()
    )
    if not is_good:
        raise build_answer_error("malformed start link")
    return Secret(start_url)


def build_list_days(
    endpoints: Endpoints, access: Secret, first: date, last: date, next_page: str = ""
) -> Request:
    """Build the request for one page of the user's meetings between two days, both included."""
    query = {
        "type": "scheduled",
        "from": first.isoformat(),
        "to": last.isoformat(),
        "page_size": str(_PAGE_SIZE),
    }
    if next_page:
        query["next_page_token"] = next_page
    return build_get(f"{endpoints.api_url}/users/me/meetings?{urlencode(query)}", access)


def parse_list(response: Response, endpoints: Endpoints) -> ListPage:
    """Parse one page, without meetings that make no sense. Raises like `parse_answer`."""
    body = parse_answer(response, success=200)
    listed = body.get("meetings")
    if not isinstance(listed, list):
        raise build_answer_error("no list of meetings")
    meetings = []
    for item in listed:
        try:
            meetings.append(_parse_meeting(item if isinstance(item, dict) else {}, endpoints))
        except UnexpectedAnswerError:
            continue
    next_page = body.get("next_page_token")
    if not isinstance(next_page, str):
        next_page = ""
    # It becomes part of a URL, which has no room for it otherwise; and the rest can't be found.
    fits = next_page.isascii() and len(next_page) <= _LONGEST_PAGE_TOKEN
    if not fits:
        raise build_answer_error("malformed page token")
    return ListPage(tuple(meetings), next_page)


def build_move_meeting(
    endpoints: Endpoints,
    access: Secret,
    meeting_id: str,
    *,
    starts: datetime,
    time_zone: str,
    minutes: int,
) -> Request:
    """Build the request that moves a meeting, whose link stays; times as in a create."""
    body = {**_describe_time(starts, time_zone), "duration": minutes}
    return build_write("PATCH", f"{endpoints.api_url}/meetings/{meeting_id}", access, body)


def parse_moved(response: Response) -> None:
    """Check that it was moved; Zoom ignores a past time silently. Raises `ZoomRefusedError`."""
    parse_done(response, success=204)


def build_delete_meeting(
    endpoints: Endpoints, access: Secret, meeting_id: str, *, tell_registrants: bool
) -> Request:
    """Build the request that deletes a meeting, with or without emails to its registrants."""
    query = urlencode({"cancel_meeting_reminder": "true" if tell_registrants else "false"})
    return build_delete(f"{endpoints.api_url}/meetings/{meeting_id}?{query}", access)


def parse_deleted(response: Response) -> None:
    """Check that it was deleted; raises `ZoomRefusedError`, `meeting_gone` if it already was."""
    parse_done(response, success=204)


def _describe_time(starts: datetime, time_zone: str) -> dict[str, str]:
    if starts.tzinfo is not None:
        return {"start_time": starts.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"start_time": starts.isoformat(timespec="seconds"), "timezone": time_zone}


def _parse_meeting(body: dict[str, object], endpoints: Endpoints) -> Meeting:
    join_url = body.get("join_url")
    link = parse_join_link(join_url if isinstance(join_url, str) else "", endpoints.trusted_hosts)
    if link is None:
        raise build_answer_error("no join link")
    return Meeting(
        id=_parse_id(body.get("id")),
        topic=_parse_text(body.get("topic")),
        link=link,
        starts_at=_parse_instant(body.get("start_time")),
        passcode=_parse_passcode(body.get("password")),
        host_id=_parse_text(body.get("host_id")),
        has_registration=_parse_approval(body.get("settings")) == _AUTOMATIC,
        time_zone=_parse_text(body.get("timezone")),
        created_at=_parse_instant(body.get("created_at")),
        minutes=_parse_minutes(body.get("duration")),
        admission=parse_admission(body.get("settings")),
        is_started=body.get("status") == _STARTED,
        dial_in=parse_dial_in(body),
        host_email=parse_email(body.get("host_email")),
        assistant_id=_parse_text(body.get("assistant_id")),
    )


def _parse_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _parse_approval(settings: object) -> object:
    return settings.get("approval_type") if isinstance(settings, dict) else None


def _parse_passcode(value: object) -> Secret | None:
    """Parse the passcode; `None` if nobody could type it, because the link lets people in, too."""
    is_good = isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_PASSCODE
    return Secret(value) if isinstance(value, str) and value and is_good else None


def _parse_id(value: object) -> str:
    digits = str(value) if isinstance(value, int | str) else ""
    if not (digits.isascii() and digits.isdecimal() and _SHORTEST_ID <= len(digits) <= _LONGEST_ID):
        raise build_answer_error("no meeting ID")
    return digits


def _parse_minutes(value: object) -> int | None:
    """Parse a duration; `None` if it is none: `True` is a number for Python, and no duration."""
    is_good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_MINUTES
    return value if isinstance(value, int) and is_good else None


def _parse_instant(value: object) -> datetime | None:
    """Parse an instant; `None` if it is none, because a meeting that exists must not be lost."""
    try:
        instant = datetime.fromisoformat(value if isinstance(value, str) else "")
        return None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
