"""Which tests run which lines, and how long each test takes. Measured once, and kept."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from coverage import Coverage

from tests.mutants.mutant import PACKAGE, ROOT

FOLDER: Final = ROOT / ".cache" / "mutants"

_KEPT: Final = 5


@dataclass(frozen=True, slots=True)
class Touches:
    """What was measured.

    Attributes:
        seconds: The time of each test, by its node ID.
        lines: The tests that run a line, by the file (from the package) and the line.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def find(self, file: str, lines: Iterable[int]) -> list[str]:
        """Return the tests that run the first of these lines that any test runs."""
        known = self.lines.get(file, {})
        return next((known[line] for line in lines if line in known), [])

    def find_all(self, file: str) -> set[str]:
        """Return the tests that run any line of this file."""
        return {test for tests in self.lines.get(file, {}).values() for test in tests}


def measure(items: list[pytest.Item]) -> Touches:
    """Run these tests, in another process, unless nothing has changed since they were run.

    Raises:
        RuntimeError: One of them fails without any mutant.
    """
    kept = FOLDER / f"touches-{_compute_digest(items)}.json"
    if not kept.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for older in sorted(FOLDER.glob("touches-*.json"), key=_find_age)[:-_KEPT]:
            older.unlink()
        child = os.fork()
        if child == 0:
            is_whole = _write(items, kept)
            os._exit(0 if is_whole else 1)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError("Some tests fail without any mutant: make unit")
    found = json.loads(kept.read_text("utf-8"))
    names: list[str] = found["tests"]
    lines = {
        file: {int(line): [names[each] for each in tests] for line, tests in known.items()}
        for file, known in found["lines"].items()
    }
    return Touches(dict(zip(names, found["seconds"], strict=True)), lines)


def _compute_digest(items: list[pytest.Item]) -> str:
    digest = sha256("\n".join(item.nodeid for item in items).encode())
    for folder in (PACKAGE, ROOT / "tests", ROOT / "e2e"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _find_age(path: Path) -> float:
    return path.stat().st_mtime


class _Listener:
    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def _write(items: list[pytest.Item], target: Path) -> bool:
    listener = _Listener()
    plugins = items[0].config.pluginmanager
    plugins.register(listener)
    plugins.unregister(name="terminalreporter")
    coverage = Coverage(
        data_file=None, branch=False, source=[str(PACKAGE)], config_file=False, messages=False
    )
    coverage.set_option("run:core", "ctrace")  # the newer one knows no contexts
    coverage.set_option("run:disable_warnings", ["module-not-measured", "already-imported"])
    coverage.start()
    seconds: dict[str, float] = {}
    for item, following in zip(items, [*items[1:], None], strict=True):
        coverage.switch_context(item.nodeid)
        began = time.process_time()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        seconds[item.nodeid] = round(time.process_time() - began, 3)
    coverage.stop()
    if listener.failed:
        print(*listener.failed, sep="\n")  # noqa: T201 - for people
        return False
    numbers = {name: number for number, name in enumerate(seconds)}
    data = coverage.get_data()
    lines: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            tests = sorted(numbers[each] for each in contexts if each in numbers)
            if tests:
                lines[Path(file).relative_to(PACKAGE).as_posix()][line] = tests
    text = json.dumps(
        {"tests": list(seconds), "seconds": list(seconds.values()), "lines": lines},
    )
    target.with_suffix(".unfinished").write_text(text, "utf-8")
    target.with_suffix(".unfinished").rename(target)
    return True
