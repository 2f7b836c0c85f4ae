"""The package, made from the sources and a small `dist/`, in a page's project as npm puts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from web.manifest import write_manifest
from web.npm_package import SCRIPT_TAG, pack
from web.release import ROOT, list_files

VERSION = "1.2.0"
MODULES = ROOT / "web" / "node_modules"
INSTALL = "npm install --offline --no-audit --no-fund --ignore-scripts --legacy-peer-deps --silent"


def write_project(place: Path, *, version: str = VERSION, asset: str = "python-1a2b.zip") -> Path:
    """Write what a release packs, with a pretended build in it."""
    for name in ("web/package", "docs"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("images"))
    (place / SCRIPT_TAG).parent.mkdir(parents=True)
    for path in (Path("LICENSE"), Path("CHANGELOG.md"), SCRIPT_TAG):
        shutil.copyfile(ROOT / path, place / path)
    (place / "dist" / "assets").mkdir(parents=True)
    (place / "dist" / "embed.js").write_text(f"/* {version} */\n")
    (place / "dist" / "configure.js").write_text("export const configure = () => {};\n")
    (place / "dist" / "assets" / asset).write_bytes(b"PK")
    write_manifest(place / "dist", version=version, build_id=f"build-{version}")
    (place / "dist" / "embed.js.br").write_bytes(b"pretend Brotli")
    return place


def pack_project(project: Path, folder: Path, version: str = VERSION) -> Path:
    """Write the package as a release does."""
    folder.mkdir(exist_ok=True)
    return pack(project, folder, version, list_files(project / "dist", has_tunnel=False))


def install(packed: Path, place: Path) -> Path:
    """Install the package in a project that has nothing else."""
    place.mkdir(exist_ok=True)
    described = {"name": "a-page", "private": True, "type": "module"}
    (place / "package.json").write_text(json.dumps(described))
    done = run([*INSTALL.split(), str(packed)], place)
    assert done.returncode == 0, done.stderr
    return place


def run(command: list[str], place: Path) -> subprocess.CompletedProcess[str]:
    """Run a program there, with nothing of the npm that may run this."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("npm_")}
    return subprocess.run(  # noqa: S603 - no shell
        command, cwd=place, env=kept, check=False, capture_output=True, text=True, timeout=60
    )


def npx(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the package's own command, as its name finds it."""
    return run([str(place / "node_modules" / ".bin" / "zoom-meeting-widget"), *arguments], place)
