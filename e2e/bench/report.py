"""Writes the report of a run: `results.json` with all samples, `README.md` with the tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.bench.figures import FIGURES, Samples, Unit, find_median
from e2e.bench.targets import list_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from e2e.bench.results import Results

_INTRODUCTION: Final = """\
# Benchmarks

Stock PyScript and the widget, measured side by side in one run:

    {command}

Every figure is a median; all samples are in [results.json](results.json). Times apply to
this machine only; compare the ratios.
"""
_METHOD: Final = Path(__file__).with_name("method.md").read_text(encoding="utf-8")
_BOUNDS: Final = Path(__file__).with_name("bounds.md").read_text(encoding="utf-8")


_MANY: Final = 100
_MEGABYTE: Final = 1_000_000


def write_report(results: Results, folder: Path) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(to_json(results), indent=1, ensure_ascii=False)
    (folder / "results.json").write_text(f"{data}\n", encoding="utf-8")
    (folder / "README.md").write_text(render_report(results), encoding="utf-8")


def to_json(results: Results) -> dict[str, Any]:
    """Return samples, medians and targets in JSON's types."""
    return {
        "command": results.command,
        "machine": dict(results.machine),
        "targets": [
            {
                "figure": target.label,
                "at least": str(target.least),
                "aim": str(target.aim),
                "measured": target.measured,
                "met": target.least.is_met,
                "aim met": target.aim.is_met,
            }
            for target in list_targets(results)
        ],
        "embed.js, Brotli bytes": results.loader_bytes,
        "loads": {
            conditions: {name: _with_medians(samples) for name, samples in loads.items()}
            for conditions, loads in results.loads.items()
        },
        "scale": {name: _with_medians(samples) for name, samples in results.scale.items()},
        "notes": {
            kind: _with_medians({f"{size}": samples for size, samples in by_size.items()})
            for kind, by_size in results.notes.items()
        },
    }


def render_report(results: Results) -> str:
    """Return the page with the tables."""
    parts = [
        _INTRODUCTION.format(command=results.command),
        _render_targets(results),
        *(_render_loads(results, conditions) for conditions in results.loads),
        _render_scale(results) if results.scale else "",
        _render_notes(results) if results.notes else "",
        _BOUNDS,
        _METHOD,
        "## The machine\n\n" + render_table(["", ""], results.machine.items()),
    ]
    return "\n".join(part for part in parts if part)


def render_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are aligned to the right."""
    rule = ["---", *("--:" for _ in head[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def render_value(value: float | None, unit: Unit) -> str:
    """Return a figure with as many digits as it deserves."""
    if value is None:
        return "-"
    if unit is Unit.MS:
        return f"{value:,.0f} ms" if value == 0 or value >= _MANY else f"{value:.1f} ms"
    if unit is Unit.COUNT:
        return f"{value:.0f}"
    if value >= _MEGABYTE:
        return f"{value / _MEGABYTE:.2f} MB"
    return f"{value / 1000:.1f} KB" if value >= 1000 else f"{value:.0f} B"


def render_ratio(ratio: float | None) -> str:
    """Return a ratio, or a dash if it was not measured."""
    return "-" if ratio is None else f"{ratio:.2f}"


def _render_targets(results: Results) -> str:
    rows = [
        (target.label, str(target.least), str(target.aim), target.measured, target.verdict)
        for target in list_targets(results)
    ]
    table = render_table(["figure, not throttled", "at least", "aim", "measured", "met?"], rows)
    return f"## Targets\n\n{table}"


def _render_loads(results: Results, conditions: str) -> str:
    loads = max(len(samples["python_ms"]) for samples in results.loads[conditions].values())
    head = [""]
    for heat in ("cold", "warm"):
        head += [f"stock, {heat}", f"ours, {heat}", "ours to stock"]
    rows = []
    for name, figure in FIGURES.items():
        row = [figure.label]
        for heat in ("cold", "warm"):
            row += [
                render_value(results.find_load(conditions, f"{variant} {heat}", name), figure.unit)
                for variant in ("stock", "ours")
            ]
            row.append(render_ratio(results.compare_loads(conditions, heat, name)))
        rows.append(row)
    return f"## Loading, {conditions} (loads of each: {loads})\n\n{render_table(head, rows)}"


def _render_scale(results: Results) -> str:
    rows = []
    for name in results.scale:
        took, alive = results.find_crowd(name), results.find_crowd(name, "alive")
        each = took / alive if took is not None and alive else None
        rows.append(
            (
                name,
                render_value(alive, Unit.COUNT),
                render_value(took, Unit.MS),
                render_value(each, Unit.MS),
            )
        )
    table = render_table(["elements", "started", "all of these ready", "each"], rows)
    return f"## Many elements\n\n{table}"


def _render_notes(results: Results) -> str:
    sizes = sorted({size for by_size in results.notes.values() for size in by_size})
    head = ["notes", *(_name_size(size) for size in sizes), "longest to a tenth", "speed"]
    rows = []
    for kind in results.notes:
        speed = results.find_speed(kind, sizes[-1])
        times = [render_value(results.find_notes(kind, size), Unit.MS) for size in sizes]
        ratio = render_ratio(results.compare_notes(kind))
        rows.append((kind, *times, ratio, "-" if speed is None else f"{speed:.1f} MB/s"))
    return f"## Long notes\n\n{render_table(head, rows)}"


def _name_size(size: int) -> str:
    return f"{size // _MEGABYTE} MB" if size >= _MEGABYTE else f"{size // 1000} KB"


def _with_medians(samples: Samples) -> dict[str, Any]:
    return {
        name: {
            "median": _round(find_median(samples, name)),
            "samples": [_round(value) for value in values],
        }
        for name, values in samples.items()
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
