"""A program that runs in a folder of its own, and leaves its output there."""

from __future__ import annotations

import socket
import subprocess
import time
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PATIENCE_SECONDS: Final = 15
_BETWEEN_LOOKS: Final = 0.02


class Program(Service):
    """A process in the foreground."""

    def __init__(
        self,
        command: Sequence[str | Path],
        folder: Path,
        *,
        is_ready: Callable[[Program], bool],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Store how to start it.

        Args:
            command: The program and its arguments; no shell reads them.
            folder: The folder it runs in, where `stdout` and `stderr` are kept.
            is_ready: Whether it is ready; called again and again after the start.
            environment: All its environment variables; by default, ours.
        """
        self.folder = folder
        self._command = command
        self._is_ready = is_ready
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def stdout(self) -> str:
        """The text on its standard output so far."""
        return (self.folder / "stdout").read_text(errors="replace")

    @property
    def stderr(self) -> str:
        """The text on its standard error so far."""
        return (self.folder / "stderr").read_text(errors="replace")

    def start(self) -> None:
        """Return when it is ready. Raises `OSError` if it ends, or takes too long."""
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as err:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                self._command,
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        patience = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_ready(self):
            if self._process.poll() is not None or time.monotonic() > patience:
                self.stop()
                raise OSError(0, self.stderr.strip() or f"{self._command[0]} did not start")
            time.sleep(_BETWEEN_LOOKS)

    def stop(self) -> None:
        """Return when it has ended."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def find_free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    """Return whether a program listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
