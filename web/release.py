"""The making of `release/`: the files to upload when a version is published, and checksums.

    python -m web.release [--tunnel]    # `make release [TUNNEL=1]` builds what is packed first

Nothing is published. There are four parts: the archive, the npm package (`web/npm_package.py`), the
wheel for testers (`web/kit_wheel.py`), and the value that vouches for `embed.js`. The archive holds
the folder `pywidget-VERSION/`, which is `dist/` as it is, but `dist/tunnel/` only if that is asked
for: what happens to be built already decides nothing. The same files give the same bytes. It
refuses a work tree with uncommitted changes, and a version that the changelog does not have: later,
nobody could say what was released.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from web import npm_package
from web.kit_wheel import OtherVersionError, build_wheel
from web.manifest import TUNNEL, find_problems, read_manifest

ROOT: Final = Path(__file__).resolve().parent.parent
SUMS: Final = "SHA256SUMS"
INTEGRITY: Final = "integrity.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # a zip's own oldest date
_FILE: Final = 0o100644 << 16  # a plain file that everyone may read
_UNIX: Final = 3  # without it, packing on Windows gives other bytes


Part = Callable[[Path, Path, str, Sequence[Path]], Path]
"""Writes one file: from the project, into a folder, for a version, of these files of `dist/`."""


class ReleaseError(Exception):
    """An error that says why this can't be released."""


def write_archive(root: Path, folder: Path, version: str, files: Sequence[Path]) -> Path:
    """Write `dist/` as an archive, and return it."""
    archive = folder / f"pywidget-{version}.zip"
    pack(root / "dist", files, archive)
    return archive


def write_integrity(root: Path, folder: Path, version: str, _files: Sequence[Path]) -> Path:
    """Write what a tag's `integrity` has to say in this version, and return the file."""
    built = read_manifest(root / "dist")
    told = {"version": version, "build": built["build"], "integrity": built["integrity"]}
    (folder / INTEGRITY).write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")
    return folder / INTEGRITY


PARTS: Final[tuple[Part, ...]] = (write_archive, npm_package.pack, build_wheel, write_integrity)


def release(root: Path, *, has_tunnel: bool = False, parts: Iterable[Part] = PARTS) -> list[Path]:
    """Write `release/` from scratch, and return the files in it but for their checksums.

    Args:
        root: The project: its `dist/` is packed, its `pyproject.toml` names the version.
        has_tunnel: Whether `dist/tunnel/` is in it.
        parts: What to write.

    Raises:
        ReleaseError: There are uncommitted changes, the changelog does not have the version, or
            what is to be packed is not built, or not as it was built.
    """
    refuse_changes(root)
    version: str = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if not find_entry((root / "CHANGELOG.md").read_text("utf-8"), version):
        raise ReleaseError(f"CHANGELOG.md says nothing about {version}.")
    refuse_other_files(root / "dist", "dist/", "make build")
    if has_tunnel:
        refuse_other_files(root / "dist" / TUNNEL, f"dist/{TUNNEL}/", "make build TUNNEL=1")
    folder = root / "release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    files = list_files(root / "dist", has_tunnel=has_tunnel)
    try:
        written = [write(root, folder, version, files) for write in parts]
    except OtherVersionError as error:
        raise ReleaseError(str(error)) from None
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(written))
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")
    return written


def refuse_changes(root: Path) -> None:
    """Refuse a work tree with uncommitted changes."""
    command = ["git", "-C", str(root), "status", "--porcelain"]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - no shell
    if told.stdout:
        raise ReleaseError(f"Not everything is committed:\n{told.stdout.rstrip()}")


def refuse_other_files(folder: Path, name: str, command: str) -> None:
    """Refuse a folder that is not there, or whose files are not those that were built."""
    try:
        problems = list(find_problems(folder))
    except FileNotFoundError:
        raise ReleaseError(f"There is no {name}: {command}.") from None
    if problems:
        raise ReleaseError(f"{name} is not as it was built: {'; '.join(problems)}.")


def find_entry(changelog: str, version: str) -> str:
    """Find what the changelog says about a version; nothing if it does not have it."""
    head = rf"^## \[{re.escape(version)}\][^\n]*\n"
    found = re.search(head + r"(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def list_files(dist: Path, *, has_tunnel: bool) -> list[Path]:
    """List the files to pack."""
    return [
        path
        for path in dist.rglob("*")
        if path.is_file() and (has_tunnel or not path.is_relative_to(dist / TUNNEL))
    ]


def pack(folder: Path, files: Iterable[Path], archive: Path) -> None:
    """Pack a folder's files so that the same ones give the same bytes: in order, without dates."""
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(files):
            name = f"{archive.stem}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _FILE
            entry.create_system = _UNIX
            packed.writestr(entry, path.read_bytes(), compresslevel=9)


def main() -> None:
    """Write the folder and say what is in it, or why not."""
    parser = argparse.ArgumentParser(description="Write release/ from dist/.")
    parser.add_argument("--tunnel", action="store_true", help="pack dist/tunnel/, too")
    has_tunnel: bool = parser.parse_args().tunnel
    try:
        written = release(ROOT, has_tunnel=has_tunnel)
    except ReleaseError as error:
        sys.exit(str(error))
    parts = "with the tunnel" if has_tunnel else "without a tunnel"
    print(f"release/ ({parts}), and {SUMS}:")  # noqa: T201 - for people
    for path in written:
        print(f"  {path.name} ({path.stat().st_size / 1e6:.1f} MB)")  # noqa: T201 - for people


if __name__ == "__main__":
    main()
