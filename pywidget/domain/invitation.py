"""What the client is sent: our own words from our own fields, never Zoom's invitation taken apart.

Facts: a text message with a character outside its small alphabet costs double, and a long one is
cut into several; so it is short and plain ASCII. Addresses of mail and of text messages are URLs
(RFC 6068, RFC 5724); phones disagree on how the text of a message is attached, and `?&body=` is
what all of them take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import group_meeting_id
from pywidget.domain.secret import Secret
from pywidget.domain.wall_clock import format_wall_clock

_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Invitation:
    """All that a client needs. `starts` is wall-clock time in `time_zone`; both may be unknown."""

    topic: str
    starts: datetime | None
    time_zone: str
    link: JoinLink
    passcode: Secret | None = None


def write_invitation(invitation: Invitation) -> str:
    """The invitation as several lines of text."""
    lines = [invitation.topic, ""]
    if invitation.starts is not None:
        place = invitation.time_zone.replace("_", " ")
        lines.append(f"When: {format_wall_clock(invitation.starts)} ({place})")
    lines.append(f"Join the Zoom meeting: {invitation.link.url}")
    if invitation.link.meeting_id is not None:
        lines.append(f"Meeting ID: {group_meeting_id(invitation.link.meeting_id)}")
    if invitation.passcode is not None:
        lines.append(f"Passcode: {invitation.passcode.reveal()}")
    return "\n".join(lines)


def write_text_message(invitation: Invitation) -> str:
    """One short message in plain ASCII."""
    when = ""
    if invitation.starts is not None:
        words = format_wall_clock(invitation.starts)
        _weekday, _, rest = words.partition(", ")
        month, day, _year, clock, half = rest.split(" ")
        short = _SHORT_DAYS[invitation.starts.weekday()]
        when = f", {short} {month[:3]} {day} {clock} {half}"
    return f"Zoom{when}: {invitation.link.url}"


def build_mail_url(invitation: Invitation, address: str) -> str:
    """A `mailto:` with subject and text, RFC 6068: CR LF between lines."""
    # Subject and address are headers: a line break in one would begin another.
    subject, address = " ".join(invitation.topic.split()), "".join(address.splitlines())
    body = write_invitation(invitation).replace("\n", "\r\n")
    return f"mailto:{_quote(address, safe='@')}?subject={_quote(subject)}&body={_quote(body)}"


def build_text_message_url(invitation: Invitation, phone: str) -> str:
    """An `sms:` with the short message."""
    number = "".join(character for character in phone if character in "+0123456789")
    return f"sms:{number}?&body={_quote(write_text_message(invitation))}"


def _quote(text: str, safe: str = "") -> str:
    """Half a surrogate pair, which a name can be cut into, has no encoding."""
    return quote(text, safe=safe, errors="replace")
