"""Faults that a test orders: an odd answer, a cut connection, a slow one, a missing header.

A fault waits for the next call of its operation, at most `times` times. At most one fault takes
part in a call: the oldest that fits. A test that leaves a fault unused did not test what it claims.

`cors_off` also takes part in preflights: a browser that is refused there never sends the request.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.messages import Answer
from zoom_meeting_testing.simulator.operations import FAULTY_OPERATIONS, Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FaultKind(StrEnum):
    """A way in which a call can fail."""

    RESPOND = "respond"
    """This answer comes instead of Zoom's; with `after_work` Zoom does the work all the same."""
    DROP_BEFORE = "drop_before"
    """The connection is cut before Zoom does the work."""
    DROP_AFTER = "drop_after"
    """Zoom does the work, then the connection is cut: the answer is lost."""
    DELAY = "delay"
    """The answer takes `seconds`, before the work or (with `after_work`) after it."""
    DROP_REUSED = "drop_reused"
    """As `drop_after`, on a connection that has carried an answer before: the browser repeats the
    request automatically, and sees the second answer. Until the fault has happened, answers leave
    their connections open."""
    CORS_OFF = "cors_off"
    """The answer has no CORS headers, so that a page cannot read it."""


@dataclass(frozen=True)
class Fault:
    """A failure that waits for its call. `operation` `None` means any."""

    operation: Operation | None
    kind: FaultKind
    status: int = 500
    body: object = ""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    times: int = 1
    after_work: bool = False

    def to_answer(self) -> Answer:
        """Return the answer that is sent instead of Zoom's."""
        if isinstance(self.body, str):
            body, content_type = self.body.encode(), "text/plain;charset=UTF-8"
        else:
            body, content_type = json.dumps(self.body).encode(), "application/json;charset=UTF-8"
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers["content-type"] = self.content_type or content_type
        return Answer(self.status, body, headers)

    def to_json(self) -> dict[str, object]:
        """Return the fault as the control API shows it."""
        return {**vars(self), "operation": self.operation or "any", "headers": dict(self.headers)}


class Faults:
    """The faults that are still to happen, oldest first."""

    def __init__(self) -> None:
        self._faults: list[tuple[Fault, int]] = []

    def add(self, fault: Fault) -> None:
        """Add a fault, which happens as often as it says."""
        self._faults.append((fault, fault.times))

    @property
    def keep_connections(self) -> bool:
        """Whether a fault waits for a connection that is used again."""
        return any(fault.kind is FaultKind.DROP_REUSED for fault, _left in self._faults)

    def take(
        self, operation: Operation, *, preflight: bool = False, reused: bool = False
    ) -> Fault | None:
        """Return the fault that takes part in this call, and count it.

        `reused` says that the connection has carried an answer before.
        """
        if operation not in FAULTY_OPERATIONS:
            return None
        for index, (fault, left) in enumerate(self._faults):
            if fault.operation not in (None, operation):
                continue
            if preflight and fault.kind is not FaultKind.CORS_OFF:
                continue
            if fault.kind is FaultKind.DROP_REUSED and not reused:
                continue
            if left > 1:
                self._faults[index] = (fault, left - 1)
            else:
                del self._faults[index]
            return fault
        return None

    def clear(self) -> None:
        """Forget the faults that have not happened."""
        self._faults.clear()

    def to_json(self) -> list[dict[str, object]]:
        """Return the unused faults, with how often each is still to happen."""
        return [{**fault.to_json(), "times": left} for fault, left in self._faults]


def parse_fault(order: Mapping[str, object]) -> Fault:
    """Read a fault from the control API. Raises `ControlError` naming every bad field."""
    problems: dict[str, str] = {}
    operations = sorted(FAULTY_OPERATIONS)
    if order.get("operation") not in (*operations, "any"):
        problems["operation"] = f"must be one of {[*map(str, operations), 'any']}"
    if order.get("kind") not in list(FaultKind):
        problems["kind"] = f"must be one of {[kind.value for kind in FaultKind]}"
    known = {each.name for each in fields(Fault)}
    for name, value in order.items():
        if name not in known:
            problems[name] = "faults have no such field"
        elif problem := _find_problem(name, value):
            problems[name] = problem
    if problems:
        raise ControlError(problems)
    operation = order["operation"]
    checked = {
        **order,
        "operation": None if operation == "any" else Operation(str(operation)),
        "kind": FaultKind(str(order["kind"])),
    }
    return Fault(**checked)  # type: ignore[arg-type] # checked field by field above


def _find_problem(name: str, value: object) -> str | None:
    fits, otherwise = CHECKS.get(name, (_is_anything, ""))
    return None if fits(value) else otherwise


def _is_anything(_value: object) -> bool:
    return True


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_duration(value: object) -> bool:
    return _is_whole(value, 0, 120) or (isinstance(value, float) and 0 <= value <= 120)


def _is_header(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _are_headers(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_header(name) and name.replace("-", "").isalnum() and _is_header(text)
        for name, text in value.items()
    )


CHECKS: Final[dict[str, tuple[Callable[[object], bool], str]]] = {
    "status": (lambda value: _is_whole(value, 200, 599), "must be an HTTP status, 200 to 599"),
    "times": (lambda value: _is_whole(value, 1, 1000), "must be a whole number, 1 to 1000"),
    "seconds": (_is_duration, "must be a number from 0 to 120"),
    "after_work": (lambda value: isinstance(value, bool), "must be true or false"),
    "content_type": (_is_header, "must be text"),
    "headers": (_are_headers, "must be an object of texts"),
}
