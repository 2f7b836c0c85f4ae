"""What runs while a test needs it: servers, programs, and groups of them.

    with SimulatorServer() as server:
        ...  # it runs here, and has ended below

A service is usable once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

HOST: Final = "127.0.0.1"
"""The address of every service."""


class Service(ABC):
    """Something that starts, runs beside the test, and stops."""

    @abstractmethod
    def start(self) -> None:
        """Return when it is ready to be used; raise an error, and leave nothing running, if not."""

    @abstractmethod
    def stop(self) -> None:
        """Return when it has ended."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


class ServiceGroup(Service):
    """Several services that start one after the other, and stop in the opposite order.

    If one of them does not start, those before it are stopped.
    """

    def __init__(self) -> None:
        self._running = ExitStack()

    @abstractmethod
    def start_parts(self, running: ExitStack) -> None:
        """Start the services, and enter each into `running`."""

    def start(self) -> None:
        """Start all of them."""
        with ExitStack() as starting:
            self.start_parts(starting)
            self._running = starting.pop_all()

    def stop(self) -> None:
        """Stop all of them."""
        self._running.close()
