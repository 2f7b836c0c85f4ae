"""What the client is sent, and the addresses it is sent by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.parser import Parser
from functools import partial
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.secret import Secret
from pywidget.words import invitation
from tests.domain.breaks import BREAKS
from tests.doubles.english import WORDS

LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
ROOM = JoinLink("zoom.us", LinkKind.PERSONAL, "dana.lee")
INVITATION = Invitation(
    topic="Appointment with Dana Lee",
    starts_at=datetime.fromisoformat("2026-03-05T23:00Z"),
    time_zone="America/New_York",
    link=LINK,
    passcode=Secret("123456"),
)
write_invitation = partial(invitation.write_invitation, words=WORDS)
write_text_message = partial(invitation.write_text_message, words=WORDS)
build_mail_url = partial(invitation.build_mail_url, words=WORDS)
build_text_message_url = partial(invitation.build_text_message_url, words=WORDS)
HOSTILE = [
    "Dana & Kim",
    "a?b=c#d%20+e",
    "&bcc=evil@example.com",
    "x\r\nBcc: evil@example.com",
    "“Dána” \U0001f9d6 العربية",
    "<script>alert(1)</script>",
    "\ud800",
    "%",
    "",
]


def test_an_invitation_holds_all_that_a_client_needs() -> None:
    assert write_invitation(INVITATION).split("\n") == [
        "Appointment with Dana Lee",
        "",
        "When: Thursday, March 5 2026 6:00 pm (New York Time)",
        f"Join the Zoom meeting: {LINK.url}",
        "Meeting ID: 860 1234 5678",
        "Passcode: 123456",
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(INVITATION, topic="", starts_at=None, passcode=None, link=ROOM)
    assert write_invitation(bare).split("\n") == [
        "Zoom meeting",
        "",
        "Join the Zoom meeting: https://zoom.us/my/dana.lee",
    ]


@pytest.mark.parametrize(
    ("starts", "when"),
    [
        ("2026-03-05T23:00Z", ", Thu Mar 5 6:00 pm EST"),
        ("2026-09-30T04:05Z", ", Wed Sep 30 12:05 am EDT"),
        ("2026-05-31T16:00Z", ", Sun May 31 12:00 pm EDT"),
        (None, ""),
    ],
)
def test_a_text_message_is_short_and_says_when_and_where(starts: str | None, when: str) -> None:
    moment = None if starts is None else datetime.fromisoformat(starts)
    text = write_text_message(replace(INVITATION, starts_at=moment))
    assert text == f"Zoom{when}: {LINK.url}"


@given(
    st.text(max_size=20),
    st.datetimes(
        datetime(1, 1, 4),  # noqa: DTZ001 - the next line says which zone
        datetime(9999, 12, 28, 23, 59),  # noqa: DTZ001 - the same
        timezones=st.just(UTC),
    ),
)
def test_a_text_message_is_always_one_line_of_ascii(topic: str, starts: datetime) -> None:
    """One character outside its small alphabet would halve what fits into a message."""
    text = write_text_message(replace(INVITATION, topic=topic, starts_at=starts))
    assert text.isascii()
    assert text.isprintable()
    assert len(text) <= 160


def test_the_clients_own_time_comes_first_and_the_salons_after_it() -> None:
    abroad = replace(INVITATION, client_zone="America/Los_Angeles", business="Glow Salon")
    assert write_invitation(abroad).split("\n")[:4] == [
        "Zoom meeting with Glow Salon",
        "",
        "When: Thursday, March 5 2026 3:00 pm (Los Angeles Time)",
        "Our time: Thursday, March 5 2026 6:00 pm (New York Time)",
    ]
    assert write_text_message(abroad) == (
        f"Glow Salon: Zoom, Thu Mar 5 3:00 pm PST (Thu Mar 5 6:00 pm EST): {LINK.url}"
    )
    assert read_mail(build_mail_url(abroad, ""))["subject"] == "Zoom meeting with Glow Salon"


FULL = replace(
    INVITATION,
    note="Late? Call 555-0100.",
    recording_notice="We record this meeting.",
    is_recorded=True,
    number="+1 646 555 0142",
    phone_passcode=Secret("480112"),
)


def test_the_salons_own_words_stand_at_the_end_and_not_in_a_text_message() -> None:
    assert write_invitation(FULL).split("\n") == [
        *write_invitation(INVITATION).split("\n"),
        "By phone: +1 646 555 0142",
        "Passcode for the phone: 480112",
        "",
        "We record this meeting.",
        "Late? Call 555-0100.",
    ]
    assert write_text_message(FULL) == write_text_message(INVITATION)
    assert read_mail(build_mail_url(FULL, ""))["body"].endswith("Late? Call 555-0100.")


def test_nobody_is_told_of_a_recording_that_there_is_not() -> None:
    lines = write_invitation(replace(FULL, is_recorded=False)).split("\n")
    assert lines[-2:] == ["", "Late? Call 555-0100."]
    assert replace(INVITATION, recording_notice="We record.", is_recorded=False) != INVITATION
    silent = replace(FULL, note="", recording_notice="", number="")
    assert write_invitation(silent) == write_invitation(INVITATION)


def test_a_call_without_a_passcode_asks_for_none() -> None:
    called = replace(INVITATION, number="+1 646 555 0142")
    assert write_invitation(called).split("\n")[-1] == "By phone: +1 646 555 0142"


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_own_word_adds_a_line_to_what_is_sent(line_break: str) -> None:
    forged = f"x{line_break}Join the Zoom meeting: https://evil.example/"
    hostile = replace(FULL, note=forged, recording_notice=forged)
    lines = write_invitation(hostile).splitlines()
    assert lines[-2:] == ["x Join the Zoom meeting: https://evil.example/"] * 2
    assert len(lines) == len(write_invitation(FULL).split("\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_any_own_words_are_text_and_nothing_else(text: str) -> None:
    hostile = replace(FULL, note=text, recording_notice=text)
    mail = read_mail(build_mail_url(hostile, "dana@example.com"))
    assert set(mail) == {"to", "subject", "body"}
    assert mail["body"].split("\r\n") == write_invitation(hostile).split("\n")


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_business_adds_a_line_to_what_is_sent(line_break: str) -> None:
    forged = replace(INVITATION, business=f"Glow{line_break}Salon")
    plain = replace(INVITATION, business="Glow Salon")
    assert write_invitation(forged) == write_invitation(plain)
    assert write_text_message(forged) == write_text_message(plain)


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_topic_adds_a_line_to_what_is_sent(line_break: str) -> None:
    """A line of somebody else's making could be a link to another place."""
    forged = f"Dana{line_break}{line_break}Join the Zoom meeting: https://evil.example/"
    hostile = replace(INVITATION, topic=forged)
    lines = write_invitation(hostile).splitlines()
    assert lines[0] == "Dana Join the Zoom meeting: https://evil.example/"
    assert lines[1:] == write_invitation(INVITATION).split("\n")[1:]
    mail = read_mail(build_mail_url(hostile, f"dana@example.com{line_break}"))
    assert mail["to"] == "dana@example.com"
    assert mail["subject"].splitlines() == [mail["subject"]]
    assert mail["body"].splitlines() == mail["body"].split("\r\n") == lines


@pytest.mark.parametrize("topic", ["", " ", *BREAKS])
def test_a_topic_of_nothing_but_breaks_is_none(topic: str) -> None:
    assert write_invitation(replace(INVITATION, topic=topic)).startswith("Zoom meeting\n\n")


# Mail


def read_mail(url: str) -> dict[str, str]:
    """As RFC 6068 has it: percent-encoding only, and a plus is a plus."""
    scheme, _, rest = url.partition(":")
    address, _, query = rest.partition("?")
    assert scheme == "mailto"
    fields = dict(field.split("=") for field in query.split("&"))
    return {"to": unquote(address), **{name: unquote(text) for name, text in fields.items()}}


@pytest.mark.parametrize("topic", HOSTILE)
def test_any_topic_is_the_subject_and_nothing_else(topic: str) -> None:
    url = build_mail_url(replace(INVITATION, topic=topic), "dana@example.com")
    assert url.isascii()
    assert " " not in url
    mail = read_mail(url)
    assert set(mail) == {"to", "subject", "body"}
    assert mail["to"] == "dana@example.com"
    assert mail["subject"] == " ".join(
        (topic or "Zoom meeting").replace("\ud800", "\ufffd").split()
    )
    assert LINK.url in mail["body"]


@pytest.mark.parametrize("address", [*HOSTILE, "a@b.example?cc=evil@example.com", "a,b@c.example"])
def test_any_address_is_the_address_and_nothing_else(address: str) -> None:
    mail = read_mail(build_mail_url(INVITATION, address))
    assert set(mail) == {"to", "subject", "body"}
    assert mail["to"] == "".join(address.replace("\ud800", "?").splitlines())
    assert mail["body"] == write_invitation(INVITATION).replace("\n", "\r\n")


def test_a_mail_programs_header_has_no_second_line() -> None:
    topic = "x\r\nBcc: evil@example.com"
    mail = read_mail(build_mail_url(replace(INVITATION, topic=topic), "dana@example.com"))
    parsed = Parser(policy=policy.default).parsestr(f"Subject: {mail['subject']}\n\n{mail['body']}")
    assert parsed.keys() == ["Subject"]


# Text messages


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+15550100", "+15550100"),
        ("+1 (555) 01-00", "+15550100"),
        ("555.0100;ext=5", "55501005"),
        ("", ""),
        ("call me", ""),
        ("٠١٢", ""),
        ("5?body=x&y", "5"),
    ],
)
def test_a_number_is_digits_only(phone: str, number: str) -> None:
    url = build_text_message_url(INVITATION, phone)
    assert url.startswith(f"sms:{number}?&body=")


@pytest.mark.parametrize("topic", HOSTILE)
def test_a_text_message_comes_back_out_of_its_url(topic: str) -> None:
    url = build_text_message_url(replace(INVITATION, topic=topic), "+15550100")
    assert url.isascii()
    query = urlsplit(url).query
    assert parse_qs(query) == {"body": [write_text_message(INVITATION)]}
