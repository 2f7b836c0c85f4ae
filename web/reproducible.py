"""The check that whoever builds a commit gets the same bytes: it is built in two places.

    python -m web.reproducible [--tunnel]    # `make reproducible [TUNNEL=1]`

Both places are fresh clones of the last commit, without anything built before. They differ in all
that a machine can differ in without being another one: the folder's name and length, the files'
dates, who may read them, language, time zone, the order of Python's sets, threads, the folders for
temporary files. `dist/` and `release/` are compared byte for byte.

What is shared: the installed packages, which are pinned by hash; the machine; and the tunnel's TLS
module, whose hash is pinned in `web/tunnel/pins.json`. Another Node or zlib may compress into
other bytes: the forms `.br` and `.gz`, and the archive that holds them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MODULES: Final = Path("web", "node_modules")
TLS_MODULE: Final = Path(".cache", "tunnel", "tls.wasm")
RESULTS: Final = ("dist", "release")
_MOST_NAMES: Final = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how something is built.

    Attributes:
        folder: Its name.
        date: Of all its files, in seconds since 1970.
        mask: Which rights new files don't get.
        environment: What differs from ours.
    """

    folder: str
    date: int
    mask: int
    environment: Mapping[str, str]


PLACES: Final = (
    Place(
        "a",
        date=4_102_444_800,  # 2100
        mask=0o022,
        environment={
            "LC_ALL": "C.UTF-8",
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
        },
    ),
    Place(
        "another place with a name that is longer",
        date=1,  # before the first date that a zip can say
        mask=0o077,
        environment={
            "LC_ALL": "C",
            "TZ": "America/St_Johns",
            "PYTHONHASHSEED": "4711",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "SOURCE_DATE_EPOCH": "1",
            "BINARYEN_CORES": "1",
            "GOMAXPROCS": "1",
            "UV_THREADPOOL_SIZE": "1",
        },
    ),
)


def clone(place: Place, around: Path) -> Path:
    """Clone the last commit into this place, and link what is installed into it."""
    folder = around / place.folder
    command = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
    subprocess.run(command, check=True, umask=place.mask)  # noqa: S603 - no shell
    # Each file in a place of its own: who follows a link to the folder would find them in one.
    shutil.copytree(ROOT / MODULES, folder / MODULES, copy_function=os.link, symlinks=True)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_relative_to(folder / MODULES):
            os.utime(path, (place.date, place.date))
    return folder


def build(place: Place, folder: Path, *, has_tunnel: bool) -> None:
    """Build and pack everything there, as `make release` does."""
    python = [sys.executable, "-P", "-W", "error"]
    compress = ["node", str(folder / "web" / "tools" / "compress.mjs")]
    commands = [
        [*python, "-m", "web.build"],
        [*compress, "dist", ".cache/build/compressed"],
    ]
    if has_tunnel:
        (folder / TLS_MODULE).parent.mkdir(parents=True)
        shutil.copyfile(ROOT / TLS_MODULE, folder / TLS_MODULE)
        commands += [
            [*python, "-m", "web.build_tunnel"],
            [*compress, "dist/tunnel", ".cache/build/compressed"],
        ]
    commands += [[*python, "-m", "web.release", *(["--tunnel"] if has_tunnel else [])]]
    with tempfile.TemporaryDirectory(prefix=place.folder[:1]) as home:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(folder),
            "HOME": home,
            "TMPDIR": home,
            **place.environment,
        }
        for command in commands:
            subprocess.run(command, cwd=folder, env=environment, umask=place.mask, check=True)  # noqa: S603 - no shell


def compare(one: Path, other: Path) -> Iterator[str]:
    """Name the files that are not the same in both folders."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for name in sorted(names):
        with suppress(FileNotFoundError):
            if (one / name).read_bytes() == (other / name).read_bytes():
                continue
        yield name


def digest(folder: Path) -> str:
    """Hash all files, names included, so that people can compare what they got."""
    total = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = sha256(path.read_bytes()).hexdigest()
        total.update(f"{content}  {path.relative_to(folder).as_posix()}\n".encode())
    return total.hexdigest()


def main() -> int:
    """Build twice; print the result, and return the exit code."""
    parser = argparse.ArgumentParser(description="Build in two places, and compare.")
    parser.add_argument("--tunnel", action="store_true", help="build dist/tunnel/, too")
    has_tunnel: bool = parser.parse_args().tunnel
    around = ROOT / ".cache" / "reproducible"
    shutil.rmtree(around, ignore_errors=True)
    around.mkdir(parents=True)
    folders = [clone(place, around) for place in PLACES]
    for place, folder in zip(PLACES, folders, strict=True):
        build(place, folder, has_tunnel=has_tunnel)
    one, other = folders
    wrong = [f"{part}/{name}" for part in RESULTS for name in compare(one / part, other / part)]
    if wrong:
        names = "\n".join(wrong[:_MOST_NAMES])
        print(f"Two builds differ in {len(wrong)} files:\n{names}")  # noqa: T201 - for people
        print(f"Both are in {around.relative_to(ROOT)}/.")  # noqa: T201 - for people
        return 1
    for part in RESULTS:
        count = sum(path.is_file() for path in (one / part).rglob("*"))
        print(f"{part}/: {count} files, the same in both places: {digest(one / part)}")  # noqa: T201 - for people
    shutil.rmtree(around)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
