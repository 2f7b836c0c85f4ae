"""The meetings that exist, and how Zoom shows them.

Facts (Zoom's API reference, developers.zoom.us/docs/api/meetings/):

- New IDs have 11 digits (10 would be a personal room) and can't be guessed.
- A missing or past start silently becomes "now" on create, and is ignored on update.
- Answers give `start_time` in UTC with `Z`; instant meetings have none.
- Meetings vanish 30 days after their date.
- Secrets: `start_url`, `password`, `encrypted_password`, `pwd` in links, `registration_url`.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.dial_in import choose_phone_passcode, describe_dial_in
from zoom_meeting_testing.simulator.errors import bad_request
from zoom_meeting_testing.simulator.meeting_body import INSTANT, NO_REGISTRATION, SCHEDULED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator.meeting_body import MeetingChanges
    from zoom_meeting_testing.simulator.settings import Settings
    from zoom_meeting_testing.simulator.users import User

UPCOMING_ENDS_AFTER: Final = timedelta(days=183)
"""Six months, in whole days."""
VANISHES_AFTER: Final = timedelta(days=30)
PAGE_TOKEN_LIFETIME: Final = timedelta(minutes=15)
DEFAULT_DURATION: Final = 60
PASSCODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"

HOST_DEFAULTS: Final[Mapping[str, bool | int | str]] = {
    "host_video": False,
    "participant_video": False,
    "join_before_host": False,
    "mute_upon_entry": False,
    "waiting_room": True,
    "email_notification": True,
    "registrants_email_notification": True,
    "registrants_confirmation_email": True,
    "meeting_authentication": False,
    "auto_start_meeting_summary": False,
    "auto_recording": "none",
    "jbh_time": 0,
}


@dataclass(frozen=True)
class Meeting:
    """A meeting as Zoom keeps it. `host` and `assistant`, who scheduled it, are email addresses."""

    id: int
    uuid: str
    host: str
    topic: str
    agenda: str
    type: int
    start: datetime
    duration: int
    timezone: str
    password: str = field(repr=False)
    encrypted_password: str = field(repr=False)
    phone_passcode: str = field(repr=False)
    approval_type: int
    switches: Mapping[str, bool | int | str]
    created_at: datetime
    is_started: bool = False
    assistant: str = ""

    @property
    def end(self) -> datetime:
        """The instant at which the meeting is over, in UTC."""
        return self.start + timedelta(minutes=self.duration)

    @property
    def status(self) -> str:
        """What its host sees: whether anybody has started it."""
        return "started" if self.is_started else "waiting"

    def to_json(self) -> dict[str, object]:
        """Return the meeting as the control API shows it: without its secrets."""
        return {
            "id": self.id,
            "host": self.host,
            "assistant": self.assistant,
            "topic": self.topic,
            "agenda": self.agenda,
            "type": self.type,
            "start_time": format_utc(self.start),
            "duration": self.duration,
            "timezone": self.timezone,
            "approval_type": self.approval_type,
            "status": self.status,
        }


def format_utc(moment: datetime) -> str:
    """Return an instant as Zoom writes it: `YYYY-MM-DDTHH:MM:SSZ`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def join_url(meeting: Meeting, settings: Settings) -> str:
    """Return the link that lets a client in; with the passcode if the settings embed it."""
    passcode = f"?pwd={meeting.encrypted_password}" if settings.embed_passcode else ""
    return f"https://{settings.join_host}/j/{meeting.id}{passcode}"


def describe_in_list(meeting: Meeting, host: User, settings: Settings) -> dict[str, object]:
    """Return the meeting as the list of meetings shows it."""
    shown: dict[str, object] = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": host.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "created_at": format_utc(meeting.created_at),
        "join_url": join_url(meeting, settings),
    }
    if meeting.agenda:
        shown["agenda"] = meeting.agenda
    if meeting.type != INSTANT:
        shown["start_time"] = format_utc(meeting.start)
    return shown


def describe_to_host(
    meeting: Meeting, host: User, settings: Settings, assistant: User | None = None
) -> dict[str, object]:
    """Return the meeting as creating and reading show it.

    Every answer has a start link of its own. `assistant` has scheduled it for the host.
    """
    shown = describe_in_list(meeting, host, settings) | {
        "host_email": host.email,
        "status": meeting.status,
        "agenda": meeting.agenda,
        "start_url": f"https://{settings.join_host}/s/{meeting.id}?zak={secrets.token_urlsafe(90)}",
        "password": meeting.password,
        "h323_password": meeting.password,
        "pstn_password": meeting.phone_passcode,
        "encrypted_password": meeting.encrypted_password,
        "settings": {
            **meeting.switches,
            "approval_type": meeting.approval_type,
            **describe_dial_in(),
        },
        "pre_schedule": False,
    }
    if assistant is not None:
        shown["assistant_id"] = assistant.id
    if meeting.approval_type != NO_REGISTRATION:
        key = base64.urlsafe_b64encode(meeting.uuid.encode()).decode().rstrip("=")
        shown["registration_url"] = f"https://{settings.join_host}/meeting/register/{key}"
    return shown


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for: the `scheduled` meetings of some days, or the `upcoming` ones.

    `upcoming` has meetings that are not over and start within six months. `first` and `last` are
    days of UTC, both included; they count for `scheduled` only.
    """

    kind: str
    first: date | None = None
    last: date | None = None

    def has(self, meeting: Meeting, now: datetime) -> bool:
        """Return whether this meeting belongs in the list."""
        if self.kind == "upcoming":
            return meeting.end > now and meeting.start <= now + UPCOMING_ENDS_AFTER
        day = meeting.start.date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Page:
    """One page of a list; `next_token` is empty on the last one."""

    meetings: tuple[Meeting, ...]
    total: int
    next_token: str


@dataclass(frozen=True)
class _Bookmark:
    """The place in a host's list where the next page begins."""

    host: str
    wanted: Wanted
    after: tuple[datetime, int]
    expires_at: datetime


class Meetings:
    """The meetings of all hosts."""

    def __init__(self) -> None:
        self._meetings: dict[int, Meeting] = {}
        self._bookmarks: dict[str, _Bookmark] = {}

    def create(
        self,
        host: User,
        changes: MeetingChanges,
        now: datetime,
        *,
        past_allowed: bool = False,
        assistant: str = "",
    ) -> Meeting:
        """Create a meeting; a missing or past start becomes "now"."""
        start = changes.start
        kind = changes.type or SCHEDULED
        if start is None or kind == INSTANT or (start < now and not past_allowed):
            start = now.replace(microsecond=0)
        meeting = Meeting(
            id=self._choose_id(),
            uuid=base64.b64encode(secrets.token_bytes(16)).decode(),
            host=host.email,
            topic=changes.topic or "Zoom Meeting",
            agenda=changes.agenda or "",
            type=kind,
            start=start,
            duration=changes.duration or DEFAULT_DURATION,
            timezone=changes.timezone or host.timezone,
            password=changes.password
            or "".join(secrets.choice(PASSCODE_LETTERS) for _ in "123456"),
            encrypted_password=secrets.token_urlsafe(24),
            phone_passcode=choose_phone_passcode(),
            approval_type=NO_REGISTRATION
            if changes.approval_type is None
            else changes.approval_type,
            switches={**HOST_DEFAULTS, **host.meeting_settings, **changes.switches},
            created_at=now,
            assistant=assistant,
        )
        self._meetings[meeting.id] = meeting
        return meeting

    def find(self, meeting_id: int, now: datetime) -> Meeting | None:
        """Return the meeting with this ID, or `None` if there is none or it has vanished."""
        meeting = self._meetings.get(meeting_id)
        if meeting is None or meeting.start + VANISHES_AFTER < now:
            return None
        return meeting

    def change(
        self,
        meeting: Meeting,
        changes: MeetingChanges,
        now: datetime,
        *,
        past_allowed: bool = False,
    ) -> Meeting:
        """Change the fields that the body mentions; a past start is ignored."""
        start = changes.start
        if start is None or (start < now and not past_allowed):
            start = meeting.start
        changed = replace(
            meeting,
            topic=meeting.topic if changes.topic is None else changes.topic,
            agenda=meeting.agenda if changes.agenda is None else changes.agenda,
            type=changes.type or meeting.type,
            start=start,
            duration=changes.duration or meeting.duration,
            timezone=changes.timezone or meeting.timezone,
            password=meeting.password if changes.password is None else changes.password,
            approval_type=meeting.approval_type
            if changes.approval_type is None
            else changes.approval_type,
            switches={**meeting.switches, **changes.switches},
        )
        self._meetings[meeting.id] = changed
        return changed

    def start(self, meeting: Meeting, *, is_started: bool) -> Meeting:
        """Start a meeting, or end it."""
        started = replace(meeting, is_started=is_started)
        self._meetings[meeting.id] = started
        return started

    def give(self, meeting: Meeting, host: User, assistant: str) -> Meeting:
        """Give the meeting to another host; whoever asks for that is its assistant."""
        given = replace(meeting, host=host.email, assistant=assistant)
        self._meetings[meeting.id] = given
        return given

    def delete(self, meeting: Meeting) -> None:
        """Delete a meeting."""
        del self._meetings[meeting.id]

    def all(self, now: datetime) -> list[Meeting]:
        """Return all meetings that have not vanished, by start."""
        alive = (each for each in self._meetings.values() if self.find(each.id, now))
        return sorted(alive, key=_by_start)

    def list_page(self, host: User, wanted: Wanted, size: int, token: str, now: datetime) -> Page:
        """Return one page of a host's meetings, by start.

        Raises Zoom's 400/300 for a page token that does not fit or has expired.
        """
        listed = [
            each for each in self.all(now) if each.host == host.email and wanted.has(each, now)
        ]
        rest = listed
        if token:
            bookmark = self._bookmarks.get(token)
            if bookmark is None or (bookmark.host, bookmark.wanted) != (host.email, wanted):
                raise bad_request("The next page token is invalid or expired.")
            if bookmark.expires_at <= now:
                raise bad_request("The next page token is invalid or expired.")
            rest = [each for each in listed if _by_start(each) > bookmark.after]
        page = tuple(rest[:size])
        next_token = ""
        if len(rest) > size:
            next_token = secrets.token_urlsafe(24)
            self._bookmarks[next_token] = _Bookmark(
                host.email, wanted, _by_start(page[-1]), now + PAGE_TOKEN_LIFETIME
            )
        return Page(page, len(listed), next_token)

    def _choose_id(self) -> int:
        while True:
            chosen = 80_000_000_000 + secrets.randbelow(10_000_000_000)
            if chosen not in self._meetings:
                return chosen


def _by_start(meeting: Meeting) -> tuple[datetime, int]:
    return (meeting.start, meeting.id)
