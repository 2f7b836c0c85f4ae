"""Reads TLS from the outside, as a forwarder can: its records.

Facts: before its content a record has a type, a version and a length of two bytes (RFC 8446,
section 5.1). Handshake records are in the clear until both sides have keys: the host's name can be
read, and in TLS 1.2 the certificate. From then on the content is ciphertext.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

_HEADER: Final = 5
_MAJOR: Final = 3
_MOST: Final = 2**14 + 256  # RFC 8446 section 5.2
_NAME: Final = re.compile(rb"[a-z0-9][a-z0-9./-]{4,}[a-z0-9]")


class Kind(Enum):
    """The type of a record."""

    CHANGE_CIPHER_SPEC = 20
    ALERT = 21
    HANDSHAKE = 22
    APPLICATION_DATA = 23


@dataclass(frozen=True)
class Record:
    """A record, or the part of it that has arrived."""

    kind: Kind
    at: int
    """The byte of the stream at which it begins."""
    size: int
    """Bytes, header included."""
    data: bytes

    @property
    def is_whole(self) -> bool:
        """Whether all of it has arrived."""
        return len(self.data) == self.size

    @property
    def names(self) -> list[str]:
        """The words in it that are in the clear, such as a host's name."""
        if self.kind is not Kind.HANDSHAKE:
            return []
        return [found.decode() for found in _NAME.findall(self.data)]


def read_records(stream: bytes) -> list[Record]:
    """Return the records of one direction of a connection. Raises `ValueError` if it is not TLS."""
    records: list[Record] = []
    at = 0
    while at + _HEADER <= len(stream):
        kind, major, _minor = stream[at : at + 3]
        length = int.from_bytes(stream[at + 3 : at + _HEADER])
        if major != _MAJOR or length > _MOST or kind not in {each.value for each in Kind}:
            raise ValueError(f"No TLS record begins at byte {at}")
        size = _HEADER + length
        records.append(Record(Kind(kind), at, size, stream[at : at + size]))
        at += size
    return records
