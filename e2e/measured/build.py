"""The build whose Python tells which lines it runs, in `.cache/measured/dist/`.

    python -m e2e.measured.build [--tunnel]

It is the product's own build, in a copy of the tree in which one file is exchanged (tracer.py).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TREE: Final = ROOT / ".cache" / "measured"
TRACER: Final = Path(__file__).with_name("tracer.py")
_FOLDERS: Final = ("pywidget", "web")
_FILES: Final = ("LICENSE", "pyproject.toml", "tsconfig.json")
_LINKED: Final = ("web/node_modules", ".cache/build", ".cache/tunnel")
"""What is installed or slow to make, and is not changed."""


def copy_tree() -> None:
    """Copy what the build reads, with the tracer in place of the package's first module."""
    shutil.rmtree(TREE, ignore_errors=True)
    ignored = shutil.ignore_patterns("node_modules", "__pycache__", "en.json")
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, TREE / name, ignore=ignored)
    for name in _FILES:
        shutil.copyfile(ROOT / name, TREE / name)
    (TREE / ".cache").mkdir()
    for name in _LINKED:
        (TREE / name).symlink_to(ROOT / name)
    shutil.copyfile(TRACER, TREE / "pywidget" / "__init__.py")


def build(*, has_tunnel: bool) -> None:
    """Run the product's build there."""
    for module in ("web.build", *(["web.build_tunnel"] if has_tunnel else [])):
        subprocess.run(  # noqa: S603 - our own arguments, no shell
            [sys.executable, "-m", module],
            cwd=TREE,
            env={**os.environ, "PYTHONPATH": str(TREE)},
            check=True,
        )


def main() -> None:
    """Build it."""
    parser = argparse.ArgumentParser(description="Build what tells which lines it runs.")
    parser.add_argument("--tunnel", action="store_true", help="build dist/tunnel/, too")
    has_tunnel: bool = parser.parse_args().tunnel
    copy_tree()
    build(has_tunnel=has_tunnel)


if __name__ == "__main__":
    main()
