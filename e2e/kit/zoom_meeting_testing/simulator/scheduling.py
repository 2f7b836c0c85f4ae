"""Meetings that one user schedules for another.

Facts (Zoom's API reference, *Create a meeting*, *Update a meeting* and *List user schedulers*, and
what others report of live use):

- The host grants the privilege in Zoom's settings. Both have to be Licensed and in one account;
  here there is one.
- `schedule_for` is an email address or a user ID. One's own is refused, as is anybody's who has not
  granted the privilege: 400/300 on create, 400/3000 on update.
- The answers name the host (`host_id`, `host_email`) and whoever scheduled it (`assistant_id`).
- The meeting is in the host's list alone. Whether its assistant may read, change and delete it, and
  whether an update with a user's token may change the host, is not known: both are settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator import errors
from zoom_meeting_testing.simulator.users import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zoom_meeting_testing.simulator.errors import ZoomError
    from zoom_meeting_testing.simulator.meetings import Meeting
    from zoom_meeting_testing.simulator.settings import Settings
    from zoom_meeting_testing.simulator.users import User


def find_host(
    users: Mapping[str, User],
    user: User,
    body: Mapping[str, object],
    refuse: Callable[[str], ZoomError],
) -> User | None:
    """Return the user that the body names as host; `None` if it names nobody.

    Raises what `refuse` makes of the name of somebody for whom this user may not schedule.
    """
    if "schedule_for" not in body:
        return None
    named = body["schedule_for"]
    if not isinstance(named, str):
        raise errors.bad_fields([errors.FieldError("schedule_for", "Invalid field.")])
    names = (named, named.casefold())
    host = next((each for each in users.values() if {each.id, each.email} & {*names}), None)
    if host is None or not may_schedule(user, host):
        raise refuse(named)
    return host


def may_schedule(user: User, host: User) -> bool:
    """Return whether this user may schedule meetings for that host."""
    are_licensed = user.plan is Plan.LICENSED and host.plan is Plan.LICENSED
    return user.email in host.assistants and are_licensed and host.allowed_to_host


def may_manage(users: Mapping[str, User], user: User, meeting: Meeting, settings: Settings) -> bool:
    """Return whether this user may read, change and delete the meeting."""
    if meeting.host == user.email:
        return True
    host = users.get(meeting.host)
    return settings.assistants_manage and host is not None and may_schedule(user, host)


def describe_schedulers(users: Mapping[str, User], user: User) -> dict[str, object]:
    """Return those for whom this user may schedule, as *List user schedulers* shows them."""
    hosts = [host for host in users.values() if user.email in host.assistants]
    return {"schedulers": [{"id": host.id, "email": host.email} for host in hosts]}
