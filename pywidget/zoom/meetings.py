"""Create and read a meeting: `POST /users/me/meetings`, `GET /meetings/{id}`.

Facts: `start_time` is `YYYY-MM-DDTHH:MM:SS` with an IANA `timezone`, or ends in `Z`; never both.
A missing or past start silently becomes "now". Answers give it in UTC, and an instant meeting has
none. Passcode, waiting room and the rest are left to the host's own defaults. `start_url` lets
anybody be the host: it is not read here.
"""

from __future__ import annotations

from datetime import UTC, datetime

from pywidget.domain.join_link import parse_join_link
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.rest import build_get, build_post, invalid_answer, parse_answer

_SCHEDULED = 2
_SHORTEST_ID, _LONGEST_ID = 9, 11


def build_create_meeting(
    endpoints: Endpoints,
    access: Secret,
    *,
    topic: str,
    starts: datetime,
    time_zone: str,
    minutes: int,
) -> Request:
    """Schedules a meeting. `starts` is naive wall-clock time in `time_zone` (IANA)."""
    body = {
        "topic": topic,
        "type": _SCHEDULED,
        "start_time": starts.isoformat(timespec="seconds"),
        "timezone": time_zone,
        "duration": minutes,
    }
    return build_post(f"{endpoints.api_url}/users/me/meetings", access, body)


def parse_created_meeting(response: Response, endpoints: Endpoints) -> Meeting:
    """The meeting that was made. Raises like `parse_answer`."""
    return _parse_meeting(parse_answer(response, success=201), endpoints)


def build_read_meeting(endpoints: Endpoints, access: Secret, meeting_id: str) -> Request:
    """Looks a meeting up; `meeting_id` is digits only."""
    return build_get(f"{endpoints.api_url}/meetings/{meeting_id}", access)


def parse_read_meeting(response: Response, endpoints: Endpoints) -> Meeting:
    """The meeting as it is now. Raises like `parse_answer`."""
    return _parse_meeting(parse_answer(response, success=200), endpoints)


def _parse_meeting(body: dict[str, object], endpoints: Endpoints) -> Meeting:
    join_url = body.get("join_url")
    link = parse_join_link(join_url if isinstance(join_url, str) else "", endpoints.own_hosts)
    if link is None:
        raise invalid_answer("has no join link")
    minutes, passcode, topic = body.get("duration"), body.get("password"), body.get("topic")
    host_id = body.get("host_id")
    return Meeting(
        id=_parse_id(body.get("id")),
        topic=topic if isinstance(topic, str) else "",
        link=link,
        starts_at=_parse_instant(body.get("start_time")),
        minutes=minutes if type(minutes) is int else None,  # true is an int, and no duration
        passcode=Secret(passcode) if isinstance(passcode, str) and passcode else None,
        host_id=host_id if isinstance(host_id, str) else "",
    )


def _parse_id(value: object) -> str:
    digits = str(value) if isinstance(value, int | str) else ""
    if not (digits.isascii() and digits.isdecimal() and _SHORTEST_ID <= len(digits) <= _LONGEST_ID):
        raise invalid_answer("has no meeting ID")
    return digits


def _parse_instant(value: object) -> datetime | None:
    """The start; `None` for what names no instant. The meeting exists: it must not be lost."""
    try:
        instant = datetime.fromisoformat(value if isinstance(value, str) else "")
        return None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
