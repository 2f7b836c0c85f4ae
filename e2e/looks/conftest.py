"""The page that tests of looks have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from e2e.looks.easel import Easel
from e2e.looks.shifts import observe_shifts

if TYPE_CHECKING:
    from e2e.conftest import OpenContext


class OpenEasel(Protocol):
    """Opens an easel in a context of its own."""

    def __call__(
        self, width: int = 480, *, letters: str = "100%", direction: str = "ltr", **options: Any
    ) -> Easel:
        """Open it; `options` are those of Playwright's contexts."""


@pytest.fixture
def open_easel(open_context: OpenContext, hosts_url: str) -> OpenEasel:
    """A function that opens an easel; without motion, unless the test wants it."""

    def open_easel(
        width: int = 480, *, letters: str = "100%", direction: str = "ltr", **options: Any
    ) -> Easel:
        size = {"width": width, "height": 900}
        context = open_context(viewport=size, **{"reduced_motion": "reduce", **options})
        page = context.new_page()
        observe_shifts(page)
        return Easel(page, hosts_url, letters=letters, direction=direction)

    return open_easel
