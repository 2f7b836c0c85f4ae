"""A simulated Zoom under its own names, over TLS, and the secrets that pass.

    with TlsZoom(simulator, authority) as zoom:
        ...  # zoom.destinations is where a forwarder's words lead to
    zoom.secrets.heard

Its connections stay open after an answer, as Zoom's do. No browser is in between that would repeat
a call when one of them is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST
from zoom_meeting_testing.simulator import ServerThread
from zoom_meeting_testing.simulator.application import create_app

from e2e.canary.ear import Ear
from e2e.tunnel.gates import Gates

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from zoom_meeting_testing.simulator import Simulator

    from e2e.canary.secrets import Secrets
    from e2e.relay.certificates import Authority

NAMES: Final = ("zoom.us", "api.zoom.us")
_CLOSES: Final = (b"connection", b"close")


class TlsZoom(ServerThread):
    """One server for both of Zoom's hosts."""

    def __init__(self, simulator: Simulator, authority: Authority) -> None:
        self.ear = Ear(create_app(simulator))
        self.gates = Gates(self.ear)
        context = authority.build_context(*NAMES)
        super().__init__(_keep_connections(self.gates), tls=context)

    @property
    def secrets(self) -> Secrets:
        """The secrets that have passed, which no server in between may see."""
        return self.ear.secrets

    @property
    def destinations(self) -> dict[str, tuple[str, int]]:
        """Host and port of the server, by the words of docs/tunnel/targets."""
        return dict.fromkeys(("zoom", "api"), (HOST, self.port))


def _keep_connections(app: ASGIApp) -> ASGIApp:
    async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair != _CLOSES]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, send_kept)

    return pass_on
