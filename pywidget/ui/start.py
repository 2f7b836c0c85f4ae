"""The start of a meeting: the date as the language has it, broken only where people pause.

Facts: most languages write the day before the month, `5. März`, `5 de marzo`, `5 March`; American
English writes `March 5`. The clock's time stands last, with what belongs to it: `6:00 pm`.
"""

from __future__ import annotations

import re
from typing import Final

from pywidget.ui.node import Element, element

_PAIRS: Final = re.compile(
    r"""
    ( (?<!\d) \d{1,2} (?:\.|er)? [ ] (?:de[ ])? [^\W\d_]+
    | [^\W\d_]+ [ ] \d{1,2} (?=,?[ ]\d)
    | (?<!\d) \d{1,2} : \d\d .* $
    )
    """,
    re.VERBOSE,
)


def render_start(text: str) -> Element:
    """Render a date and its time; day and month stay on one line, and so does the time."""
    pieces = [
        element("span", piece, class_="unbroken") if index % 2 else piece
        for index, piece in enumerate(_PAIRS.split(text))
    ]
    return element("span", *filter(None, pieces), class_="start", part="start")
