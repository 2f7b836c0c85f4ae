"""The compiler: Zig's C compiler from the Python package index, for WebAssembly.

The same input gives the same bytes on every machine. Zig caches what it has compiled by path, so
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

STACK_SIZE: Final = 65536
"""Bytes, of which a twentieth was seen in use. The stack lies below all data, so that an overflow
traps instead of changing something."""

FLAGS: Final = (
    *("-target", "wasm32-wasi", "-std=c11", "-Os", "-g0", "-DNDEBUG", "-fno-ident"),
    *("-ffunction-sections", "-fdata-sections"),
)
SANITIZERS: Final = ("-fsanitize=undefined", "-fsanitize-trap=undefined")
WARNINGS: Final = ("-Wall", "-Wextra", "-Werror")
LINK_FLAGS: Final = (
    *("-mexec-model=reactor", "-Wl,--no-entry", "-Wl,--gc-sections", "-Wl,--strip-all"),
    f"-Wl,-z,stack-size={STACK_SIZE}",
)


def check_compiler() -> None:
    """Raise `BuildError` unless the compiler is the pinned one."""
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
    tree: Path, sources: Sequence[Path], target: Path, flags: Sequence[str] = ()
) -> None:
    """Compile Mbed TLS's library and our sources to one module.

    Args:
        tree: Mbed TLS's source; `mbedtls_config.h` of this folder configures it.
        sources: C files, after the library.
        target: The module's path.
        flags: More flags for the compiler.

    Raises:
        BuildError: It does not compile without a warning.
    """
    with TemporaryDirectory() as caches:
        run_compiler(
            [
                *(*WARNINGS, *LINK_FLAGS, *flags, "-DMBEDTLS_CONFIG_FILE=<mbedtls_config.h>"),
                *(f"-I{folder}" for folder in (tree / "include", PINS.parent)),
                *map(str, sorted((tree / "library").glob("*.c"))),
                *map(str, sources),
                *("-o", str(target)),
            ],
            Path(caches),
        )


def run_compiler(arguments: Sequence[str], caches: Path) -> None:
    """Run the compiler with a folder for its cache; raises `BuildError`."""
    check_compiler()
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [sys.executable, "-m", "ziglang", "cc", *FLAGS, *arguments],
        env={
            **os.environ,
            "ZIG_GLOBAL_CACHE_DIR": str(caches),
            "ZIG_LOCAL_CACHE_DIR": str(caches),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildError(f"the compiler says:\n{done.stderr}")
