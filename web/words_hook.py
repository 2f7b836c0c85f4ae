"""The part of packaging that compiles the catalogues of words, of which Git has the sources only.

Facts: Hatchling loads this file by its path, which `pyproject.toml` names, for each wheel, sdist
and editable install. It does so where `build-system.requires` is installed and nothing else is.
"""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WordsHook(BuildHookInterface[BuilderConfig]):
    """The one step before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling's own signature
        """Compile the catalogues of the tree that is packed."""
        # By its path: an import could find another checkout's `web`, or another project's.
        run_path(str(Path(self.root, "web", "catalogue.py")), run_name="__main__")
