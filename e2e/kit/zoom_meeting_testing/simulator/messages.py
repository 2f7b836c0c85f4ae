"""One HTTP request and one HTTP answer, as plain values.

The handlers know nothing of ASGI, so that each of them is a function from `Call` to `Answer`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Mapping

MAXIMUM_BODY: Final = 64 * 1024
"""Bytes. The longest honest request, a meeting with a full agenda, is far smaller."""

MAXIMUM_FIELDS: Final = 50


@dataclass(frozen=True)
class Call:
    """An HTTP request as it arrived. Header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    too_large: bool = False
    origin: str = ""
    """The simulator's own origin, as the client addressed it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the path's pattern matched, by name."""

    @property
    def content_type(self) -> str:
        """The media type of the body, without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def query_fields(self) -> list[tuple[str, str]]:
        """Return the fields of the query, in order. Raises `ValueError` if it is malformed."""
        return parse_fields(self.query)


@dataclass(frozen=True)
class Answer:
    """An HTTP response; it is held back for `seconds`."""

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0


def parse_fields(text: str) -> list[tuple[str, str]]:
    """Read a query or a form body. Raises `ValueError` for anything malformed."""
    if not text:
        return []
    return parse_qsl(
        text,
        keep_blank_values=True,
        strict_parsing=True,
        errors="strict",
        max_num_fields=MAXIMUM_FIELDS,
    )


def find_duplicates(fields: list[tuple[str, str]]) -> list[str]:
    """Return the names that occur more than once, sorted."""
    names = [name for name, _ in fields]
    return sorted({name for name in names if names.count(name) > 1})


def json_answer(status: int, value: object, headers: Mapping[str, str] | None = None) -> Answer:
    """Return an answer with this value as its JSON body."""
    return Answer(
        status,
        json.dumps(value).encode(),
        {"content-type": "application/json;charset=UTF-8", **(headers or {})},
    )
