"""The wheel of the kit for testers, from `e2e/kit/`.

Facts: Hatchling gives the files in a wheel one date (its `reproducible` is on), so the same files
give the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


class OtherVersionError(Exception):
    """An error that says that the kit is of another version than the widget."""


def build_wheel(root: Path, folder: Path, version: str, _files: Iterable[Path]) -> Path:
    """Write the wheel into a folder, and return its file.

    Raises:
        OtherVersionError: `e2e/kit/pyproject.toml` has another version.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root / "e2e" / "kit", check=True, capture_output=True)  # noqa: S603 - no shell
    wheel = folder / f"zoom_meeting_testing-{version}-py3-none-any.whl"
    if not wheel.is_file():
        raise OtherVersionError(f"e2e/kit/pyproject.toml does not have the version {version}.")
    return wheel
