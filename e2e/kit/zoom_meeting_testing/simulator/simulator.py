"""The simulated Zoom as a whole: its state, and the orders that tests and people give it.

Everything that the control API can do is a method here, and the HTTP handlers only call it.
Every method may be called from any thread: one lock guards the whole state, and the server's
handlers hold it while they work.
"""

from __future__ import annotations

import json
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zoom_meeting_testing.simulator.clock import Clock
from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.errors import ZoomError
from zoom_meeting_testing.simulator.faults import Fault, Faults, parse_fault
from zoom_meeting_testing.simulator.grants import Expirable, Grants
from zoom_meeting_testing.simulator.limits import Limits
from zoom_meeting_testing.simulator.meeting_body import parse_meeting
from zoom_meeting_testing.simulator.meetings import Meetings
from zoom_meeting_testing.simulator.registrants import Registrants
from zoom_meeting_testing.simulator.request_log import RequestLog
from zoom_meeting_testing.simulator.settings import Settings
from zoom_meeting_testing.simulator.users import default_users, parse_user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator.consent import Consent
    from zoom_meeting_testing.simulator.grants import TokenPair
    from zoom_meeting_testing.simulator.meeting_body import MeetingChanges
    from zoom_meeting_testing.simulator.meetings import Meeting
    from zoom_meeting_testing.simulator.users import User


class Simulator:
    """A Zoom that does what a test tells it to."""

    def __init__(self, clock: Clock | None = None, settings: Settings | None = None) -> None:
        self.lock = RLock()
        self.clock = clock or Clock()
        self._first_settings = settings or Settings()
        self.reset()

    def reset(self) -> None:
        """Put everything back as it was at the start, the clock and the settings included."""
        with self.lock:
            self.clock.reset()
            self.settings = self._first_settings
            self.users = default_users()
            self.consents: dict[str, Consent] = {}
            self.grants = Grants()
            self.meetings = Meetings()
            self.registrants = Registrants()
            self.limits = Limits()
            self.faults = Faults()
            self.log = RequestLog()

    def to_json(self) -> dict[str, object]:
        """Return the whole state, without secrets."""
        with self.lock:
            return {
                "now": self.clock.now().isoformat(timespec="seconds"),
                "settings": self.settings.to_json(),
                "users": [user.to_json() for user in self.users.values()],
                "meetings": self.list_meetings(),
                "registrants": self.registrants.to_json(),
                "mails": [mail.to_json() for mail in self.registrants.mails],
                "faults": self.faults.to_json(),
            }

    # Time

    def advance(self, seconds: float) -> None:
        """Move the clock by some seconds, forward or back."""
        with self.lock:
            self.clock.advance(seconds)

    # Settings and people

    def change_settings(self, changes: Mapping[str, object]) -> Settings:
        """Change some settings. Raises `ControlError` naming every bad one, and changes none."""
        with self.lock:
            changed = self.settings.changed(changes)
            if "sign_in_as" in changes:
                self._require_user(changed.sign_in_as, "sign_in_as")
            self.settings = changed
            return changed

    def put_user(self, email: str, changes: Mapping[str, object]) -> User:
        """Add a user, or change one. Raises `ControlError`.

        Tokens that exist keep the scopes that they were given.
        """
        with self.lock:
            user = parse_user(email, self.users.get(email), changes)
            self.users[email] = user
            return user

    def sign_in_as(self, email: str) -> None:
        """Choose the user who is preselected on the consent page. Raises `ControlError`."""
        self.change_settings({"sign_in_as": email})

    def find_user(self, email: str) -> User:
        """Return a user. Raises `ControlError` if there is none."""
        with self.lock:
            return self._require_user(email, "email")

    def _require_user(self, email: str, name: str) -> User:
        user = self.users.get(email)
        if user is None:
            raise ControlError({name: f"there is no user {email}"})
        return user

    # Tokens

    def issue_tokens(self, email: str) -> TokenPair:
        """Sign a user in without the consent page. Raises `ControlError` for an unknown user."""
        with self.lock:
            user = self.find_user(email)
            return self.grants.issue_tokens(
                email,
                self.settings.public_client_id,
                user.scopes,
                self.settings,
                self.clock.now(),
            )

    def uninstall(self, email: str) -> None:
        """Remove the app from a user's account: all tokens end, the meetings stay."""
        with self.lock:
            self.find_user(email)
            self.grants.forget_user(email)

    def expire(self, what: Expirable) -> None:
        """Let all codes, access tokens or refresh tokens expire now."""
        with self.lock:
            self.grants.expire(what, self.clock.now())

    # Meetings, as their hosts handle them in Zoom

    def list_meetings(self) -> list[dict[str, object]]:
        """Return the meetings of all hosts, without their secrets."""
        with self.lock:
            return [meeting.to_json() for meeting in self.meetings.all(self.clock.now())]

    def add_meeting(self, body: Mapping[str, object]) -> Meeting:
        """Create a meeting as if its host did so in Zoom. Raises `ControlError`.

        The body is that of the REST call, plus `host`. A past `start_time` is taken as it is.
        """
        with self.lock:
            host = str(body.get("host", self.settings.sign_in_as))
            user = self._require_user(host, "host")
            changes = _parse_order(body, user.timezone)
            return self.meetings.create(user, changes, self.clock.now(), past_allowed=True)

    def change_meeting(self, meeting_id: int, body: Mapping[str, object]) -> Meeting:
        """Change a meeting as if its host did so in Zoom. Raises `ControlError`.

        The body is that of the REST call, plus `status`: `started` or `waiting`. A past
        `start_time` is taken as it is.
        """
        with self.lock:
            meeting = self._require_meeting(meeting_id)
            status = body.get("status", meeting.status)
            if status not in ("started", "waiting"):
                raise ControlError({"status": "must be started or waiting"})
            changes = _parse_order(body, meeting.timezone)
            meeting = self.meetings.start(meeting, is_started=status == "started")
            return self.meetings.change(meeting, changes, self.clock.now(), past_allowed=True)

    def delete_meeting(self, meeting_id: int) -> None:
        """Delete a meeting as if its host did so in Zoom. Raises `ControlError`."""
        with self.lock:
            meeting = self._require_meeting(meeting_id)
            self.meetings.delete(meeting)
            self.registrants.cancel(meeting, remind=False)

    def _require_meeting(self, meeting_id: int) -> Meeting:
        meeting = self.meetings.find(meeting_id, self.clock.now())
        if meeting is None:
            raise ControlError({"id": f"there is no meeting {meeting_id}"}, status=404)
        return meeting

    # Faults and the log

    def add_fault(self, order: Fault | Mapping[str, object]) -> None:
        """Let a coming call fail, once or as often as the fault says. Raises `ControlError`."""
        with self.lock:
            self.faults.add(order if isinstance(order, Fault) else parse_fault(order))

    def list_faults(self) -> list[dict[str, object]]:
        """Return the faults that have not happened yet."""
        with self.lock:
            return self.faults.to_json()

    def clear_faults(self) -> None:
        """Forget the faults that have not happened yet."""
        with self.lock:
            self.faults.clear()

    def list_requests(self) -> list[dict[str, object]]:
        """Return the request log, oldest first, without secrets."""
        with self.lock:
            return self.log.to_json()

    def clear_requests(self) -> None:
        """Empty the request log."""
        with self.lock:
            self.log.clear()

    def is_registered(self, redirect_uri: str) -> bool:
        """Return whether the app has registered this redirect URI.

        It has to match exactly, but for the port of a development address (RFC 8252, section 7.3).
        """
        settings = self.settings
        if redirect_uri in settings.redirect_uris:
            return True
        return settings.development_redirects and _is_development_uri(
            redirect_uri, settings.development_path
        )


def _is_development_uri(uri: str, path: str) -> bool:
    try:
        port = urlsplit(uri).port
    except ValueError:
        return False
    authority = "127.0.0.1" if port is None else f"127.0.0.1:{port}"
    return uri == f"http://{authority}{path}"


def _parse_order(body: Mapping[str, object], default_zone: str) -> MeetingChanges:
    """Read a meeting from the control API, where a mistake is a `ControlError`."""
    try:
        return parse_meeting(body, default_zone)
    except ZoomError as error:
        listed = json.loads(error.answer.body).get("errors", [])
        problems = {each["field"]: each["message"] for each in listed}
        raise ControlError(problems) from error
