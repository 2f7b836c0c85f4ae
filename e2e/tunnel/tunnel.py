"""A forwarder, and a record of the bytes before and behind it.

page -> (nginx) -> front -> websockify -> behind[word] -> Zoom

with Tunnel(folder, destinations) as tunnel:
    ...  # data-tunnel is tunnel.url
    assert not tunnel.search(secrets).leaks
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST, ServiceGroup

from e2e.relay.canary import search
from e2e.tunnel.frames import unmask
from e2e.tunnel.passage import Passage
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from e2e.relay.canary import Findings

_PATIENCE_SECONDS: Final = 5
_BETWEEN_LOOKS: Final = 0.02


class Tunnel(ServiceGroup):
    """websockify between two passages."""

    def __init__(
        self,
        folder: Path,
        destinations: Mapping[str, tuple[str, int]],
        *,
        port: int = 0,
        page_origin: str | None = None,
    ) -> None:
        """Store what to start.

        Args:
            folder: An empty folder, for websockify.
            destinations: Host and port for each of the forwarder's words.
            port: The port for pages or nginx; 0 takes any that is free.
            page_origin: The only pages that it serves; `None` for all, as behind nginx, which
                looks at the origin itself.
        """
        super().__init__()
        self.folder = folder
        self.front: Passage
        self.behind = {word: Passage(*there) for word, there in destinations.items()}
        self._port = port
        self._page_origin = page_origin

    @property
    def url(self) -> str:
        """The forwarder's address, for `data-tunnel`."""
        return f"ws://{HOST}:{self.front.port}/?token={{target}}"

    @property
    def is_idle(self) -> bool:
        """Whether no connection is open before or behind it."""
        return not any(each.is_open for passage in self._passages for each in passage.connections)

    def clear(self) -> None:
        """Forget all bytes of closed connections; wait a moment for open ones to close."""
        patience = time.monotonic() + _PATIENCE_SECONDS
        while not self.is_idle and time.monotonic() < patience:
            time.sleep(_BETWEEN_LOOKS)
        for passage in self._passages:
            passage.clear()

    @property
    def _passages(self) -> tuple[Passage, ...]:
        return (self.front, *self.behind.values())

    def collect(self) -> dict[str, bytes]:
        """Return all bytes that the forwarder has seen or written, by their place."""
        seen: dict[str, bytes] = {}
        for name, stream in self.front.list_streams().items():
            seen[f"front: {name}"] = stream
            if name.startswith("sent") and stream:
                seen[f"front: {name}, unmasked"] = b"".join(unmask(stream))
        for word, passage in self.behind.items():
            for name, stream in passage.list_streams().items():
                seen[f"behind, {word}: {name}"] = stream
        for path in self.folder.rglob("*"):
            if path.is_file():
                seen[f"file: {path.relative_to(self.folder)}"] = path.read_bytes()
        return seen

    def search(self, secrets: Mapping[str, str]) -> Findings:
        """Search all of them for secrets, which have names."""
        return search(self.collect(), secrets)

    def start_parts(self, running: ExitStack) -> None:
        """Start the passages behind, the forwarder, and the passage in front."""
        enter = running.enter_context
        ports = {word: enter(passage).port for word, passage in self.behind.items()}
        forwarder = enter(Websockify(self.folder, ports, page_origin=self._page_origin))
        self.front = enter(Passage(HOST, forwarder.port, port=self._port))
