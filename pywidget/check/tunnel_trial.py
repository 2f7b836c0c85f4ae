"""The outcome of trying a tunnel: one handshake with each of Zoom's two hosts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The reasons why there was no handshake."""

    NOBODY = "nobody"  # no WebSocket opens at the forwarder's address
    NOT_ALLOWED = "not_allowed"
    BUSY = "busy"
    NO_TARGET = "no_target"
    CERTIFICATE = "certificate"
    TLS = "tls"
    CUT = "cut"
    FORBIDDEN = "forbidden"  # by the policy of the check's own page
    NETWORK = "network"  # the browser is offline
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Handshake:
    """A handshake with one host.

    Attributes:
        host: Its name.
        description: The version of TLS and the cipher suite, once the host has proved who it is.
        fault: Why there was no handshake; `None` if there was one.
        detail: A few words for an administrator.
        causes: What was wrong with its certificate, such as `expired`.
    """

    host: str
    description: str = ""
    fault: Fault | None = None
    detail: str = ""
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TunnelTrial:
    """The handshakes with both hosts.

    Attributes:
        handshakes: The token endpoint's host first, then the API's.
        root_count: How many roots are trusted.
        roots_date: Their date, as their file says; empty if it does not.
        problem: Why nothing could be tried, as a sentence; else empty.
    """

    handshakes: tuple[Handshake, ...] = ()
    root_count: int = 0
    roots_date: str = ""
    problem: str = ""
