"""The calendar file, as a calendar reads it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from pywidget.domain.calendar_file import build_calendar_url, write_calendar_file
from tests.domain.breaks import BREAKS

STARTS = datetime(2026, 3, 5, 23, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
URL = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
GOOD: dict[str, Any] = {
    "topic": "Appointment with Dana Lee",
    "starts_at": STARTS,
    "minutes": 45,
    "join_url": URL,
    "description": f"When: Thursday\nJoin: {URL}",
    "meeting_id": "86012345678",
    "now": NOW,
}
# Everything but the control characters that RFC 5545 has no room for, and breaks that become LF.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("\n\t;,:\\\"'"),
    max_size=120,
)


CONTROLS = {"Cc", "Zl", "Zp"}


def write(**changes: Any) -> str:
    return write_calendar_file(**{**GOOD, **changes})


def read(text: str) -> Event:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert event.errors == []
    return event


def test_a_calendar_reads_what_we_meant() -> None:
    event = read(write())
    assert event["SUMMARY"] == "Appointment with Dana Lee"
    assert event["LOCATION"] == event["URL"] == URL
    assert event["DESCRIPTION"] == GOOD["description"]
    assert event["UID"] == "zoom-86012345678@simplespa"
    assert event.decoded("DTSTART") == STARTS
    assert event.decoded("DTEND") == STARTS + timedelta(minutes=45)
    assert event.decoded("DTSTAMP") == NOW


def test_the_file_is_a_calendar_of_version_2() -> None:
    calendar = Calendar.from_ical(write())
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar["METHOD"] == "PUBLISH"
    assert [each.name for each in calendar.walk()] == ["VCALENDAR", "VEVENT"]


def test_a_meeting_that_was_moved_is_the_same_entry() -> None:
    moved = read(write(starts_at=STARTS + timedelta(days=1)))
    assert moved["UID"] == read(write())["UID"]
    assert moved["UID"] != read(write(meeting_id="99912345678"))["UID"]


@pytest.mark.parametrize(
    ("starts_at", "text"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "DTSTART:00010101T000000Z"),
        (datetime(999, 1, 1, tzinfo=UTC), "DTSTART:09990101T000000Z"),
        (datetime.max.replace(tzinfo=UTC), "DTSTART:99991231T235959Z"),
        (datetime.fromisoformat("2026-03-05T18:00-05:00"), "DTSTART:20260305T230000Z"),
    ],
)
def test_any_time_is_written_in_utc_with_four_digits_of_the_year(
    starts_at: datetime, text: str
) -> None:
    assert text in write(starts_at=starts_at).splitlines()


@given(TEXT, TEXT)
def test_any_text_comes_back_as_it_was(topic: str, description: str) -> None:
    event = read(write(topic=topic, description=description))
    assert str(event["SUMMARY"]) == topic
    assert str(event["DESCRIPTION"]) == description


@given(TEXT)
def test_lines_are_folded_by_octets_and_never_inside_a_character(topic: str) -> None:
    text = write(topic=topic)
    assert text.endswith("\r\n")
    lines = text.encode().split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        assert line.decode()  # whole characters
        assert b"\n" not in line
        assert b"\r" not in line


@pytest.mark.parametrize("character", ["x", "é", "€", "\U0001f9d6", "e\u0301"])
def test_a_long_line_is_as_full_as_it_may_be(character: str) -> None:
    lines = write(topic=character * 200).encode().split(b"\r\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(b"SUMMARY"))
    size = len(character[0].encode())
    assert 75 - size < len(lines[at]) <= 75 or len(character) > 1
    assert lines[at + 1].startswith(b" ")
    assert str(read(write(topic=character * 200))["SUMMARY"]) == character * 200


@pytest.mark.parametrize(
    ("extra", "lengths"), [(0, [75]), (1, [75, 2]), (74, [75, 75]), (75, [75, 75, 2])]
)
def test_a_line_is_folded_when_it_has_to_be(extra: int, lengths: list[int]) -> None:
    """A continued line's length counts its space."""
    lines = write(topic="x" * (75 - len("SUMMARY:") + extra)).split("\r\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("SUMMARY"))
    following = next(i for i in range(at + 1, len(lines)) if not lines[i].startswith(" "))
    assert [len(line) for line in lines[at:following]] == lengths


@pytest.mark.parametrize(
    "topic",
    [
        "x\r\nATTENDEE:mailto:evil@example.com",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "x\rATTACH:https://evil.example",
        "x\\nATTENDEE:y",
        "x\u2028ATTENDEE:y",
        "x\x85ATTENDEE:y",
        "x\x0bATTENDEE:y\x0c\x00\x1f\x7f",
        *(f"x{line_break}BEGIN:VALARM{line_break}END:VALARM{line_break}" for line_break in BREAKS),
    ],
)
def test_no_text_becomes_a_property(topic: str) -> None:
    text = write(topic=topic, description=topic)
    event = read(text)
    assert set(event) == set(read(write()))
    controls = {character for character in text if unicodedata.category(character) in CONTROLS}
    assert controls == {"\r", "\n"}
    assert text.splitlines() == text.removesuffix("\r\n").split("\r\n")
    assert not {"BEGIN:VALARM", "ATTENDEE:y"} & set(text.splitlines())


@pytest.mark.parametrize("line_break", BREAKS)
def test_every_line_break_is_read_as_one(line_break: str) -> None:
    event = read(write(topic=f"a{line_break}b", description=f"{line_break}a{line_break}"))
    assert str(event["SUMMARY"]) == "a\nb"
    assert str(event["DESCRIPTION"]) == "\na\n"


def test_other_control_characters_are_left_out_and_a_tab_stays() -> None:
    assert str(read(write(topic="a\0\x07\x1b\x1f\x7f\x80\x9fb\tc"))["SUMMARY"]) == "ab\tc"


def test_half_a_surrogate_pair_breaks_nothing() -> None:
    """A name that was cut in the middle of an emoji."""
    text = unquote_to_bytes(build_calendar_url(write(topic="Dana \ud83e"))).decode()
    assert "SUMMARY:Dana ?" in text
    assert build_calendar_url("\ud83e").endswith(",%3F")


@given(TEXT)
def test_the_file_comes_back_out_of_its_url(topic: str) -> None:
    text = write(topic=topic)
    url = build_calendar_url(text)
    kind, _, data = url.partition(",")
    assert kind == "data:text/calendar;charset=utf-8"
    assert url.isascii()
    assert not set(url) & set("\"'<> #\n")
    assert unquote_to_bytes(data).decode() == text
