"""One row of the check's result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The verdict on what a row is about."""

    FINE = "fine"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was checked.

    Attributes:
        id: A stable word, for tests and links.
        title: Its name, for people.
        verdict: Whether anything has to be done.
        finding: What was seen.
        remedy: What to change; for a row that cannot be known, how to find out.
        copy: Text ready to be copied into a server's configuration or a page.
    """

    id: str
    title: str
    verdict: Verdict
    finding: str
    remedy: str = ""
    copy: str = ""
