"""The speed that the widget promises, and whether a run confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from e2e.bench.conditions import UNTHROTTLED
from e2e.bench.figures import divide
from e2e.bench.notes import HOSTILE, ORDINARY, SIZES
from e2e.bench.scale import LISTED

if TYPE_CHECKING:
    from e2e.bench.results import Results

_ONE_FRAME_MS: Final = 1000 / 60
_BASE: Final = UNTHROTTLED.name


@dataclass(frozen=True)
class Goal:
    """A figure, and the bound that it has to keep."""

    value: float | None
    bound: float
    form: str
    """The format of both."""
    is_floor: bool = False
    """Whether more is better."""

    @property
    def is_met(self) -> bool:
        """Whether the figure was measured and keeps its bound."""
        if self.value is None:
            return False
        return self.value >= self.bound if self.is_floor else self.value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_floor else '≤'} {self.form.format(self.bound)}"


@dataclass(frozen=True)
class Target:
    """The least that is wanted of a figure, and the aim."""

    label: str
    least: Goal
    aim: Goal

    @property
    def measured(self) -> str:
        """The measured value of both goals; once, if they are of one figure."""
        goals = [self.least] if self.least.form == self.aim.form else [self.least, self.aim]
        return ", ".join(goal.form.format(goal.value) for goal in goals)

    @property
    def verdict(self) -> str:
        """The words for the table's last column."""
        if not self.least.is_met:
            return "**no**"
        return "yes, the aim too" if self.aim.is_met else "yes"


def list_targets(results: Results) -> list[Target]:
    """Return the targets whose figures were measured."""
    targets = [*_list_load_targets(results), *_list_scale_targets(results)]
    return [target for target in targets if None not in {target.least.value, target.aim.value}]


def _list_load_targets(results: Results) -> list[Target]:
    ready = results.compare_loads(_BASE, "warm", "python_ms")
    cold = results.compare_loads(_BASE, "cold", "bytes")
    warm = results.find_load(_BASE, "ours warm", "bytes")
    click = results.find_load(_BASE, "ours warm", "click_to_post_ms")
    kilobytes = results.loader_bytes / 1024
    return [
        Target(
            "Python ready, warm: ours to stock",
            Goal(ready, 0.40, "{:.2f}"),
            Goal(ready, 0.20, "{:.2f}"),
        ),
        *(
            Target(
                f"longest task, {heat}: ours to stock, and itself",
                Goal(results.compare_loads(_BASE, heat, "longest_task_ms"), 0.30, "{:.2f}"),
                Goal(results.find_load(_BASE, f"ours {heat}", "longest_task_ms"), 50, "{:.0f} ms"),
            )
            for heat in ("warm", "cold")
        ),
        Target(
            "bytes, cold: ours to stock", Goal(cold, 0.75, "{:.2f}"), Goal(cold, 0.60, "{:.2f}")
        ),
        Target("bytes, warm", Goal(warm, 0, "{:.0f}"), Goal(warm, 0, "{:.0f}")),
        *(
            Target(
                f"button painted after `embed.js` starts, {heat}",
                Goal(painted, 50, "{:.1f} ms"),
                Goal(painted, _ONE_FRAME_MS, "{:.1f} ms"),
            )
            for heat in ("cold", "warm")
            for painted in [results.find_load(_BASE, f"ours {heat}", "button_ms")]
        ),
        Target(
            "`embed.js` in Brotli", Goal(kilobytes, 6, "{:.1f} KB"), Goal(kilobytes, 3, "{:.1f} KB")
        ),
        Target(
            "click to `POST` sent, signed in",
            Goal(click, 50, "{:.1f} ms"),
            Goal(click, 16, "{:.1f} ms"),
        ),
    ]


def _list_scale_targets(results: Results) -> list[Target]:
    many, some = (results.find_crowd(f"{count} in view") for count in (200, 50))
    hostile = [ratio for kind in HOSTILE if (ratio := results.compare_notes(kind)) is not None]
    slowest = [
        speed for kind in HOSTILE if (speed := results.find_speed(kind, SIZES[-1])) is not None
    ]
    return [
        Target(
            "200 elements to 50, and one of 200",
            Goal(divide(many, some), 4.5, "{:.1f}"),
            Goal(divide(many, LISTED), 3, "{:.1f} ms"),
        ),
        Target(
            "plain notes, 1 MB to 100 KB, and speed",
            Goal(results.compare_notes(ORDINARY), 11, "{:.1f}"),
            Goal(results.find_speed(ORDINARY, SIZES[-1]), 20, "{:.1f} MB/s", is_floor=True),
        ),
        Target(
            "the worst hostile notes, 1 MB to 100 KB, and speed",
            Goal(max(hostile, default=None), 11, "{:.1f}"),
            Goal(min(slowest, default=None), 20, "{:.1f} MB/s", is_floor=True),
        ),
    ]
