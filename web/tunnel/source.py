"""Mbed TLS's source: cached or else fetched, and never used unless it is the pinned one.

It comes from upstream's release, or from Debian's source package, which holds the same file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import urllib.request
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = ROOT / ".cache" / "tunnel"
PINS: Final = ROOT / "web" / "tunnel" / "pins.json"
_PATIENCE: Final = 10
"""Seconds that upstream has for each step of its response; then Debian is tried."""


class BuildError(Exception):
    """An error for something that the build needs, and that is missing or not as it was pinned."""


@dataclass(frozen=True)
class Source:
    """The pinned source: the archive of one release.

    Attributes:
        sha256: The archive's hash, in hexadecimal.
        url: Where upstream has it.
    """

    name: str
    version: str
    sha256: str
    url: str

    @property
    def file_name(self) -> str:
        """The archive's name, as upstream writes it."""
        return f"{self.name}-{self.version}.tar.bz2"


def read_source() -> Source:
    """Read which source is pinned."""
    return Source(**json.loads(PINS.read_text(encoding="utf-8"))["source"])


def fetch_source(source: Source, cache: Path = CACHE) -> Path:
    """Fetch the archive, if the cache does not have it; return its path there.

    Raises:
        BuildError: It is available nowhere, or the one that is there is another.
    """
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / source.file_name
    if not archive.exists():
        fetched = _fetch_upstream(source, cache) or _fetch_debian(source, cache)
        if fetched is None:
            raise BuildError(
                f"{source.file_name} can't be fetched: {source.url} does not respond, and Debian's "
                f"sid does not have {source.name} {source.version} (it keeps only the newest). "
                f"Put the file into {cache} by hand (snapshot.debian.org has it as "
                f"{source.name}_{source.version}.orig.tar.bz2: rename it), or pin a newer release "
                "of the same series in web/tunnel/pins.json and build with --write-pin."
            )
        fetched.rename(archive)
    digest = sha256(archive.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise BuildError(
            f"{archive.name} has the SHA-256 {digest}; {source.sha256} is pinned. It is not used. "
            "Delete it, and find out where it came from."
        )
    return archive


def unpack_source(archive: Path, target: Path) -> Path:
    """Unpack it into a folder; return the one inside that holds `library/` and `include/`."""
    # Python 3.11.3 and older have no filters; the hash vouches for the content.
    safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(archive) as packed:
        packed.extractall(target, **safely)  # noqa: S202
    (tree,) = (path for path in target.iterdir() if (path / "library").is_dir())
    return tree


def list_debian_versions(name: str, cache: Path = CACHE) -> list[str]:
    """List the upstream versions of a source package in Debian's sid, as its mirror has it now.

    Raises:
        BuildError: There is no apt, or no mirror answers.
    """
    folder = _prepare_apt(cache)
    said = _run_apt(folder, "apt-cache", "showsrc", "--only-source", name)
    versions = [line.split()[1] for line in said.splitlines() if line.startswith("Version:")]
    return [version.split(":")[-1].rpartition("-")[0] for version in versions]


def _fetch_upstream(source: Source, cache: Path) -> Path | None:
    target = cache / f"{source.file_name}.unfinished"
    try:
        with (
            urllib.request.urlopen(source.url, timeout=_PATIENCE) as answer,  # noqa: S310 - pinned
            target.open("wb") as file,
        ):
            shutil.copyfileobj(answer, file)
    except OSError:
        target.unlink(missing_ok=True)
        return None
    return target


def _fetch_debian(source: Source, cache: Path) -> Path | None:
    try:
        if source.version not in list_debian_versions(source.name, cache):
            return None
        folder = cache / "apt"
        _run_apt(folder, "apt-get", "source", "--download-only", source.name)
    except BuildError:
        return None
    found = folder / f"{source.name}_{source.version}.orig.tar.bz2"
    return found if found.exists() else None


def _prepare_apt(cache: Path) -> Path:
    """Let apt read sid's list of sources in a folder of its own, as any user.

    Only the configured mirror is taken from the system, none of which is changed.
    """
    if not (shutil.which("apt-get") and shutil.which("apt-cache")):
        raise BuildError("there is no apt here")
    folder = cache / "apt"
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    sites = _run("apt-get", "indextargets", "--format", "$(SITE)").split()
    mirror = next((site for site in sites if site.rstrip("/").endswith("/debian")), None)
    if mirror is None:
        raise BuildError("apt knows no mirror of Debian here")
    (folder / "sources.list").write_text(f"deb-src {mirror} sid main\n", encoding="utf-8")
    (folder / "status").touch()
    _run_apt(folder, "apt-get", "update")
    return folder


def _run_apt(folder: Path, program: str, *arguments: str) -> str:
    options = {
        "Dir::State::Lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder,
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "APT::Sandbox::User": "root",  # nobody else: the folder is ours alone
    }
    chosen = [f"-o{name}={value}" for name, value in options.items()]
    return _run(program, "--quiet", *chosen, *arguments, folder=folder)


def _run(program: str, *arguments: str, folder: Path | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildError(f"{program} {arguments[-1]}: {done.stderr.strip()}")
    return done.stdout
