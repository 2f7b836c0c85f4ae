"""Stores what pages tell of the lines that they have run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coverage import CoverageData

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

PREFIX: Final = "pywidget-arcs "
"""What such a message begins with (tracer.py)."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_PACKAGE: Final = _ROOT / "pywidget"
_DATA: Final = _ROOT / ".cache" / "coverage" / "data"
"""As in `pyproject.toml`."""


class PageLines:
    """The lines that pages and their workers have run, as coverage.py has them."""

    def __init__(self) -> None:
        self._arcs: dict[str, set[tuple[int, int]]] = defaultdict(set)

    @contextmanager
    def of(self, browser: Browser) -> Iterator[None]:
        """Hear all pages that this browser opens, and their workers; save what they told."""
        open_context = browser.new_context

        def open_heard(**options: Any) -> BrowserContext:
            context = open_context(**options)
            context.on("console", self._hear)
            return context

        browser.new_context = open_heard  # type: ignore[method-assign]  # what fixtures call
        yield
        self._save()

    def _hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(PREFIX):
            return
        for path, arcs in json.loads(message.text.removeprefix(PREFIX)).items():
            self._arcs[str(_PACKAGE / path)].update(map(tuple, arcs))

    def _save(self) -> None:
        """Write a data file of its own, for `coverage combine`."""
        _DATA.parent.mkdir(parents=True, exist_ok=True)
        data = CoverageData(basename=str(_DATA), suffix=True)
        data.add_arcs(self._arcs)
        data.write()
