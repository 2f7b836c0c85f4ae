"""Wall-clock times are written exactly and read tolerantly."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pywidget.domain.wall_clock import format_wall_clock, parse_starts, parse_wall_clock

EVENING = datetime.fromisoformat("2025-11-11T18:00")


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2025-11-11T18:00", "Tuesday, November 11 2025 6:00 pm"),
        ("2025-03-09T02:30", "Sunday, March 9 2025 2:30 am"),
        ("2024-02-29T00:00", "Thursday, February 29 2024 12:00 am"),
        ("2025-01-01T12:00", "Wednesday, January 1 2025 12:00 pm"),
        ("2025-12-31T23:59", "Wednesday, December 31 2025 11:59 pm"),
        ("2025-06-07T12:05", "Saturday, June 7 2025 12:05 pm"),
        ("2025-06-06T00:05:59", "Friday, June 6 2025 12:05 am"),
        ("0001-01-01T01:01", "Monday, January 1 1 1:01 am"),
        ("9999-12-31T13:00", "Friday, December 31 9999 1:00 pm"),
    ],
)
def test_a_time_is_written_and_read_back(iso: str, written: str) -> None:
    moment = datetime.fromisoformat(iso)
    assert format_wall_clock(moment) == written
    assert parse_wall_clock(written) == moment.replace(second=0)


def test_months_and_weekdays_have_their_english_names() -> None:
    months = (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
    for number, month in enumerate(months, start=1):
        moment = EVENING.replace(month=number)
        written = format_wall_clock(moment)
        assert written.split()[1] == month
        assert parse_wall_clock(written) == moment


def test_the_locale_of_the_machine_does_not_matter() -> None:
    class MachineSpeaks(datetime):
        def strftime(self, _format: str) -> str:
            return "Dienstag"

    assert f"{MachineSpeaks.fromisoformat('2025-11-11'):%A}" == "Dienstag"
    moment = MachineSpeaks.fromisoformat("2025-11-11T18:00")
    assert format_wall_clock(moment) == "Tuesday, November 11 2025 6:00 pm"


def test_a_time_with_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="no zone"):
        format_wall_clock(EVENING.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, November 11 2025 6:00 PM",
        "Tuesday, November 11 2025 6:00 Pm",
        "TUESDAY, NOVEMBER 11 2025 6:00 PM",
        "Tuesday, November 11 2025 6:00 p.m.",
        "Tuesday, November 11 2025 6:00 P.M.",
        "Tuesday, November 11 2025 6:00 p. m.",
        "Tuesday, November 11 2025 6:00pm",
        "Tuesday, November 11, 2025 6:00 pm",
        "Tuesday, November 11, 2025, 6:00 pm",
        "Tuesday, November 11 2025 at 6:00 pm",
        "Tuesday, November 11, 2025 at 6:00\u202fPM",
        "Tuesday,\u00a0November\u00a011\u00a02025\u20096:00\u202fpm",
        "  Tuesday,   November 11  2025\t6:00   pm ",
        "Tuesday November 11 2025 6:00 pm",
        "Tuesday,November 11 2025 6:00 pm",
        "November 11 2025 6:00 pm",
        "Friday, November 11 2025 6:00 pm",
        "Tue, Nov 11 2025 6:00 pm",
        "Tue., Nov. 11, 2025 6:00 pm",
        "Tues Nov 11 2025 6:00 pm",
        "Tuesday, November 11 2025 06:00 pm",
        "Tuesday, November 11 2025 6 pm",
    ],
)
def test_what_people_and_editors_make_of_a_time_is_read(text: str) -> None:
    assert parse_wall_clock(text) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tuesday, February 29 2025 6:00 pm",
        "Tuesday, November 31 2025 6:00 pm",
        "Tuesday, November 0 2025 6:00 pm",
        "Tuesday, November 11 0 6:00 pm",
        "Tuesday, November 11 20255 6:00 pm",
        "Tuesday, November 11 2025 0:00 am",
        "Tuesday, November 11 2025 13:00 pm",
        "Tuesday, November 11 2025 6:60 pm",
        "Tuesday, November 11 2025 6:0 pm",
        "Tuesday, November 11 2025 18:00",
        "Tuesday, November 11 2025 6:00",
        "Tuesday, November 11 2025",
        "Tuesday, November 11 2025 6:00 xm",
        "Tuesday, November 11 2025 6:00 pm x",
        "x Tuesday, November 11 2025 6:00 pm",
        "Someday, November 11 2025 6:00 pm",
        "Tu, November 11 2025 6:00 pm",
        "Tuesday, No 11 2025 6:00 pm",
        "Tuesday, Novembre 11 2025 6:00 pm",
        "Tuesday, November112025 6:00 pm",
        "Tuesday, November 112025 6:00 pm",
        "Tuesday, November \u0661\u0661 2025 6:00 pm",
        "Tue\u017fday, November 11 2025 6:00 pm",
        "2025-11-11T18:00",
        "a" * 100_000,
        " " * 100_000 + "1",
    ],
)
def test_what_is_no_time_or_does_not_exist_is_none(text: str) -> None:
    assert parse_wall_clock(text) is None


@given(st.datetimes())
@settings(deadline=None)
def test_every_time_is_read_back_to_the_minute(moment: datetime) -> None:
    written = format_wall_clock(moment)
    assert parse_wall_clock(written) == moment.replace(second=0, microsecond=0)
    assert " 0" not in written


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    parse_wall_clock(text)


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("2025-11-11T18:00", "2025-11-11T18:00:00"),
        ("2025-11-11T18:00:30", "2025-11-11T18:00:30"),
        ("2024-02-29T00:00", "2024-02-29T00:00:00"),
        ("0001-01-01T00:00", "0001-01-01T00:00:00"),
    ],
)
def test_the_starts_attribute_is_read(attribute: str, expected: str) -> None:
    moment = parse_starts(attribute)
    assert moment == datetime.fromisoformat(expected)
    assert moment.tzinfo is None


@pytest.mark.parametrize(
    "attribute",
    [
        "",
        "2025-11-11",
        "18:00",
        "2025-11-11 18:00",
        "2025-11-11t18:00",
        "2025-11-11T18:00Z",
        "2025-11-11T18:00+01:00",
        "2025-11-11T18:00:00.000",
        "2025-11-11T18",
        "2025-11-11T18:0",
        "20251111T1800",
        "2025-W46-2T18:00",
        "11/11/2025 18:00",
        " 2025-11-11T18:00",
        "2025-11-11T18:00\n",
        "\u0662\u0660\u0662\u0665-11-11T18:00",
        "x" * 10_000,
    ],
)
def test_another_form_of_the_starts_attribute_is_refused_readably(attribute: str) -> None:
    with pytest.raises(ValueError, match=r"such as 2025-11-11T18:00, with no offset") as refusal:
        parse_starts(attribute)
    assert repr(attribute[:40]) in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    "attribute",
    [
        *("2025-02-29T18:00", "2025-13-01T18:00", "2025-00-01T18:00", "0000-01-01T18:00"),
        *("2025-11-11T24:00", "2025-11-11T18:60", "2025-11-11T18:00:60"),
    ],
)
def test_a_starts_attribute_that_names_no_date_is_refused_readably(attribute: str) -> None:
    with pytest.raises(ValueError, match=f"no such date or time: '{attribute}'"):
        parse_starts(attribute)
