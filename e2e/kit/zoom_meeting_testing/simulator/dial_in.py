"""The telephone numbers by which people join, and what callers type.

Facts (Zoom's API reference, developers.zoom.us/docs/api/meetings/): `settings.audio` says whether
anybody can call. `settings.global_dial_in_numbers` has a number for each country that the host has
chosen, or several. `pstn_password` is digits only, at most ten. None of these numbers is anybody's.
"""

from __future__ import annotations

import secrets
from typing import Final

AUDIO: Final = "both"
_PASSCODE_DIGITS: Final = 10
NUMBERS: Final = (
    ("US", "US", "New York", "+1 646 555 0142", "toll"),
    ("US", "US", "", "+1 888 555 0100", "tollfree"),
    ("GB", "United Kingdom", "", "+44 203 496 0123", "toll"),
    ("DE", "Germany", "", "+49 69 90009 0123", "toll"),
)


def choose_phone_passcode() -> str:
    """Return digits that nobody can guess."""
    return "".join(str(secrets.randbelow(10)) for _ in range(_PASSCODE_DIGITS))


def describe_dial_in() -> dict[str, object]:
    """Return what a meeting's settings say of calling."""
    return {
        "audio": AUDIO,
        "global_dial_in_numbers": [
            {"country": country, "country_name": name, "number": number, "type": kind}
            | ({"city": city} if city else {})
            for country, name, city, number, kind in NUMBERS
        ],
    }
