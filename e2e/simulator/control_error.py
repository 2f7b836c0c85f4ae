"""What the simulator says to whoever gave it an order it cannot carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ControlError(Exception):
    """An order that makes no sense. `problems` maps each name to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str], status: int = 400) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)
        self.status = status
