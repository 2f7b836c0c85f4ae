"""The ways into a meeting by telephone, and the one that a client would call.

Facts: Zoom writes numbers with the plus of their country's code, such as `+1 646 558 8656`. A code
has one to three digits, and none begins with another one (ITU-T E.164): which digits are the code
is therefore known without a table of all countries. Countries may share a code, as the United
States and Canada do: a call there is not one abroad.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pywidget.domain.secret import Secret

# 1 and 7 stand alone; these have two digits, and all others three.
_CODE = re.compile(
    r"\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9][0-9]{2})(?=[0-9])"
)
_DIGITS = re.compile(r"[^+0-9]")
_LONGEST = 15  # digits of a number with its code (E.164)
_SHORTEST = 7


@dataclass(frozen=True, slots=True)
class DialIn:
    """The telephone numbers of a meeting, as Zoom writes them, and what callers have to type.

    `passcode` is digits; `None` if none is asked for.
    """

    numbers: tuple[str, ...]
    passcode: Secret | None = None

    def find_number(self, phone: str) -> str | None:
        """Find the first number in the country of a phone, if the phone says which one that is."""
        code = find_country_code(phone)
        if code is None:
            return None
        return next((each for each in self.numbers if find_country_code(each) == code), None)


def find_country_code(number: str) -> str | None:
    """Find the code, with its plus; return `None` for a number that has none.

    >>> find_country_code("+44 (0)20 7946 0958")
    '+44'
    """
    dialed = _DIGITS.sub("", number)
    code = _CODE.match(dialed)
    if code is None or not _SHORTEST <= len(dialed) - 1 <= _LONGEST or dialed.count("+") > 1:
        return None
    return code[0]
