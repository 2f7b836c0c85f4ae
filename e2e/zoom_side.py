"""What Zoom has at the end of a test, according to the simulator and not the widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.meetings import join_url
from zoom_meeting_testing.simulator.registrants import describe_registrant

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator
    from zoom_meeting_testing.simulator.meetings import Meeting


class ZoomSide:
    """The simulator's answers to the questions of tests."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def list_meetings(self) -> list[Meeting]:
        """Return the meetings of all hosts, by start."""
        with self._simulator.lock:
            return self._simulator.meetings.all(self._simulator.clock.now())

    def get_meeting(self) -> Meeting:
        """Return the only meeting. Raises `ValueError` if there are none or several."""
        (meeting,) = self.list_meetings()
        return meeting

    def join_url(self, meeting: Meeting) -> str:
        """Return the link that lets a client in."""
        return join_url(meeting, self._simulator.settings)

    def client_url(self) -> str:
        """Return the link of the only registrant of the only meeting."""
        with self._simulator.lock:
            meeting, settings = self.get_meeting(), self._simulator.settings
            (registrant,) = self._simulator.registrants.all()
            described = describe_registrant(registrant, meeting, settings)
        return str(described["join_url"])

    def list_mails(self) -> list[tuple[str, str]]:
        """Return the emails that Zoom has sent: address and subject."""
        with self._simulator.lock:
            return [(mail.to, mail.subject) for mail in self._simulator.registrants.mails]

    def count_refreshes(self) -> int:
        """Count the attempts to refresh a token."""
        return sum(
            request["operation"] == Operation.TOKEN
            and "refresh_token" in str(request["body"])
            and request["method"] == "POST"
            for request in self._simulator.list_requests()
        )

    def count_calls(self, operation: Operation) -> int:
        """Count the requests for an operation, preflights aside."""
        return len(self._list_statuses(operation))

    def count_answers(self, operation: Operation) -> int:
        """Count those requests that were answered, or are about to be."""
        return sum(status is not None for status in self._list_statuses(operation))

    def _list_statuses(self, operation: Operation) -> list[object]:
        return [
            request["status"]
            for request in self._simulator.list_requests()
            if request["operation"] == operation and request["method"] != "OPTIONS"
        ]
