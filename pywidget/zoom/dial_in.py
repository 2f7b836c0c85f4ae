"""The telephone numbers in a meeting's answer: `settings.global_dial_in_numbers`.

Facts: each has a `number`, with its country's code, and a `type`, `toll` or `tollfree`. They are
those of the countries that the host has chosen, in that order. `settings.audio` is `both`,
`telephony`, `voip` or `thirdParty`: with the last two nobody can call. `pstn_password` is what
callers type, in digits; it is a secret like the passcode.
"""

from __future__ import annotations

import re

from pywidget.domain.dial_in import DialIn, find_country_code
from pywidget.domain.secret import Secret

_BY_PHONE = frozenset({"both", "telephony"})
_TYPES = frozenset({"toll", "tollfree"})
_NUMBER = re.compile(r"\+[0-9](?:[ ().-]{0,2}[0-9]){6,14}")
_PASSCODE = re.compile(r"[0-9]{1,16}")
_MOST = 200  # numbers; Zoom has them in some sixty countries


def parse_dial_in(body: dict[str, object]) -> DialIn | None:
    """Parse the ways in by telephone; `None` if nobody could call, or could get in then."""
    settings, passcode = body.get("settings"), body.get("pstn_password")
    if not isinstance(settings, dict) or not _can_be_called(settings.get("audio")):
        return None
    listed = settings.get("global_dial_in_numbers")
    each = map(_parse_number, listed[:_MOST] if isinstance(listed, list) else [])
    numbers = tuple(number for number in each if number is not None)
    if not numbers:
        return None
    if passcode is None or passcode == "":
        return DialIn(numbers)
    if not isinstance(passcode, str) or not _PASSCODE.fullmatch(passcode):
        return None  # the caller would be asked for something that nobody can tell
    return DialIn(numbers, Secret(passcode))


def _can_be_called(audio: object) -> bool:
    return audio is None or (isinstance(audio, str) and audio in _BY_PHONE)


def _parse_number(entry: object) -> str | None:
    if not isinstance(entry, dict):
        return None
    number, kind = entry.get("number"), entry.get("type")
    if not isinstance(number, str) or not isinstance(kind, str) or kind not in _TYPES:
        return None
    is_good = _NUMBER.fullmatch(number) and find_country_code(number) is not None
    return number if is_good else None
