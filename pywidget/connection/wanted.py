"""What a click asked for that needed a sign-in first."""

from __future__ import annotations

from enum import StrEnum


class Wanted(StrEnum):
    """The user's request that needs a sign-in first; it is carried out afterwards."""

    CREATE = "create"
    CREATE_ANYWAY = "create-anyway"  # although the notes contain a link that may be the meeting's
    MOVE = "move"
    REMOVE = "remove"
    REMOVE_AND_TELL = "remove-and-tell"
    START = "start"
    HAND_OVER = "hand-over"
    NOTHING = "nothing"
