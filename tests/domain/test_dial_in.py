"""The number that a client would call."""

from __future__ import annotations

import pytest

from pywidget.domain.dial_in import DialIn, find_country_code
from pywidget.domain.secret import Secret

NUMBERS = ("+1 646 558 8656", "+1 888 788 0099", "+44 203 481 5237", "+49 69 7104 9922")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+15550100", "+1"),
        ("+1 (555) 01-00", "+1"),
        ("+7 495 123-45-67", "+7"),
        ("+20 2 2345678", "+20"),
        ("+27 11 123 4567", "+27"),
        ("+212 5 22 12 34 56", "+212"),
        ("+33 1 23 45 67 89", "+33"),
        ("+351 21 123 4567", "+351"),
        ("+380 44 123 4567", "+380"),
        ("+44 (0)20 7946 0958", "+44"),
        ("+420 123 456 789", "+420"),
        ("+49 69 7104 9922", "+49"),
        ("+503 2123 4567", "+503"),
        ("+55 11 91234-5678", "+55"),
        ("+593 2 123 4567", "+593"),
        ("+61 2 1234 5678", "+61"),
        ("+679 123 4567", "+679"),
        ("+81 3-1234-5678", "+81"),
        ("+852 1234 5678", "+852"),
        ("+91 11 2345 6789", "+91"),
        ("+966 11 123 4567", "+966"),
        ("+971 4 123 4567", "+971"),
        ("+98 21 1234 5678", "+98"),
        ("+995 32 123 45 67", "+995"),
        ("+1234567", "+1"),
        ("+123456789012345", "+1"),
        # Those that name no country, and what is no number
        ("+123456", None),
        ("+1234567890123456", None),
        ("+0 123 456 789", None),
        ("+1 555 +44 1234", None),
        ("555-0100", None),
        ("0044 20 7946 0958", None),
        ("call me", None),
        ("+", None),
        ("", None),
        ("+\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", None),
    ],
)
def test_a_number_says_its_country_by_its_code(number: str, code: str | None) -> None:
    assert find_country_code(number) == code


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+1 (555) 01-00", NUMBERS[0]),
        ("+442079460958", NUMBERS[2]),
        ("+49 30 1234567", NUMBERS[3]),
        ("+33 1 23 45 67 89", None),
        ("020 7946 0958", None),
        ("", None),
    ],
)
def test_a_client_calls_the_first_number_of_their_own_country(
    phone: str, number: str | None
) -> None:
    assert DialIn(NUMBERS).find_number(phone) == number


def test_what_callers_type_is_a_secret() -> None:
    assert "480112" not in repr(DialIn(NUMBERS, Secret("480112")))
