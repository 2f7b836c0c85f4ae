"""The nginx that the tests run: it is found, or else fetched.

    python -m e2e.relay.nginx

It is looked for in $NGINX, on the path (and in /usr/sbin, which is not on every path), and in
`.cache/nginx`. If there is none, Debian's or Ubuntu's package is unpacked there, without root or a
service that starts. On other systems the tests that need nginx are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

CACHE: Final = Path(__file__).resolve().parents[2] / ".cache" / "nginx"
HOW_TO_GET_IT: Final = (
    "there is no nginx: `make nginx` unpacks Debian's or Ubuntu's; elsewhere install it, "
    "or set $NGINX to its path"
)
_PACKAGES: Final = ("nginx", "nginx-core")
"""The packages that may have the program; today it is the first, in older releases the second."""


@dataclass(frozen=True)
class Nginx:
    """An nginx program that can be run."""

    path: Path
    libraries: tuple[Path, ...] = ()
    """Folders with the libraries that the system lacks."""

    def build_environment(self) -> dict[str, str]:
        """Return its environment, without $NGINX, which it takes for a list of open sockets."""
        environment = {name: value for name, value in os.environ.items() if name != "NGINX"}
        if self.libraries:
            environment["LD_LIBRARY_PATH"] = os.pathsep.join(map(str, self.libraries))
        return environment


def find_nginx() -> Nginx | None:
    """Return an installed or fetched nginx, or `None`.

    Raises `OSError` if $NGINX is set and is no file.
    """
    named = os.environ.get("NGINX")
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(2, "$NGINX is no file", named)
        return Nginx(Path(named).resolve())
    search = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    installed = shutil.which("nginx", path=search)
    if installed:
        return Nginx(Path(installed))
    fetched = CACHE / "usr" / "sbin" / "nginx"
    if not fetched.exists():
        return None
    libraries = {path.parent for path in CACHE.rglob("*.so.*")}
    return Nginx(fetched, tuple(sorted(libraries)))


def fetch_nginx() -> bool:
    """Unpack the system's package into the cache; return whether that worked."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return False
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE.parent) as folder:
        unpacked = Path(folder) / "unpacked"
        for package in _PACKAGES:
            for name in (package, *_list_missing_libraries(package)):
                if not _unpack(name, Path(folder), unpacked):
                    return False
            if (unpacked / "usr" / "sbin" / "nginx").exists():
                shutil.rmtree(CACHE, ignore_errors=True)
                unpacked.rename(CACHE)
                return True
    return False


def _unpack(package: str, folder: Path, target: Path) -> bool:
    if not _download(package, folder) and not (_update() and _download(package, folder)):
        return False
    (archive,) = folder.glob("*.deb")
    _run("dpkg", "-x", str(archive), str(target))
    archive.unlink()
    return True


def _download(package: str, folder: Path) -> bool:
    return _run("apt-get", "--quiet", "download", package, folder=folder).returncode == 0


def _update() -> bool:
    """Fetch the package lists, without which apt knows no package; only root may."""
    return os.geteuid() == 0 and _run("apt-get", "--quiet", "update").returncode == 0


def _list_missing_libraries(package: str) -> list[str]:
    """Return the libraries that the package needs and the system lacks."""
    said = _run("apt-cache", "depends", "--important", package).stdout
    needed = [line.split()[-1] for line in said.splitlines() if "Depends:" in line]
    return [name for name in needed if name.startswith(("lib", "zlib")) and not _is_installed(name)]


def _is_installed(package: str) -> bool:
    said = _run("dpkg-query", "--show", "--showformat=${db:Status-Status}", package).stdout
    return said.startswith("installed")


def _run(*command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - no shell


if __name__ == "__main__":
    if find_nginx() is None and not fetch_nginx():
        print(f"The tests of the nginx recipe will be skipped: {HOW_TO_GET_IT}.")  # noqa: T201 - for people
