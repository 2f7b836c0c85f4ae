from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest
from e2e.abilities import Ability

@pytest.mark.needs(Ability.DEVTOOLS)
def test_one():
    pass

@pytest.mark.needs(Ability.DEVTOOLS, Ability.WORKERS)
def test_another():
    pass

@pytest.mark.skip(reason="for another reason")
def test_third():
    pass
"""


def run(folder: Path, engine: str) -> str:
    (folder / "test_example.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    options = ("-q", "-p", "no:cacheprovider", "-p", "e2e.conftest", "--engine", engine)
    command = [sys.executable, "-m", "pytest", *options, f"--rootdir={folder}", str(folder)]
    return subprocess.run(  # noqa: S603 - no shell
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    ).stdout


def test_what_an_engine_cannot_run_is_skipped_and_counted_by_reason(tmp_path: Path) -> None:
    told = run(tmp_path, "firefox")
    assert "3 skipped" in told
    reason = "firefox cannot: no garbage collection on demand over WebDriver BiDi"
    assert f"   2 not run: {reason}\n" in told
    assert told.count("not run:") == 1


def test_what_an_engine_can_run_is_run(tmp_path: Path) -> None:
    told = run(tmp_path, "chromium")
    assert "2 passed, 1 skipped" in told
    assert "not run:" not in told
