"""Zoom's consent page, as the simulator shows it in the popup."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class ConsentPage:
    """The popup with the consent page. `page` closes automatically after the answer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def heading(self) -> Locator:
        """The question."""
        return self.page.get_by_role("heading", level=1)

    def choose_user(self, email: str) -> None:
        """Choose another Zoom user."""
        self.page.get_by_label("Signed in as").select_option(email)

    def allow(self) -> None:
        """Press *Allow*."""
        self._press("Allow")

    def deny(self) -> None:
        """Press *Deny*."""
        self._press("Deny")

    def answer(self, **fields: str) -> None:
        """Send the browser back with these fields instead of Zoom's answer.

        `state` is the right one unless it is given; `code="x"` and `error="x"` are what Zoom sends.
        """
        self.heading.wait_for()
        asked = dict(parse_qsl(urlsplit(self.page.url).query))
        query = urlencode({"state": asked["state"], **fields})
        self.page.evaluate("url => { location.href = url }", f"{asked['redirect_uri']}?{query}")

    def allow_by_key(self) -> None:
        """Press *Allow* with the Enter key."""
        self._press_by_key("Allow")

    def deny_by_key(self) -> None:
        """Press *Deny* with the Enter key."""
        self._press_by_key("Deny")

    def _press_by_key(self, name: str) -> None:
        self.page.bring_to_front()  # where the keys go
        button = self.page.get_by_role("button", name=name, exact=True)
        button.focus()
        try:
            button.press("Enter", no_wait_after=True)
        except Error:  # the popup closes when the key goes down, and misses that it comes up again
            if not self.page.is_closed():
                raise

    def _press(self, name: str) -> None:
        # The popup may close before the browser reports the navigation that the click causes.
        self.page.get_by_role("button", name=name, exact=True).click(no_wait_after=True)
