"""websockify, the forwarder that carries the tunnel's bytes, as an embedder's server runs it.

    with Websockify(folder, {"zoom": 4001, "api": 4001}) as forwarder:
        ...  # ws://127.0.0.1:{forwarder.port}/?token=zoom

It is looked for beside the running Python, where the extra `tunnel` installs it, then on the path.

Facts: it accepts a WebSocket first, and then connects to the target. It closes with 1011 if the
target can't be reached, with 1000 after an orderly end, and with nothing after a cut. An unknown
token ends the connection without an answer. Each connection has a process of its own. The caller's
address (behind nginx, nginx's) and the token go to the standard error stream.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST

from e2e.relay.program import Program, find_free_port, is_listening

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGETS: Final = Path(__file__).resolve().parents[2] / "docs" / "tunnel" / "targets"
HOW_TO_GET_IT: Final = (
    "there is no websockify: `make tunnel-tests` and `make demo WAY=tunnel` install it"
)


class Websockify(Program):
    """A forwarder whose targets are all on this machine."""

    def __init__(
        self,
        folder: Path,
        ports: Mapping[str, int],
        *,
        port: int = 0,
        page_origin: str | None = None,
    ) -> None:
        """Write its list of targets.

        Args:
            folder: The folder it runs in.
            ports: The port for each word, in place of the documented hosts.
            port: The port to listen on; 0 takes any that is free.
            page_origin: The only pages that it serves, and then no programs; `None` for all.
        """
        self.port = port or find_free_port()
        targets = folder / "targets"
        targets.write_text("".join(f"{word}: {HOST}:{to}\n" for word, to in ports.items()))
        command = build_command(targets, self.port)
        if page_origin is not None:
            command += ["--auth-plugin=ExpectOrigin", f"--auth-source={page_origin}"]
        super().__init__(command, folder, is_ready=_is_ready)


def read_targets() -> dict[str, tuple[str, int]]:
    """Return the documented list: host and port for each word."""
    lines = TARGETS.read_text(encoding="utf-8").splitlines()
    entries = (line.split(": ") for line in lines if not line.startswith("#"))
    parts = ((word, *there.rsplit(":", 1)) for word, there in entries)
    return {word: (host, int(port)) for word, host, port in parts}


def build_command(targets: Path, port: int) -> list[str | Path]:
    """Return the command that starts it, as in the unit of docs/tunnel/."""
    return [
        find_websockify(),
        "--token-plugin=TokenFile",
        f"--token-source={targets}",
        f"{HOST}:{port}",
    ]


def find_websockify() -> Path:
    """Return the program's path. Raises `OSError` if there is none."""
    beside = Path(sys.executable).parent / "websockify"
    found = beside if beside.exists() else shutil.which("websockify")
    if not found:
        raise FileNotFoundError(2, HOW_TO_GET_IT, "websockify")
    return Path(found)


def _is_ready(program: Program) -> bool:
    assert isinstance(program, Websockify)
    return is_listening(program.port)
