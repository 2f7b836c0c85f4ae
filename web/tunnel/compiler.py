"""The compiler: Zig's C compiler from the Python package index, for WebAssembly.

The same input gives the same bytes on every machine. Zig keeps what it has compiled by path, so
each build gets a cache of its own: a copied tree that shares one silently gets the old module.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from web.tunnel.source import PINS, BuildError

STACK_SIZE: Final = 131072
"""Bytes; it lies below all data, so that running over its end traps."""

TARGET: Final = ("-target", "wasm32-wasi", "-mexec-model=reactor")
FLAGS: Final = (
    *("-std=c11", "-Os", "-g0", "-DNDEBUG", "-fno-ident"),
    *("-ffunction-sections", "-fdata-sections"),
    *("-Wall", "-Wextra", "-Werror"),
)
LINK_FLAGS: Final = (
    *("-Wl,--no-entry", "-Wl,--gc-sections", "-Wl,--strip-all"),
    f"-Wl,-z,stack-size={STACK_SIZE}",
)


def check_compiler() -> None:
    """Raises `BuildError` unless the compiler is the one that is pinned."""
    pinned = json.loads(PINS.read_text(encoding="utf-8"))["compiler"]
    try:
        found = version(pinned["package"])
    except PackageNotFoundError:
        found = "none"
    if found != pinned["version"]:
        raise BuildError(
            f"{pinned['package']} {pinned['version']} is pinned, here is {found}: "
            "`make tunnel-module` installs it"
        )


def compile_module(
    tree: Path,
    sources: Sequence[Path],
    target: Path,
    flags: Sequence[str] = (),
    link_flags: Sequence[str] = LINK_FLAGS,
) -> None:
    """Compiles Mbed TLS's library and these sources to one module.

    Args:
        tree: Mbed TLS's source; `mbedtls_config.h` of this folder configures it.
        sources: C files, after the library.
        target: The module's path.
        flags: More of them, such as `-D…`.
        link_flags: What the linker is told.

    Raises:
        BuildError: It does not compile without a warning.
    """
    check_compiler()
    command = [
        *(sys.executable, "-m", "ziglang", "cc", *TARGET, *FLAGS, *flags, *link_flags),
        *("-DMBEDTLS_CONFIG_FILE=<mbedtls_config.h>",),
        *(f"-I{folder}" for folder in (tree / "include", PINS.parent)),
        *map(str, sorted((tree / "library").glob("*.c"))),
        *map(str, sources),
        *("-o", str(target)),
    ]
    with TemporaryDirectory() as caches:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            command,
            env={**os.environ, "ZIG_GLOBAL_CACHE_DIR": caches, "ZIG_LOCAL_CACHE_DIR": caches},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise BuildError(f"the compiler says:\n{done.stderr}")
