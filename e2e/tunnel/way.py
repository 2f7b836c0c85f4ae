"""A whole tunnel to a simulated Zoom, with a record of what passes before and behind its forwarder.

page -> (nginx) -> front -> websockify -> behind -> the simulator over TLS

with Tunnel(simulator, folder) as tunnel:
    ...  # data-tunnel is tunnel.url, data-tunnel-roots leads to tunnel.roots
    assert not tunnel.search().leaks
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Self

from e2e.relay.canary import search
from e2e.relay.certificates import Authority
from e2e.relay.program import HOST
from e2e.simulator import ServerThread
from e2e.simulator.application import create_app
from e2e.tunnel.ear import Ear
from e2e.tunnel.frames import unmask
from e2e.tunnel.passage import Passage
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from e2e.relay.canary import Findings
    from e2e.simulator import Simulator

HOSTS: Final = ("zoom.us", "api.zoom.us")


class Tunnel:
    """A forwarder, whom it leads to, and what was seen of both. Usable once."""

    def __init__(self, simulator: Simulator, folder: Path, *, port: int = 0) -> None:
        """Know what to start.

        Args:
            simulator: Zoom.
            folder: An empty one, for the authority's certificate and for websockify.
            port: Where the forwarder is reached; 0 takes any that is free.
        """
        self.authority = Authority(folder / "authority.pem")
        self.ear = Ear(create_app(simulator))
        self.zoom = ServerThread(self.ear, tls=self.authority.build_context(*HOSTS))
        self.behind = Passage(self.zoom.port)
        self.front: Passage
        self.folder = folder
        self._port = port
        self._running = ExitStack()

    @property
    def roots(self) -> Path:
        """Whom the page has to trust, in PEM."""
        return self.authority.certificate

    @property
    def url(self) -> str:
        """The address of the forwarder, for `data-tunnel`."""
        return f"ws://{HOST}:{self.front.port}/?token={{target}}"

    def clear(self) -> None:
        """Forget what was heard and recorded."""
        for passage in (self.front, self.behind):
            passage.clear()
        self.ear.clear()

    def collect(self) -> dict[str, bytes]:
        """Collect everything that the forwarder has seen, by where it was."""
        seen = {f"behind: {name}": stream for name, stream in self.behind.list_streams()}
        for name, stream in self.front.list_streams():
            seen[f"front: {name}"] = stream
            if name.startswith("sent") and stream:
                seen[f"front: {name}, unmasked"] = b"".join(unmask(stream))
        return seen | {f"file: {name}": content for name, content in self._read_files()}

    def search(self) -> Findings:
        """Look for every secret that Zoom has heard or said."""
        return search(self.collect(), self.ear.secrets.heard)

    def __enter__(self) -> Self:
        with self._running:
            enter = self._running.enter_context
            enter(self.zoom)
            enter(self.behind)
            ports = dict.fromkeys(("zoom", "api"), self.behind.port)
            forwarder = enter(Websockify(self.folder, ports))
            self.front = enter(Passage(forwarder.port, port=self._port))
            self._running = self._running.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._running.close()

    def _read_files(self) -> list[tuple[str, bytes]]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [(str(path.relative_to(self.folder)), path.read_bytes()) for path in files]
