"""The error for an order that the simulator cannot carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ControlError(Exception):
    """An order that cannot be carried out. `problems` says what is wrong, by field."""

    def __init__(self, problems: Mapping[str, str], status: int = 400) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)
        self.status = status
