"""What is made of the telephone numbers in a meeting's answer."""

from __future__ import annotations

from typing import Any

import pytest

from pywidget.domain.dial_in import DialIn
from pywidget.domain.secret import Secret
from pywidget.zoom.dial_in import parse_dial_in

US = {"country": "US", "number": "+1 646 555 0142", "type": "toll", "city": "New York"}
FREE = {"country": "US", "number": "+1 888 555 0100", "type": "tollfree"}
BOTH = ("+1 646 555 0142", "+1 888 555 0100")


def parse(
    numbers: object = (US, FREE), *, audio: object = "both", passcode: object = "480112"
) -> DialIn | None:
    listed = [*numbers] if isinstance(numbers, tuple) else numbers
    settings = {"audio": audio, "global_dial_in_numbers": listed}
    return parse_dial_in({"settings": settings, "pstn_password": passcode})


@pytest.mark.parametrize("audio", ["both", "telephony", None])
def test_the_numbers_come_as_zoom_writes_them(audio: str | None) -> None:
    assert parse(audio=audio) == DialIn(BOTH, Secret("480112"))


@pytest.mark.parametrize("audio", ["voip", "thirdParty", "x", 1, [], {}])
def test_where_nobody_can_call_there_are_none(audio: object) -> None:
    assert parse(audio=audio) is None


@pytest.mark.parametrize("passcode", [None, ""])
def test_callers_may_have_nothing_to_type(passcode: object) -> None:
    assert parse(passcode=passcode) == DialIn(BOTH)


@pytest.mark.parametrize(
    "passcode", ["abc", "48 01", "4" * 17, 480112, ["1"], "1\n", "\u0661", " ", True]
)
def test_what_nobody_could_type_keeps_callers_out(passcode: object) -> None:
    assert parse(passcode=passcode) is None


@pytest.mark.parametrize("passcode", ["0", "4" * 16])
def test_a_short_and_a_long_passcode_are_fine(passcode: str) -> None:
    assert parse(passcode=passcode) == DialIn(BOTH, Secret(passcode))


@pytest.mark.parametrize("numbers", [None, {}, "+1 646 555 0142", 1, [], [None, "x", {}, [US]]])
def test_without_a_good_number_there_are_none(numbers: object) -> None:
    assert parse(numbers) is None


@pytest.mark.parametrize(
    "number",
    [
        None,
        1,
        "",
        "646 555 0142",
        "+1 646 555 0142\nhttps://evil.example",
        "+1 646 555 0142;ext=1",
        "+1 646 555 0142 ",
        "+16465",
        "+1" + "6" * 15,
        "+0 646 555 0142",
        "+1   646 555 0142",
        "<b>+1 646 555 0142</b>",
        "+\u0661 646 555 0142",
    ],
)
def test_a_number_that_is_none_is_left_out(number: object) -> None:
    odd: dict[str, Any] = {**US, "number": number}
    assert parse((odd, FREE)) == DialIn(BOTH[1:], Secret("480112"))


@pytest.mark.parametrize("kind", [None, "premium", 1, [], "TOLL"])
def test_a_number_of_another_kind_is_left_out(kind: object) -> None:
    assert parse(({**US, "type": kind}, FREE)) == DialIn(BOTH[1:], Secret("480112"))


@pytest.mark.parametrize("number", ["+1 (646) 555-0142", "+49 69 90009 0123", "+1.646.555.0142"])
def test_numbers_are_written_in_many_ways(number: str) -> None:
    assert parse(({**US, "number": number},)) == DialIn((number,), Secret("480112"))


def test_a_long_list_is_cut() -> None:
    dial_in = parse((US,) * 201)
    assert dial_in is not None
    assert len(dial_in.numbers) == 200


@pytest.mark.parametrize("settings", [None, [], "both", 1])
def test_without_settings_there_are_none(settings: object) -> None:
    assert parse_dial_in({"settings": settings, "pstn_password": "480112"}) is None
