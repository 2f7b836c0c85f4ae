"""The build of the TLS module: Mbed TLS and `tls.c`, compiled to WebAssembly.

    python -m web.tunnel.build_module [PATH] [--write-pin | --sanitized]

It is written to PATH (by default `.cache/tunnel/tls.wasm`). The result is compared with
`pins.json`, byte for byte: a change of the C code, of Mbed TLS or of the compiler has to be
intended, and `--write-pin` says that it is. `--sanitized` builds one for tests, which traps if the
C code does something undefined; it is larger, and not pinned.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from web.tunnel.compiler import SANITIZERS, compile_module
from web.tunnel.source import CACHE, PINS, BuildError, fetch_source, read_source, unpack_source

HERE: Final = Path(__file__).resolve().parent
MODULE: Final = CACHE / "tls.wasm"
SOURCES: Final = tuple(HERE / name for name in ("tls.c", "policy.c", "outside.c"))
HEADERS: Final = tuple(HERE / name for name in ("tls.h", "policy.h", "mbedtls_config.h"))


def hash_inputs() -> str:
    """Return a short hash of everything that decides the result."""
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    digest = sha256(json.dumps([pins["source"], pins["compiler"]]).encode())
    for path in (*SOURCES, *HEADERS, HERE / "compiler.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def build(target: Path, flags: Sequence[str] = ()) -> None:
    """Compile the module; raises `BuildError`."""
    archive = fetch_source(read_source())
    with TemporaryDirectory() as folder:
        tree = unpack_source(archive, Path(folder))
        made = Path(folder) / "tls.wasm"
        compile_module(tree, SOURCES, made, flags)
        shutil.copyfile(made, target)


def build_cached() -> bytes:
    """Return the module's bytes; compile it only if something that decides them has changed."""
    kept = CACHE / f"tls-{hash_inputs()}.wasm"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".unfinished")
        build(unfinished)
        unfinished.rename(kept)
    return kept.read_bytes()


def check_pin(module: bytes) -> None:
    """Raise `BuildError` unless the module is the pinned one."""
    pinned = json.loads(PINS.read_text(encoding="utf-8"))["module"]
    found = {"bytes": len(module), "sha256": sha256(module).hexdigest()}
    if found != {name: pinned[name] for name in found}:
        raise BuildError(
            f"the module has {found['bytes']} bytes and the SHA-256 {found['sha256']}; pinned are "
            f"{pinned['bytes']} and {pinned['sha256']} (web/tunnel/pins.json). If you meant that, "
            "build with --write-pin."
        )


def write_pin(module: bytes) -> None:
    """Pin this module, with today's date."""
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    pins["module"] = {
        "date": datetime.now(UTC).date().isoformat(),
        "bytes": len(module),
        "sha256": sha256(module).hexdigest(),
    }
    PINS.write_text(f"{json.dumps(pins, indent=2)}\n", encoding="utf-8")


def main() -> str | None:
    """Build as the arguments say; return what went wrong, for people."""
    parser = argparse.ArgumentParser(description="Build the TLS module.")
    parser.add_argument("path", nargs="?", type=Path, default=MODULE)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--write-pin", action="store_true", help="pin the result")
    ways.add_argument("--sanitized", action="store_true", help="build one that traps, for tests")
    arguments = parser.parse_args()
    arguments.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if arguments.sanitized:
            build(arguments.path, SANITIZERS)
            return None
        module = build_cached()
        if arguments.write_pin:
            write_pin(module)
        check_pin(module)
    except BuildError as error:
        return f"The TLS module was not built: {error}"
    arguments.path.write_bytes(module)
    return None


if __name__ == "__main__":
    raise SystemExit(main())
