"""The build of `dist/tunnel/`: files that a page loads, too, if its tag has `data-tunnel`.

    python -m web.build_tunnel

`dist/` and the TLS module must have been built. The script's name contains the widget's build,
since the archive lacks only what the widget's archives and the check's both have: a cached one, or
a missing one, can't be taken for another. The files that the script names are in `tunnel/assets/`,
under names that change with their content. The folder has its own list of files and its own
licenses.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

from web.build import (
    DIST,
    ROOT,
    WEB,
    add_asset,
    compile_python,
    describe_asset,
    list_package_files,
    read_version,
    run_tool,
)
from web.licenses import Work, describe_own, read_python, write_licenses
from web.manifest import read_manifest, write_manifest
from web.tunnel.source import read_source

SOURCES = WEB / "tunnel"
TLS_MODULE = ROOT / ".cache" / "tunnel" / "tls.wasm"
ROOTS = SOURCES / "roots.pem"
PINS = SOURCES / "pins.json"
TUNNEL = DIST / "tunnel"
UNFINISHED = ROOT / "dist-tunnel.unfinished"

# The modules that are imported once the archive is there: by a page, by the first one, and by the
# check's worker.
ENTRIES = tuple(f"pywidget.browser.tunnel_{name}" for name in ("slices", "parts", "trial"))
# Page and worker have two archives each; a module that only one pair has must be included.
HASH = "?" * 10
BASES = (("python", "pywidget"), ("python-check", "check"))
_TLS = "assets/tls-*.wasm"
_MBED_TLS = "Copyright The Mbed TLS Contributors"
EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's oldest date, so that the same sources give the same bytes

LICENSES = """\
This folder contains a part of pywidget, and what others have made, none of it changed. The list has
the names of the files for each, its license, and where its source is; the terms follow. Those of
the Mozilla Public License and of CPython are in the licenses.txt of the folder around this one.
"""


def find_assets(assets: Path, *names: str) -> list[Path]:
    """Find the archives of these names in the widget's assets, one of each."""
    found = [path for name in names for path in assets.glob(f"{name}-{HASH}.zip")]
    if len(found) != len(names):
        raise RuntimeError(f"{assets} is incomplete: run make dist/embed.js")
    return found


def list_modules(archives: Iterable[Path]) -> frozenset[str]:
    """List the names of the files in them."""
    names: set[str] = set()
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            names.update(archive.namelist())
    return frozenset(names)


def write_archive(target: Path, base: Path) -> None:
    """Write the tunnel's Python without the modules that the page and the check both have."""
    bases = [list_modules(find_assets(base, *names)) for names in BASES]
    known = frozenset.intersection(*bases)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(target, "w") as merged:
        for path in compile_python(Path(folder), "library", "packages", *ENTRIES):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name not in known:
                        merged.writestr(zipfile.ZipInfo(name, EPOCH), archive.read(name))


def list_works() -> Iterator[Work]:
    """List what is in the folder, ours and that of others."""
    from web.tunnel.roots import read_release  # noqa: PLC0415 - needs the extra `tunnel`

    yield describe_own(read_version(), "all else")
    yield read_python("h11", "assets/tunnel-*.zip")
    yield Work("CPython", "", "assets/tunnel-*.zip", "Python Software Foundation License", "", "")
    mbedtls = read_source()
    source = "https://github.com/Mbed-TLS/mbedtls"
    terms = "\n\n".join([_MBED_TLS, read_text(SOURCES / "Apache-2.0.txt")])
    yield Work("Mbed TLS", mbedtls.version, _TLS, "Apache License 2.0", source, terms)
    (main,) = list_package_files("ziglang", "__main__.py")
    compiler = Path(str(main.locate())).parent
    zig, wasi = distribution("ziglang").version, compiler / "lib" / "libc" / "wasi"
    for name, license_name, path in (
        ("run-time library", "MIT", compiler / "LICENSE"),
        ("wasi-libc", "Apache License 2.0 with LLVM exceptions, or MIT", wasi / "LICENSE"),
        ("wasi-libc (MIT License)", "MIT", wasi / "LICENSE-MIT"),
        ("wasi-libc (with LLVM exceptions)", "Apache License 2.0", wasi / "LICENSE-APACHE-LLVM"),
        ("musl", "MIT", wasi / "libc-top-half" / "musl" / "COPYRIGHT"),
        ("cloudlibc", "BSD", wasi / "libc-bottom-half" / "cloudlibc" / "LICENSE"),
    ):
        yield Work(f"Zig's {name}", zig, _TLS, license_name, "https://ziglang.org", read_text(path))
    release = read_release(ROOTS.read_text(encoding="utf-8"))
    title = (
        "Mozilla's list of root certificates, a part of it, as the Python package certifi has it"
    )
    source = "https://github.com/certifi/python-certifi"
    yield Work(title, release, "assets/roots-*.txt", "Mozilla Public License 2.0", source, "")


def read_text(path: Path) -> str:
    """Read terms without the empty lines around them."""
    return path.read_text(encoding="utf-8").strip("\n")


def write_script(target: Path, base: Path, build_id: str) -> Path:
    """Write the script and the files that it names, all but TLS, which is only named.

    TLS takes a compiler, which few need; what has to come of it is pinned.

    Args:
        target: The folder for the tunnel; it is created.
        base: The folder with the widget's assets.
        build_id: The widget's build.
    """
    assets = target / "assets"
    assets.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "tunnel.zip"
        write_archive(archive, base)
        archive = add_asset(assets, archive)
        roots = Path(folder) / "roots.txt"  # some servers do not send files that end in .pem
        shutil.copyfile(ROOTS, roots)
        roots = add_asset(assets, roots)
    pinned = bytes.fromhex(json.loads(PINS.read_text(encoding="utf-8"))["module"]["sha256"])
    values = {
        "TUNNEL_ARCHIVE": describe_asset(assets, archive),
        "TLS_WASM": {
            "file": f"tls-{pinned.hex()[:10]}.wasm",
            "digest": f"sha256-{b64encode(pinned).decode()}",
        },
        "ROOTS": describe_asset(assets, roots),
    }
    script = target / f"tunnel-{build_id}.js"
    run_tool("bundle_tunnel.mjs", script, json.dumps(values))
    return script


def describe_script(base: Path, build_id: str) -> dict[str, str]:
    """Return what the widget's scripts know the tunnel's by, built or not; arguments as above."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "tunnel"
        return describe_asset(Path(folder), write_script(target, base, build_id))


def fill(target: Path) -> None:
    """Create everything in this empty folder."""
    build_id = read_manifest(DIST)["build"]
    write_script(target, DIST / "assets", build_id)
    module = TLS_MODULE.read_bytes()
    (target / "assets" / f"tls-{sha256(module).hexdigest()[:10]}.wasm").write_bytes(module)
    write_licenses(target, LICENSES, list_works())
    write_manifest(target, version=read_version(), build_id=build_id)


def build() -> None:
    """Build `dist/tunnel/` from scratch, and only then replace the old one."""
    shutil.rmtree(UNFINISHED, ignore_errors=True)
    fill(UNFINISHED)
    shutil.rmtree(TUNNEL, ignore_errors=True)
    UNFINISHED.rename(TUNNEL)


if __name__ == "__main__":
    build()
