"""A client's name on its way out: the note, the invitation, mail, text message, calendar.

Facts: each is read back by somebody else's parser: `email` with its strict policy refuses a header
of two lines, `urllib` takes addresses apart, `icalendar` reads RFC 5545. Programs disagree on what
ends a line, so no line may begin with a word of the format whoever splits it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from unicodedata import category
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit

from ada_url import URL
from icalendar import Calendar

from pywidget.domain.appointment import parse_appointment
from pywidget.domain.calendar_file import build_calendar_url, write_calendar_file
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.note_line import NoteLine, find_meeting, write_line
from pywidget.domain.secret import Secret
from pywidget.words.invitation import (
    build_mail_url,
    build_text_message_url,
    write_invitation,
    write_text_message,
    write_topic,
)
from tests.doubles.clock import NOW
from tests.doubles.english import WORDS
from tests.fuzz.target import Target, join, split

_LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
_STARTS = datetime.fromisoformat("2026-03-05T18:00")
_STARTS_AT = datetime(2026, 3, 5, 23, 0, tzinfo=UTC)
_ANY_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINES = 6  # of an invitation that has everything: topic, blank, when, link, ID, passcode

HOSTILE = (
    "Dana\r\nBcc: evil@evil.example",
    "Dana\nEND:VEVENT\nBEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT1M\nEND:VALARM",
    "Dana\u2028BEGIN:VALARM\u2029ATTACH:https://evil.example\x85BEGIN:VEVENT",
    "Dana\rJoin the Zoom meeting: https://evil.example/j/1",
    "Dana&body=evil&bcc=evil@evil.example#x",
    "Dana%0d%0aBcc:%20evil@evil.example%26cc=evil",
    "Dana\x00\x07\x1b[31m\x7f\x9b31m\ufeff",
    "\u202eeeL anaD\u2066\u200f\u2069 \u05d3\u05e0\u05d4",
    "\U0001f469\U0001f3fd\u200d\U0001f9b0 Dána e\u0301 \U0001f1e8\U0001f1ed",
    "D" * 10_000,
    "\U0001f9d6" * 10_000,
    '"Dana" \'Lee\' `x` <b onclick="alert(1)">&amp;</b><script>alert(1)</script>',
    "100% %s %(x)s {client} {0} $x ${x} \\n \\, \\; ; , : =",
    "Dana\ud800Lee\udfff",
    "Dana] Tuesday, November 11 2025 6:00 pm — https://zoom.us/j/99999999999",
    'ATTENDEE;X="y":mailto:evil@evil.example',
)


def check(text: str) -> None:
    """Read the parts as a client's name, email address and phone number."""
    name, address, phone = split(text, 3)
    appointment = parse_appointment(
        {"appointment": "812", "starts": "2026-03-05T18:00", "notes": "#n", "client": name},
        local_zone="America/New_York",
        is_zone=bool,
    )
    found = find_meeting(write_line(NoteLine(appointment.topic(), _STARTS, _LINK)))
    assert found is not None
    assert found.link == _LINK, "the name brought a link of its own"
    for topic in dict.fromkeys((name, appointment.topic(), found.topic or "")):
        zone = "America/New_York"
        invitation = Invitation(topic, _STARTS, zone, _LINK, Secret("123456"))
        _check_invitation(invitation)
        _check_mail(invitation, address)
        _check_text_message(invitation, phone)
        _check_calendar(invitation)


def _check_invitation(invitation: Invitation) -> None:
    lines = _ANY_BREAK.split(write_invitation(invitation, WORDS))
    assert len(lines) == _LINES, "the name has lines of its own"
    assert lines[1:4:2] == ["", f"Join the Zoom meeting: {_LINK.url}"]
    _check_kept(invitation.topic, lines[0])


def _check_mail(invitation: Invitation, address: str) -> None:
    url = build_mail_url(invitation, address, WORDS)
    assert url.isascii()
    assert URL(url).hash == "", "a part is lost"
    parts = urlsplit(url)
    fields = [field.split("=") for field in parts.query.split("&")]  # a plus is a plus: RFC 6068
    assert [field[0] for field in fields] == ["subject", "body"]
    subject, body = (unquote(value) for _name, value in fields)
    mail = EmailMessage()
    mail["Subject"] = subject  # raises if it has a line break
    mail.set_content(body)
    assert [key for key in mail if key == "Subject"] == ["Subject"]
    assert not _ANY_BREAK.search(subject), "a header of two lines"
    assert not _ANY_BREAK.search(unquote(parts.path)), "a header of two lines"
    assert (
        body
        == write_invitation(invitation, WORDS)
        .replace("\n", "\r\n")
        .encode(errors="replace")
        .decode()
    )
    _check_kept(invitation.topic, subject)
    _check_kept(address, unquote(parts.path))


def _check_text_message(invitation: Invitation, phone: str) -> None:
    parts = urlsplit(build_text_message_url(invitation, phone, WORDS))
    assert parts.scheme == "sms"
    assert set(parts.path) <= set("+0123456789")
    assert parts.fragment == ""
    assert parse_qsl(parts.query) == [("body", write_text_message(invitation, WORDS))]


def _check_calendar(invitation: Invitation) -> None:
    text = write_calendar_file(
        topic=write_topic(invitation, WORDS),
        starts_at=_STARTS_AT,
        minutes=45,
        join_url=_LINK.url,
        description=write_invitation(invitation, WORDS),
        meeting_id="86012345678",
        now=NOW,
    )
    file = unquote_to_bytes(build_calendar_url(text).partition(",")[2]).decode()
    assert _ANY_BREAK.split(file) == file.split("\r\n"), "some calendars see another line"
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    calendar = Calendar.from_ical(file)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    assert sorted(event) == sorted(
        "UID DTSTAMP DTSTART DTEND SUMMARY LOCATION URL DESCRIPTION".split()
    )
    assert event["URL"] == event["LOCATION"] == _LINK.url
    _check_kept(invitation.topic, str(event["SUMMARY"]))
    assert _LINK.url in str(event["DESCRIPTION"])


def _check_kept(given: str, got: str) -> None:
    """Everything but controls, blanks and broken characters is still there, in the same order."""
    assert not given or _list_kept(given) in (_list_kept(got), ""), "something is lost"


def _list_kept(text: str) -> str:
    whole = text.encode(errors="replace").decode()
    return "".join(c for c in whole if category(c) not in {"Cc", "Zs", "Zl", "Zp"})


TARGET = Target(
    "names",
    check,
    seeds=tuple(
        join(name, address, phone)
        for name, address, phone in zip(
            HOSTILE,
            ("dana@example.com", "a\r\nBcc: evil@evil.example", "a@b?cc=evil&x", "%0d%0a") * 4,
            ("+1 555 0100", "5?body=x&y", "٠١٢", "") * 4,
            strict=True,
        )
    ),
    pieces=(
        *("\r\n", "\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\x1c", "\x00", "\ud800", "%0d%0a"),
        *("BEGIN:VALARM", "END:VEVENT", "&body=", "?cc=", "#", "%", "\\n", "\\", ";", ",", ":"),
        *("\u202e", "\u2066", "\U0001f9d6", "{client}", "<b>", '"', "'", "=?utf-8?q?x?=", "é" * 80),
        *("] Tuesday, November 11 2025 6:00 pm — https://zoom.us/j/99999999999", "Zoom: ["),
    ),
)
