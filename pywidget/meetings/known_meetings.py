"""The meetings that appointments have, whichever tab created them.

Facts: another widget or another tab may show notes without the meeting, because the host page has
not saved them yet. This page tells what it knows to tabs that open later.
"""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.connection.tab_messages import TabMessages
from pywidget.domain.join_link import JoinLink, parse_join_link


class KnownMeetings:
    """The meetings known to this page.

    `trusted_hosts` are hosts of join links besides Zoom's own.
    """

    def __init__(self, messages: TabMessages, trusted_hosts: frozenset[str]) -> None:
        self._messages = messages
        self._trusted_hosts = trusted_hosts
        self._links: dict[str, JoinLink] = {}
        messages.on("made", self._hear)

    def find(self, appointment: str) -> JoinLink | None:
        """Find the link of the appointment's meeting."""
        return self._links.get(appointment)

    def find_owner(self, meeting_id: str) -> str | None:
        """Find the appointment whose meeting this is."""
        owners = (owner for owner, link in self._links.items() if link.meeting_id == meeting_id)
        return next(owners, None)

    def add(self, appointment: str, link: JoinLink) -> None:
        """Record a new meeting, and tell every other tab of it."""
        self._links[appointment] = link
        self._tell(appointment, link)

    def drop(self, appointment: str, room: str) -> None:
        """Forget that the appointment has this meeting; an empty `room` means any meeting."""
        link = self._links.get(appointment)
        if link is not None and room in {"", link.room}:
            del self._links[appointment]

    def tell_all(self) -> None:
        """Tell the other tabs of every meeting."""
        for appointment, link in self._links.items():
            self._tell(appointment, link)

    def _tell(self, appointment: str, link: JoinLink) -> None:
        self._messages.tell("made", appointment=appointment, link=link.url)

    def _hear(self, fields: Mapping[str, str]) -> None:
        """Record a meeting from another tab; its appointment may be open here, too."""
        link = parse_join_link(fields.get("link", ""), self._trusted_hosts)
        appointment = fields.get("appointment")
        if link is not None and link.meeting_id is not None and appointment:
            self._links[appointment] = link
