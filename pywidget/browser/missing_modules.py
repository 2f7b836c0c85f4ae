"""A clear error for an import of what the build has left out.

Facts: `dist/` holds the modules that the widget reached when it was built, and no others
(`web/tools/compile_python.py`). Python asks the finders in `sys.meta_path` in their order, so the
last one hears only of what nobody else has found.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_KNOWN = sys.stdlib_module_names | {"pywidget", "pyodide"}


class MissingModules(MetaPathFinder):
    """Finds nothing, and says why."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raises `ModuleNotFoundError` for what would be there, had the build kept it."""
        if name.partition(".")[0] not in _KNOWN:
            return None
        message = (
            f"{name!r} is not in the widget's runtime, which holds only what `pywidget.main` "
            "reached when it was built."
        )
        raise ModuleNotFoundError(message, name=name)


def explain_missing_modules() -> None:
    """From now on, an import of such a module says so."""
    sys.meta_path.append(MissingModules())
