"""Leaving the page for Zoom's consent page when no popup can open, and coming back to it.

Three things are kept beside the sign-in attempt, in this tab's storage: the address to return to,
the user's request, and the notes as they were on the screen, saved or not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from pywidget.connection.wanted import Wanted
from pywidget.domain.json_text import read_json


@dataclass(frozen=True, slots=True)
class Draft:
    """The notes at the moment of leaving; their text may hold a passcode.

    Attributes:
        text: The text of the field.
        opened: Its text when the appointment was opened: a page that comes back with this text has
            not seen the draft.
        start: The start of the selection, in characters.
        end: Its end.
    """

    text: str = field(repr=False)
    opened: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Departure:
    """What the page needs when it comes back. `draft` is `None` if no notes could be read."""

    return_to: str
    wanted: Wanted
    draft: Draft | None


def format_departure(departure: Departure) -> str:
    """Format the departure as JSON."""
    return json.dumps(asdict(departure))


def parse_departure(text: str) -> Departure | None:
    """Parse the output of `format_departure`; return `None` for anything else."""
    try:
        record = read_json(text)
        draft = record["draft"]
        return Departure(
            return_to=str(record["return_to"]),
            wanted=Wanted(record["wanted"]),
            draft=None
            if draft is None
            else Draft(
                text=str(draft["text"]),
                opened=str(draft["opened"]),
                start=int(draft["start"]),
                end=int(draft["end"]),
            ),
        )
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
