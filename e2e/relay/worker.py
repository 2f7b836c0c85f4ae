"""The function of docs/relay/worker.js, served by Node.

with WorkerRelay(folder, page_origin="http://127.0.0.1:8000") as relay:
    ...  # data-relay is relay.url
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from zoom_meeting_testing.service import HOST

from e2e.relay.program import Program

_SERVER: Final = Path(__file__).resolve().parent / "serve_worker.mjs"
_READY: Final = re.compile(r"^Ready: (\S+)$", re.MULTILINE)


class WorkerRelay(Program):
    """A Node process that calls the function for each request."""

    def __init__(
        self, folder: Path, *, page_origin: str, zoom_url: str | None = None, port: int = 0
    ) -> None:
        """Store how to start it.

        Args:
            folder: The folder it runs in.
            page_origin: The origin of the only page that it serves.
            zoom_url: The simulator's address; `None` for the real Zoom.
            port: The port to listen on; 0 takes any that is free.
        """
        command: list[str | Path] = ["node", _SERVER, f"--port={port}", f"--origin={page_origin}"]
        if zoom_url is not None:
            command.append(f"--zoom={zoom_url}")
        super().__init__(command, folder, is_ready=lambda program: bool(_find_url(program.stdout)))

    @property
    def url(self) -> str:
        """The address for `data-relay`; known once the process has started."""
        return _find_url(self.stdout) or f"http://{HOST}/"


def _find_url(said: str) -> str | None:
    found = _READY.search(said)
    return found.group(1) if found else None
