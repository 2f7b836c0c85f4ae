"""What the benchmark makes of its samples: medians, ratios, verdicts, tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from e2e.bench.conditions import UNTHROTTLED
from e2e.bench.figures import Unit, collect, divide, find_median, sum_blocking
from e2e.bench.notes import HOSTILE, ORDINARY
from e2e.bench.report import render_report, render_table, render_value, write_report
from e2e.bench.results import Results
from e2e.bench.targets import Goal, list_targets


@pytest.fixture
def results() -> Results:
    visit = {
        "python_ms": [300.0, 100.0, 200.0],
        "longest_task_ms": [40.0],
        "button_ms": [10.0],
        "click_to_post_ms": [20.0],
        "bytes": [0.0],
    }
    stock = {"python_ms": [1000.0], "longest_task_ms": [1000.0], "bytes": [1000.0]}
    return Results(
        command="python -m e2e.bench",
        machine={"cores": "2"},
        loader_bytes=2048,
        loads={
            UNTHROTTLED.name: {
                "stock cold": stock,
                "stock warm": stock,
                "ours cold": {**visit, "bytes": [900.0]},
                "ours warm": visit,
            }
        },
        scale={
            "50 in view": {"ms": [100.0], "alive": [50.0]},
            "200 in view": {"ms": [500.0], "alive": [200.0]},
        },
        notes={
            kind: {100_000: [5.0], 1_000_000: [40.0 if kind == ORDINARY else 80.0]}
            for kind in (ORDINARY, *HOSTILE)
        },
    )


def test_samples_are_put_together_by_figure() -> None:
    visits = [{"bytes": 1.0, "requests": 2.0}, {"bytes": 3.0}]
    assert collect(visits) == {"bytes": [1.0, 3.0], "requests": [2.0]}


def test_what_was_not_measured_has_no_median_and_no_ratio() -> None:
    assert find_median({}, "bytes") is None
    assert divide(None, 2) is None
    assert divide(2, None) is None
    assert divide(2, 0) is None


def test_only_what_a_task_takes_beyond_50_ms_blocks() -> None:
    assert sum_blocking([60, 50, 20, 150]) == 110


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, Unit.MS, "-"),
        (0, Unit.MS, "0 ms"),
        (9.96, Unit.MS, "10.0 ms"),
        (1234.5, Unit.MS, "1,234 ms"),
        (3, Unit.COUNT, "3"),
        (0, Unit.BYTES, "0 B"),
        (1234, Unit.BYTES, "1.2 KB"),
        (5_526_000, Unit.BYTES, "5.53 MB"),
    ],
)
def test_figures_have_the_digits_they_deserve(
    value: float | None, unit: Unit, written: str
) -> None:
    assert render_value(value, unit) == written


def test_a_goal_is_a_ceiling_or_a_floor() -> None:
    assert Goal(5, 5, "{:.0f}").is_met
    assert not Goal(6, 5, "{:.0f}").is_met
    assert Goal(6, 5, "{:.0f}", is_floor=True).is_met
    assert not Goal(None, 5, "{:.0f}").is_met


def test_targets_are_judged_by_medians(results: Results) -> None:
    verdicts = {target.label: (target.measured, target.verdict) for target in list_targets(results)}
    assert verdicts["Python ready, warm: ours to stock"] == ("0.20", "yes, the aim too")
    assert verdicts["bytes, cold: ours to stock"] == ("0.90", "**no**")
    assert verdicts["click to `POST` sent, signed in"] == ("20.0 ms", "yes")
    assert verdicts["200 elements to 50, and one of 200"] == ("5.0, 2.5 ms", "**no**")
    assert verdicts["plain notes, 1 MB to 100 KB, and speed"] == (
        "8.0, 25.0 MB/s",
        "yes, the aim too",
    )
    assert verdicts["the worst hostile notes, 1 MB to 100 KB, and speed"] == (
        "16.0, 12.5 MB/s",
        "**no**",
    )


def test_what_a_run_left_out_is_left_out_of_the_report() -> None:
    results = Results("python -m e2e.bench --only scale", {}, 2048)
    assert [target.label for target in list_targets(results)] == ["`embed.js` in Brotli"]
    assert "## Loading" not in render_report(results)


def test_a_table_is_markdown() -> None:
    assert render_table(["", "a"], [("b", "c")]) == "|  | a |\n| --- | --: |\n| b | c |\n"


def test_both_files_are_written(results: Results, tmp_path: Path) -> None:
    write_report(results, tmp_path / "benchmarks")
    data = json.loads((tmp_path / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    ready = data["loads"]["not throttled"]["ours warm"]["python_ms"]
    assert ready == {"median": 200.0, "samples": [300.0, 100.0, 200.0]}
    page = (tmp_path / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert "| Python ready | 1,000 ms | 200 ms | 0.20 | 1,000 ms | 200 ms | 0.20 |" in page
    assert "| plain notes | 5.0 ms | 40.0 ms | 8.00 | 25.0 MB/s |" in page
