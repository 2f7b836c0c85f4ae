"""What a sign-in passes through on its way to Zoom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """Hosts, to be told to the user; none on the straight way.

    Attributes:
        relays: Those that can read it.
        forwarder: The one that carries it encrypted and can't; empty where there is no tunnel.
    """

    relays: tuple[str, ...] = ()
    forwarder: str = ""


STRAIGHT = Route()
