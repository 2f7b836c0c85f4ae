"""The element's attributes are read strictly, and what is wrong is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.appointment import (
    MAX_TOPIC,
    Appointment,
    Status,
    is_other_account,
    parse_appointment,
)
from pywidget.domain.errors import BadAttributeError, Code, Reason

ZONES = {"America/New_York", "Asia/Kolkata", "Europe/Berlin"}
LEAST = {"appointment": "812", "starts": "2025-11-11T18:00", "notes": "#notes"}
EVERYTHING = {
    **LEAST,
    "client": "Dana Lee",
    "client-email": "dana@example.com",
    "client-phone": "+15550100",
    "time-zone": "Asia/Kolkata",
    "duration": "45",
    "disabled": "",
    "status": "no-show",
    "zoom-account": "desk@lotus-spa.example",
    "host-email": "kim@lotus-spa.example",
    "read-only": "",
}


def parse(**changes: str | None) -> Appointment:
    attributes: dict[str, str | None] = {**LEAST}
    attributes.update({name.replace("_", "-"): text for name, text in changes.items()})
    given = {name: text for name, text in attributes.items() if text is not None}
    return parse_appointment(given, local_zone="Europe/Berlin", is_zone=ZONES.__contains__)


def test_every_attribute_arrives() -> None:
    read = parse_appointment(EVERYTHING, local_zone="Europe/Berlin", is_zone=ZONES.__contains__)
    assert read == Appointment(
        id="812",
        starts=datetime.fromisoformat("2025-11-11T18:00"),
        time_zone="Asia/Kolkata",
        notes="#notes",
        client="Dana Lee",
        client_email="dana@example.com",
        client_phone="+15550100",
        minutes=45,
        disabled=True,
        status=Status.NO_SHOW,
        zoom_account="desk@lotus-spa.example",
        host_email="kim@lotus-spa.example",
        read_only=True,
    )


@pytest.mark.parametrize("text", ["canceled", "Booked", "no show", "x" * 10_000, "\0"])
def test_an_unknown_status_is_refused_and_the_known_ones_are_named(text: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(status=text)
    assert caught.value.reason is Reason.NOT_A_STATUS
    assert caught.value.evidence["names"] == "booked, cancelled, no-show, done"


@pytest.mark.parametrize("text", ["", "  ", " booked "])
def test_an_appointment_of_no_status_is_booked(text: str) -> None:
    assert parse(status=text).status is Status.BOOKED


def test_the_required_attributes_are_enough() -> None:
    read = parse()
    assert (read.client, read.client_email, read.client_phone) == ("", "", "")
    assert read.minutes == 60
    assert read.time_zone == "Europe/Berlin"
    assert not read.disabled


@pytest.mark.parametrize("name", ["appointment", "starts", "notes"])
@pytest.mark.parametrize("text", [None, "", "   ", "\n\t"])
def test_a_missing_required_attribute_is_named(name: str, text: str | None) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(**{name: text})
    assert caught.value.attribute == name
    assert caught.value.code is Code.BAD_ATTRIBUTE
    assert caught.value.reason is Reason.MISSING


@pytest.mark.parametrize(("given", "notes"), [({"notes": " #notes "}, "#notes"), ({}, "")])
def test_with_an_adapter_the_notes_need_no_field(given: dict[str, str], notes: str) -> None:
    least = {"appointment": "812", "starts": "2025-11-11T18:00", **given}
    read = parse_appointment(
        least, local_zone="Europe/Berlin", is_zone=ZONES.__contains__, has_notes_adapter=True
    )
    assert read.notes == notes


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "2025-11-11",
        "18:00",
        "2025-11-11 18:00",
        "2025-11-11T18:00Z",
        "2025-11-11T18:00+01:00",
        "2025-11-11T18",
        "2025-11-11T18:00:00.5",
        "2025-02-30T18:00",
        "2025-11-11T24:00",
        "2025-11-11T18:60",
        "25-11-11T18:00",
        "٢٠٢٥-١١-١١T١٨:٠٠",  # noqa: RUF001 - digits of another script
        "2025-11-11T18:00\x00",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_start_that_is_no_wall_clock_time_is_refused(text: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(starts=text)
    assert caught.value.attribute == "starts"


def test_a_long_wrong_start_is_not_quoted_in_full() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(starts="9" * 10_000)
    assert len(str(caught.value)) < 120
    assert caught.value.evidence["given"] == "9" * 40


@pytest.mark.parametrize(
    ("text", "minutes"), [("1", 1), ("60", 60), ("1440", 1440), (" 45 ", 45), ("", 60), ("060", 60)]
)
def test_a_duration_is_a_number_of_minutes(text: str, minutes: int) -> None:
    assert parse(duration=text).minutes == minutes


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1441",
        "-5",
        "+5",
        "1e3",
        "60.0",
        "1_000",
        "an hour",
        "٦٠",
        "²",
        "9" * 5000,
        "NaN",
        "0x3c",
    ],
)
def test_a_duration_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(duration=text)
    assert caught.value.attribute == "duration"


@pytest.mark.parametrize("text", ["Mars/Olympus", "+01:00", "america/new york", "../etc/passwd"])
def test_an_unknown_zone_is_refused(text: str) -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse(time_zone=text)
    assert caught.value.attribute == "time-zone"


def test_a_browser_zone_that_is_none_is_refused_too() -> None:
    with pytest.raises(BadAttributeError) as caught:
        parse_appointment(LEAST, local_zone="Etc/Unknown", is_zone=ZONES.__contains__)
    assert caught.value.attribute == "time-zone"


def test_disabled_counts_by_being_there() -> None:
    assert parse(disabled="false").disabled


def test_attributes_of_the_host_do_not_matter() -> None:
    assert parse(**{"class": "wide", "data_id": "5"}) == parse()


@pytest.mark.parametrize(
    ("client", "topic"),
    [
        ("Dana Lee", "Appointment with Dana Lee"),
        ("", "Appointment with client"),
        ("{client}", "Appointment with {client}"),
        ("Dana\r\nLee\u2028!", "Appointment with Dana Lee !"),
        ("<b>Dana</b>", "Appointment with <b>Dana</b>"),
        ("دانا 👩🏽‍🦰", "Appointment with دانا 👩🏽‍🦰"),
        ("\x00\x1b[31m", "Appointment with [31m"),
    ],
)
def test_the_topic_is_one_line_with_the_client_in_it(client: str, topic: str) -> None:
    assert replace(parse(), client=client).topic() == topic


def test_a_template_may_leave_the_client_out() -> None:
    assert parse(client="Dana").topic("Facial") == "Facial"
    assert parse(client="Dana").topic("{client} / {client}") == "Dana / Dana"


@pytest.mark.parametrize("template", ["", "  ", "\n"])
def test_an_empty_template_is_none(template: str) -> None:
    assert parse(client="Dana").topic(template) == "Appointment with Dana"


def test_a_template_is_no_format_string() -> None:
    assert parse(client="Dana").topic("{client.__class__} {0} {") == "{client.__class__} {0} {"


@given(st.text(max_size=400), st.text(max_size=300))
def test_any_topic_is_one_line_that_zoom_takes(client: str, template: str) -> None:
    topic = replace(parse(), client=client).topic(template)
    assert len(topic) <= MAX_TOPIC
    assert topic == topic.strip(" ")
    assert not set(topic) & set("\r\n\t\x00\u2028\u2029")


def test_a_topic_that_is_too_long_says_so() -> None:
    topic = parse(client="x" * 500).topic()
    assert len(topic) == MAX_TOPIC
    assert topic.endswith("x…")


@pytest.mark.parametrize(
    ("expected", "connected", "is_other"),
    [
        ("kim@spa.example", "maya@spa.example", True),
        ("kim@spa.example", "Kim@Spa.Example", False),
        ("", "maya@spa.example", False),
        ("kim@spa.example", "", False),
        ("", "", False),
    ],
)
def test_only_two_addresses_that_are_known_are_two_accounts(
    *, expected: str, connected: str, is_other: bool
) -> None:
    assert is_other_account(expected, connected) is is_other
