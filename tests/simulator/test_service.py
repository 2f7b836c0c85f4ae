"""Groups of services: their order, and what is left when one of them does not start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.service import Service, ServiceGroup

if TYPE_CHECKING:
    from contextlib import ExitStack


class Part(Service):
    def __init__(self, name: str, log: list[str], *, fails: bool = False) -> None:
        self._name = name
        self._log = log
        self._fails = fails

    def start(self) -> None:
        if self._fails:
            raise OSError(0, f"{self._name} did not start")
        self._log.append(f"start {self._name}")

    def stop(self) -> None:
        self._log.append(f"stop {self._name}")


class Group(ServiceGroup):
    def __init__(self, *parts: Part) -> None:
        super().__init__()
        self._parts = parts

    def start_parts(self, running: ExitStack) -> None:
        for part in self._parts:
            running.enter_context(part)


def test_parts_stop_in_the_opposite_order() -> None:
    log: list[str] = []
    with Group(Part("zoom", log), Part("page", log)):
        assert log == ["start zoom", "start page"]
    assert log == ["start zoom", "start page", "stop page", "stop zoom"]


def test_part_that_does_not_start_leaves_nothing_running() -> None:
    log: list[str] = []
    group = Group(Part("zoom", log), Part("page", log, fails=True))
    with pytest.raises(OSError, match="page did not start"):
        group.start()
    assert log == ["start zoom", "stop zoom"]


def test_error_inside_stops_the_parts_too() -> None:
    log: list[str] = []
    with pytest.raises(ValueError, match="in the test"), Group(Part("zoom", log)):
        raise ValueError("in the test")
    assert log == ["start zoom", "stop zoom"]
