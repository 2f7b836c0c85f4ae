"""A simulated Zoom under its own names, over TLS, and the secrets that it hears and says.

with TlsZoom(simulator, authority) as zoom:
    ...  # zoom.destinations is where a forwarder's words lead to
zoom.secrets.heard
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from e2e.relay.program import HOST
from e2e.simulator import ServerThread
from e2e.simulator.application import create_app
from e2e.tunnel.ear import Ear

if TYPE_CHECKING:
    from e2e.relay.canary import Secrets
    from e2e.relay.certificates import Authority
    from e2e.simulator import Simulator

NAMES: Final = ("zoom.us", "api.zoom.us")


class TlsZoom(ServerThread):
    """One server for both of Zoom's hosts."""

    def __init__(self, simulator: Simulator, authority: Authority) -> None:
        self.ear = Ear(create_app(simulator))
        super().__init__(self.ear, tls=authority.build_context(*NAMES))

    @property
    def secrets(self) -> Secrets:
        """What has passed, and nobody in between may see."""
        return self.ear.secrets

    @property
    def destinations(self) -> dict[str, tuple[str, int]]:
        """Where it is, by the words of docs/tunnel/targets."""
        return dict.fromkeys(("zoom", "api"), (HOST, self.port))
