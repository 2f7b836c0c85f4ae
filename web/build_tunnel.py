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
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from web.build import (
    DIST,
    FILE_LIST,
    ROOT,
    WEB,
    add_asset,
    compile_python,
    describe_asset,
    list_package_files,
    run_tool,
    write_file_list,
)

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
EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's oldest date, so that the same sources give the same bytes

LICENSES = """\
This folder contains a part of pywidget and these third-party works:

Mbed TLS (assets/tls-*.wasm), compiled to WebAssembly, Apache License 2.0, whose terms follow:
Copyright The Mbed TLS Contributors. https://github.com/Mbed-TLS/mbedtls has its source.

Parts of wasi-libc, which holds parts of musl and cloudlibc, and of the run-time library, as they
come with Zig (assets/tls-*.wasm), MIT License, Apache License 2.0 with LLVM exceptions, and BSD
License, whose terms follow: https://ziglang.org has their source.

Mozilla's list of root certificates (assets/roots-*.txt), a part of it, as the Python package
certifi holds it, Mozilla Public License 2.0: https://github.com/certifi/python-certifi has its
source, https://www.mozilla.org/MPL/2.0/ its terms.

h11 (assets/tunnel-*.zip), MIT License, whose terms follow.

CPython (assets/tunnel-*.zip), if modules of its library are in there, Python Software Foundation
License Version 2: Copyright (c) 2001 Python Software Foundation; All Rights Reserved.
https://docs.python.org/3/license.html has its terms.
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


def write_licenses(target: Path) -> None:
    """Write the terms of the works in the folder, ours and those of others."""
    (h11,) = list_package_files("h11", "LICENSE.txt")
    (main,) = list_package_files("ziglang", "__main__.py")
    compiler = Path(str(main.locate())).parent
    wasi = compiler / "lib" / "libc" / "wasi"
    parts = [LICENSES]
    for name, path in (
        ("pywidget", ROOT / "LICENSE"),
        ("Mbed TLS", SOURCES / "Apache-2.0.txt"),
        ("Zig", compiler / "LICENSE"),
        ("wasi-libc", wasi / "LICENSE"),
        ("wasi-libc, MIT License", wasi / "LICENSE-MIT"),
        ("wasi-libc, with LLVM exceptions", wasi / "LICENSE-APACHE-LLVM"),
        ("musl", wasi / "libc-top-half" / "musl" / "COPYRIGHT"),
        ("cloudlibc", wasi / "libc-bottom-half" / "cloudlibc" / "LICENSE"),
        ("h11", Path(str(h11.locate()))),
    ):
        terms = path.read_text(encoding="utf-8").strip("\n")
        parts.append(f"{name}\n{'=' * len(name)}\n\n{terms}\n")
    (target / "licenses.txt").write_text("\n\n".join(parts), encoding="utf-8")


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
    build_id = json.loads((DIST / FILE_LIST).read_text(encoding="utf-8"))["build"]
    write_script(target, DIST / "assets", build_id)
    module = TLS_MODULE.read_bytes()
    (target / "assets" / f"tls-{sha256(module).hexdigest()[:10]}.wasm").write_bytes(module)
    write_licenses(target)
    write_file_list(target, build_id)


def build() -> None:
    """Build `dist/tunnel/` from scratch, and only then replace the old one."""
    shutil.rmtree(UNFINISHED, ignore_errors=True)
    fill(UNFINISHED)
    shutil.rmtree(TUNNEL, ignore_errors=True)
    UNFINISHED.rename(TUNNEL)


if __name__ == "__main__":
    build()
