"""The install check's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_PATIENCE_MS: Final = 10_000  # as in web/check-rehearsal.js


class InstallCheck:
    """The page `check.html` of one site."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.summary = page.get_by_role("heading", level=2)
        self.status = page.get_by_role("status")
        self.failure = page.get_by_role("alert")
        self.address = page.get_by_label("Address of the page with the widget")
        self.run_button = page.get_by_role("button", name="Check", exact=True)
        self.rehearse_button = page.get_by_role("button", name="Open the sign-in window")
        self.copy_button = page.get_by_role("button", name="Copy as text")

    def open(self, path: str = "/appointments") -> None:
        """Open the check for a page, which begins at once; without a path, only open it."""
        self.page.goto(f"{self.url}/zoom/check.html" + (f"?page={path}" if path else ""))

    def wait_for_result(self) -> None:
        """Wait until the check is finished."""
        self.copy_button.wait_for()

    def check(self, path: str = "/appointments") -> dict[str, str]:
        """Check a page, and return the verdict of each row."""
        self.open(path)
        self.wait_for_result()
        return self.read_verdicts()

    def find_row(self, name: str) -> Locator:
        """Return a row by its stable name."""
        return self.page.locator(f'[data-row="{name}"]')

    def read_verdicts(self) -> dict[str, str]:
        """Return the verdict of each row, by the row's stable name."""
        script = "rows => rows.map(({ dataset: { row, verdict } }) => [row, verdict])"
        return dict(self.page.locator("[data-row]").evaluate_all(script))

    def list_wrong(self) -> list[str]:
        """Return the rows that are wrong, in the order of the page."""
        return [name for name, verdict in self.read_verdicts().items() if verdict == "wrong"]

    def paste_tag(self, markup: str) -> None:
        """Open the folded part of the form, and paste a tag."""
        self.page.get_by_text("A script creates the tag on my page").click()
        self.page.get_by_label("The tag as it ends up in the page").fill(markup)

    def take_over_clock(self) -> None:
        """Let time pass only when the test says so. Call this before the page is opened."""
        self.page.clock.install()

    def rehearse_in_vain(self) -> Locator:
        """Try the sign-in window and wait until the page gives up; return the rehearsal's row."""
        with self.page.expect_popup() as popup:
            self.rehearse_button.click()
        popup.value.wait_for_load_state()
        self.page.clock.fast_forward(_PATIENCE_MS)
        row = self.find_row("rehearsal")
        row.wait_for()
        return row

    def rehearse(self) -> Locator:
        """Try the sign-in window, and return the rehearsal's row."""
        self.rehearse_button.click()
        row = self.find_row("rehearsal")
        row.wait_for()
        return row
