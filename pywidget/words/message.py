"""What is to be said, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pywidget.domain.errors import Value


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogue, and the values of its parameters.

    Values are data: what a person has typed is never taken for a sentence.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
