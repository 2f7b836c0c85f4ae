"""The editors' pages, beside the fixtures of the other browser tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from zoom_meeting_testing.pages import TabStorage

from e2e.editors import EditorPages
from e2e.editors.editor_page import EditorPage
from e2e.stage import MAYA

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenContext
    from e2e.demo import Zoom
    from e2e.hosts import HostPages


class OpenEditor(Protocol):
    """Opens an editor in a browser context of its own, with a user who is connected to Zoom."""

    def __call__(self, name: str, content: str) -> EditorPage:
        """Open the page of this editor, with this content."""


@pytest.fixture(scope="session")
def editor_pages(hosts: HostPages, zoom: Zoom) -> EditorPages:
    """The editors' pages, on the server of the host pages."""
    return EditorPages(hosts, zoom)


@pytest.fixture
def open_editor(
    editor_pages: EditorPages, hosts_url: str, open_context: OpenContext, simulator: Simulator
) -> OpenEditor:
    """A function that opens the page of an editor."""

    def open_editor(name: str, content: str) -> EditorPage:
        page = open_context().new_page()
        page.goto(hosts_url + editor_pages.serve(name, content))
        TabStorage(page).keep_token(simulator.issue_tokens(MAYA))
        return EditorPage(page, name)

    return open_editor
