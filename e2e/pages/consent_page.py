"""Zoom's consent page, as the simulator shows it in the popup."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class ConsentPage:
    """The popup between the click and the meeting. `page` closes by itself after the answer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def heading(self) -> Locator:
        """What is asked."""
        return self.page.get_by_role("heading", level=1)

    def choose_user(self, email: str) -> None:
        """Be somebody else in Zoom."""
        self.page.get_by_label("Signed in as").select_option(email)

    def allow(self) -> None:
        """Press Allow."""
        self._press("Allow")

    def deny(self) -> None:
        """Press Deny."""
        self._press("Deny")

    def _press(self, name: str) -> None:
        # The popup may close before the browser reports that the click has led anywhere.
        self.page.get_by_role("button", name=name, exact=True).click(no_wait_after=True)
