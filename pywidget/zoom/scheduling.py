"""Scheduling for somebody else: who allows it, and giving a meeting to another host.

Facts: whoever wants others to schedule for them grants them the privilege in Zoom; both have to be
Licensed and in one account. `GET /users/me/schedulers` lists those who have granted it to the user:
Zoom's text says once "who can schedule for the current user", but its example, and those who use
the call, have it this way round. It never lists the user: `schedule_for` with one's own address is
refused. So is one without the privilege: 400/300 on create, 400/3000 on update. An update with
`schedule_for` leaves ID, passcode and link as they are; that was seen with a server's token only.
"""

from __future__ import annotations

from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.rest import build_answer_error, build_get, build_write, parse_answer, parse_done
from pywidget.zoom.users import parse_email


def build_list_schedulers(endpoints: Endpoints, access: Secret) -> Request:
    """Build the request that asks for whom the user may schedule."""
    return build_get(f"{endpoints.api_url}/users/me/schedulers", access)


def parse_schedulers(response: Response) -> frozenset[str]:
    """Parse the addresses of those for whom the user may schedule. Raises like `parse_answer`."""
    listed = parse_answer(response, success=200).get("schedulers")
    if not isinstance(listed, list):
        raise build_answer_error("no list of schedulers")
    people = (person.get("email") for person in listed if isinstance(person, dict))
    return frozenset(filter(None, map(parse_email, people)))


def build_hand_over(
    endpoints: Endpoints, access: Secret, meeting_id: str, host_email: str
) -> Request:
    """Build the request that gives the meeting to another host; its link stays."""
    url = f"{endpoints.api_url}/meetings/{meeting_id}"
    return build_write("PATCH", url, access, {"schedule_for": host_email})


def parse_handed_over(response: Response) -> None:
    """Check that Zoom said yes; raises `ZoomRefusedError`."""
    parse_done(response, success=204)
