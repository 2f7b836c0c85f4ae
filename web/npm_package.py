"""The npm package: a folder of what it consists of, and the file that `npm pack` makes of that.

Facts: `npm pack` gives all files one date and plain modes, so the same folder gives the same bytes
with the same npm. It takes everything that is in the folder if no list says otherwise.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from web.contract_names import read_contract
from web.custom_elements import write_manifest
from web.package_types import write_types

NAME: Final = "zoom-meeting-widget"
SOURCES: Final = Path("web", "package")
SCRIPT_TAG: Final = Path("e2e", "kit", "zoom_meeting_testing", "script_tag.js")
"""What pages run for tests, in Python and in TypeScript."""
_VERSION: Final = "= VERSION;"  # in index.js; a bundle of its own would hide what it is


def stage(root: Path, files: Iterable[Path], version: str, target: Path) -> None:
    """Put the package together in a folder that is not there yet.

    Args:
        root: The project.
        files: What is shipped of `dist/`.
        version: The release.
        target: The folder.
    """
    shutil.copytree(
        root / SOURCES,
        target,
        ignore=shutil.ignore_patterns("node_modules", "samples", "tsconfig.json"),
    )
    shutil.copyfile(root / SCRIPT_TAG, target / "testing" / "script-tag.js")
    for path in files:
        copied = target / "dist" / path.relative_to(root / "dist")
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    index = (target / "index.js").read_text("utf-8")
    (target / "index.js").write_text(index.replace(_VERSION, f"= {json.dumps(version)};"), "utf-8")
    contract = read_contract(root / "docs")
    (target / "types" / "names.d.ts").write_text(write_types(contract), "utf-8")
    (target / "custom-elements.json").write_text(write_manifest(contract), "utf-8")
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copyfile(root / name, target / name)
    _describe(target, version)


def _describe(target: Path, version: str) -> None:
    """Put the version into package.json."""
    file = target / "package.json"
    described: dict[str, Any] = json.loads(file.read_text("utf-8"))
    head = {"name": described.pop("name"), "version": version}
    file.write_text(f"{json.dumps({**head, **described}, indent=2)}\n", "utf-8")


def pack(root: Path, folder: Path, version: str, files: Iterable[Path]) -> Path:
    """Write the package into a folder, and return its file."""
    with tempfile.TemporaryDirectory() as place:
        staged = Path(place, NAME)
        stage(root, files, version, staged)
        command = ["npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
        subprocess.run(command, cwd=staged, check=True, capture_output=True)  # noqa: S603 - no shell
    return folder / f"{NAME}-{version}.tgz"
