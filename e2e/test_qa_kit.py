"""The kit as other projects have it: the wheel, a folder of their own, a run of pytest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoom_meeting_testing.browsers import Engine
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

ROOT: Final = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the kit installed from its wheel; what it needs is there already."""
    folder = tmp_path_factory.mktemp("kit")
    build = ("wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT / "e2e" / "kit"))
    run_pip(*build)
    (wheel,) = folder.glob("*.whl")
    run_pip("install", "--target", str(folder / "site"), str(wheel))
    return folder / "site"


def run_pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    more = ["--no-index", "--no-deps"]
    subprocess.run([*command, arguments[0], *more, *arguments[1:]], check=True)  # noqa: S603


def run_pytest(
    site: Path, folder: Path, test: str, options: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    (folder / "test_zoom.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-W", "error", "-p", "no:cacheprovider"]
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        [*command, "--rootdir", folder, *options, folder],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def read_first_test() -> str:
    """Return the first test of docs/qa.md."""
    text = (ROOT / "docs" / "qa.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(   def test_.*?)   ```", text, re.DOTALL)
    assert found
    return re.sub(r"^   ", "", found[1], flags=re.MULTILINE)


def test_the_first_test_of_the_documents_has_five_lines_and_passes(
    site: Path,
    tmp_path: Path,
    *,
    engine: Engine,
    demo_url: str,
    simulator: Simulator,
    simulator_server: SimulatorServer,
) -> None:
    if engine != "chromium":
        pytest.skip("the kit's own fixtures start Chromium")
    test = read_first_test()
    assert len(test.splitlines()) == 5
    addresses = ("--base-url", demo_url, "--zoom-url", simulator_server.url)
    result = run_pytest(site, tmp_path, test, addresses)
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(simulator.list_meetings()) == 1
