"""The wheel for testers that a release has beside the widget."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from web.build import read_version
from web.kit_wheel import OtherVersionError, build_wheel
from web.release import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "e2e" / "kit",
        tmp_path / "e2e" / "kit",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
    )
    (tmp_path / "release").mkdir()
    return tmp_path


def test_it_holds_the_kit_and_has_the_widgets_version(project: Path) -> None:
    version = read_version()
    wheel = build_wheel(project, project / "release", version, [])
    assert wheel.name == f"zoom_meeting_testing-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "zoom_meeting_testing/pages/meeting_widget.py" in names
    assert "zoom_meeting_testing/simulator/zoom.openapi.json" in names


def test_a_kit_of_another_version_is_refused(project: Path) -> None:
    with pytest.raises(OtherVersionError, match=r"9\.9\.9"):
        build_wheel(project, project / "release", "9.9.9", [])
