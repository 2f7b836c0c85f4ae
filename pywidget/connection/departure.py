"""Leaving the page for Zoom's consent page, where no popup can be had, and coming back to it.

What has to survive is kept beside the sign-in attempt, in this tab's storage: where to come back
to, what was asked for, and the notes as they were on the screen, saved or not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Wanted(StrEnum):
    """What the user asked for before they had to sign in; carried on with afterwards."""

    CREATE = "create"
    CREATE_ANYWAY = "create-anyway"  # although the notes hold a link that may be its meeting
    MOVE = "move"
    REMOVE = "remove"
    REMOVE_AND_TELL = "remove-and-tell"
    START = "start"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Draft:
    """The notes at the moment of leaving.

    Attributes:
        text: What stood in the field.
        opened: What stood there when the appointment was opened: a page that comes back with this
            has not seen the draft.
        start: Where the selection began, in characters.
        end: Where it ended.
    """

    text: str
    opened: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Departure:
    """What to go on with. `draft` is `None` for notes that were saved anyway."""

    return_to: str
    wanted: Wanted
    draft: Draft | None


def format_departure(departure: Departure) -> str:
    """As JSON."""
    return json.dumps(asdict(departure))


def parse_departure(text: str) -> Departure | None:
    """What `format_departure` wrote, or `None` for anything else."""
    try:
        record = json.loads(text)
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
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
