"""The hosts that a sign-in passes through on its way to Zoom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """The hosts to name to the user; there are none on the direct way.

    Attributes:
        relays: The hosts that can read the sign-in.
        forwarder: The host that carries it encrypted and cannot read it; empty without a tunnel.
    """

    relays: tuple[str, ...] = ()
    forwarder: str = ""


STRAIGHT = Route()
