"""A clear error for an import of a module that the build has left out.

Facts: `dist/` holds the modules that the widget reached when it was built, and no others
(`web/tools/compile_python.py`). Python asks the finders in `sys.meta_path` in order, so the last
one is asked only for modules that no other has found.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_KNOWN = sys.stdlib_module_names | {"pywidget", "pyodide"}


class MissingModules(MetaPathFinder):
    """A finder that finds nothing, and says why."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise `ModuleNotFoundError` for a known module that the build has left out."""
        if name.partition(".")[0] not in _KNOWN:
            return None
        message = (
            f"{name!r} is not in the widget's runtime, which holds only what `pywidget.main` "
            "reached when it was built."
        )
        raise ModuleNotFoundError(message, name=name)


def explain_missing_modules() -> None:
    """Make imports of such modules fail with that error from now on."""
    sys.meta_path.append(MissingModules())
