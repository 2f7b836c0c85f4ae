"""Takes the documentation's pictures of the demo, as `make demo` serves it.

The install check is shown on a site that has three mistakes.

python -m e2e.screenshots docs/images
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright
from zoom_meeting_testing.pages import AppointmentBook, InstallCheck, MeetingWidget
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from e2e import day_picture
from e2e.browser import launch
from e2e.delivery import DIST
from e2e.demo import DEMO_CLIENT_ID, Zoom, create_demo_app
from e2e.install_site import InstallSite, add_gzip
from e2e.journey_picture import VIEWPORT, take_journey

_PATIENCE_MS = 30_000
_WIDE = {"width": 1280, "height": 800}
_REPORT = {"width": 900, "height": 1270}
_PHONE = {"width": 390, "height": 780}


class Photographer:
    """Takes each picture with a new browser context and a simulator that was reset."""

    def __init__(self, browser: Browser, url: str, server: SimulatorServer, folder: Path) -> None:
        self._browser = browser
        self._url = url
        self._zoom = Zoom(DEMO_CLIENT_ID, server.url)
        self._simulator = server.simulator
        self._folder = folder

    def take_all(self) -> None:
        """Take every picture that the documentation shows."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in (
            "menu",
            "consent",
            "ready",
            "dark",
            "phone",
            "error",
            "check",
            "journey",
            "day",
        ):
            self._simulator.reset()
            getattr(self, f"_take_{name}")()

    def _take_menu(self) -> None:
        page, widget = self._open()
        widget.add_button.click()
        widget.connect_button.wait_for()
        self._keep(page, "menu")

    def _take_consent(self) -> None:
        _page, widget = self._open()
        widget.add_button.click()
        consent = widget.connect()
        consent.heading.wait_for()
        self._keep(consent.page, "consent")

    def _take_ready(self) -> None:
        page, widget = self._open()
        _make_meeting(widget)
        widget.details_summary.click()
        self._keep(page, "ready")

    def _take_dark(self) -> None:
        page, widget = self._open(color_scheme="dark")
        _make_meeting(widget)
        widget.copy_button.click()
        self._keep(page, "dark")

    def _take_phone(self) -> None:
        page, widget = self._open(viewport=_PHONE, device_scale_factor=2)
        _make_meeting(widget)
        widget.panel.scroll_into_view_if_needed()
        self._keep(page, "phone")

    def _take_error(self) -> None:
        page, widget = self._open()
        self._simulator.add_fault({"operation": "create", "kind": "respond", "status": 500})
        widget.add_button.click()
        widget.connect().allow()
        widget.wait_for_state("error")
        self._keep(page, "error")

    def _take_journey(self) -> None:
        page = self._open_page(viewport=VIEWPORT)
        take_journey(page, self._url, self._folder / "journey.webp")
        page.context.close()

    def _take_day(self) -> None:
        options = {"viewport": day_picture.VIEWPORT, "device_scale_factor": day_picture.SCALE}
        page = self._open_page(**options)
        day_picture.take_day(page, self._url, self._folder / "day.webp")
        page.context.close()

    def _take_check(self) -> None:
        self._simulator.change_settings({"cors_api": False})
        with TemporaryDirectory() as folder:
            site = InstallSite(self._zoom, add_gzip(DIST, Path(folder)))
            site.policy = site.policy.replace(" 'wasm-unsafe-eval'", "")
            site.headers["/zoom/callback.html"] = {"cache-control": "max-age=3600"}
            with ServerThread(site.app) as server:
                page = self._open_page(viewport=_REPORT)
                check = InstallCheck(page, server.url)
                check.check()
                self._keep(page, "check")

    def _open(self, **options: object) -> tuple[Page, MeetingWidget]:
        page = self._open_page(**options)
        widget = AppointmentBook(page, self._url).open()
        widget.wait_for_state("idle")
        return page, widget

    def _open_page(self, **options: object) -> Page:
        settings = {"locale": "en-US", "timezone_id": "America/New_York", "viewport": _WIDE}
        context = self._browser.new_context(**{**settings, **options})  # type: ignore[arg-type]
        context.set_default_timeout(_PATIENCE_MS)
        return context.new_page()

    def _keep(self, page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        page.screenshot(path=self._folder / f"{name}.png", animations="disabled")
        page.context.close()


def _make_meeting(widget: MeetingWidget) -> None:
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")


def main(folder: Path) -> None:
    """Serve the demo, and take the pictures."""
    expect.set_options(timeout=_PATIENCE_MS)
    with (
        SimulatorServer() as simulator,
        ServerThread(
            create_demo_app(Zoom(DEMO_CLIENT_ID, simulator.url), simulator=simulator.simulator)
        ) as demo,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        Photographer(browser, demo.url, simulator, folder).take_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
