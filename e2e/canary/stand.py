"""A page's server, Zoom and browser contexts, all of which are recorded.

with Stand(folder) as stand:
    context = stand.open_context(browser)
    ...  # a journey
    stand.look(page)
    assert stand.search().strays == []
"""

from __future__ import annotations

import base64
import json
import logging
import re
import secrets
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zoom_meeting_testing.service import ServiceGroup
from zoom_meeting_testing.simulator import ServerThread, Simulator, create_app

from e2e.browser import CLIPBOARD
from e2e.canary.ear import Ear
from e2e.canary.places import Place
from e2e.canary.record import Record
from e2e.canary.search import Findings, search
from e2e.canary.secrets import Kind
from e2e.canary.tap import Tap, sort_for_page, sort_for_zoom
from e2e.demo import DEMO_CLIENT_ID, Zoom
from e2e.hosts import HostPages

if TYPE_CHECKING:
    from contextlib import ExitStack

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Download,
        Page,
        Request,
        Route,
        WebError,
    )

    from e2e.canary.secrets import Secrets

_SCRIPTS: Final = Path(__file__).resolve().parent / "page"
_ZOOMS_HOSTS: Final = re.compile(r"https://([\w-]+\.)*zoom\.us/")
_OF_ANY_ORIGIN: Final = frozenset({Place.MESSAGE, Place.OPENED})
"""What a window that is not ours could do to us."""
_TIMEOUT_MS: Final = 20_000


_RUN: Final = """
(code) => new Promise((resolve) => {
  const script = document.createElement("script");
  script.type = "py";
  script.textContent = code;
  script.addEventListener("py:done", resolve);
  document.body.append(script);
})
"""
_TELL_REPRS: Final = """
import gc
from js import canaryHear
known = (each for each in gc.get_objects() if type(each).__module__.startswith("pywidget"))
canaryHear("REPRS", "\\n".join(map(repr, known)))
"""


class Stand(ServiceGroup):
    """The servers, and the record of all that passes."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.record = Record()
        self.simulator = Simulator()
        self._ear = Ear(create_app(self.simulator))
        self._folder = folder
        self._output = StringIO()

    def start_parts(self, running: ExitStack) -> None:
        """Start Zoom, and the server of host pages."""
        zoom = ServerThread(Tap(self._ear, self.record, sort_for_zoom))
        self.zoom_url = running.enter_context(zoom).url
        self.hosts = HostPages(Zoom(DEMO_CLIENT_ID, self.zoom_url), self._folder)
        pages = ServerThread(Tap(self.hosts.app, self.record, sort_for_page))
        self.url = running.enter_context(pages).url
        handler = logging.StreamHandler(self._output)
        logging.getLogger().addHandler(handler)
        running.callback(logging.getLogger().removeHandler, handler)

    @property
    def secrets(self) -> Secrets:
        """All that were heard."""
        return self._ear.secrets

    def begin(self) -> None:
        """Forget what was recorded, and let Zoom begin anew."""
        self.reset()
        self.record.clear()
        self._ear.clear()

    def make_link(self) -> str:
        """Return a client's link that Zoom has never given: secrets that are in the notes only."""
        tk, pwd = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        self.secrets.hear(Kind.TK, tk)
        self.secrets.hear(Kind.PWD, pwd)
        return f"https://us02web.zoom.us/w/86012345678?tk={tk}&pwd={pwd}"

    def reset(self) -> None:
        """Let Zoom begin anew; what was recorded stays."""
        self.simulator.clear_faults()  # what a fault says is the test's own business
        self.record.add(
            Place.ZOOM_LOG,
            *(json.dumps(each) for each in self.simulator.list_requests()),
            json.dumps(self.simulator.to_json()),
        )
        self.simulator.reset()
        self.simulator.change_settings({"demo_url": f"{self.url}/", "per_second_limits": False})

    def search(self) -> Findings:
        """Search all that was recorded."""
        self.reset()
        self.record.add(Place.SERVER_OUTPUT, self._output.getvalue())
        return search(self.record, self.secrets.list_all())

    # The browser

    def open_context(self, browser: Browser) -> BrowserContext:
        """Open a browser context, as if another person's browser, and listen to it."""
        context = browser.new_context(
            locale="en-US", timezone_id="America/New_York", permissions=CLIPBOARD["chromium"]
        )
        context.set_default_timeout(_TIMEOUT_MS)
        context.expose_binding("canaryHear", self._hear)
        for name in ("listen.js", "look.js"):
            context.add_init_script(path=_SCRIPTS / name)
        context.route(_ZOOMS_HOSTS, _show_zoom)
        context.on("request", self._keep_request)
        context.on("console", self._keep_console)
        context.on("weberror", self._keep_error)
        return context

    def look(self, page: Page) -> None:
        """Record what a page of ours and its origin hold now."""
        found: list[tuple[str, str]] = page.evaluate("() => window.canary.look()")
        for place, text in found:
            self._keep(Place[place], text)
        self.record.add(Place.COOKIES, json.dumps(page.context.cookies()))
        self._keep_history(page)

    def look_into_caches(self, page: Page) -> None:
        """Record the whole of Cache Storage."""
        bodies: list[str] = page.evaluate("() => window.canary.readCaches()")
        self.record.add_memory(Place.CACHES, map(base64.b64decode, bodies))

    def run_python(self, page: Page, code: str) -> None:
        """Run Python in the widget's own interpreter; `page` has it running."""
        page.evaluate(_RUN, code)

    def look_into_python(self, page: Page) -> None:
        """Record the repr of every object of ours that Python holds."""
        self.run_python(page, _TELL_REPRS)

    def look_into_window(self, window: Page) -> None:
        """Record what a window that the widget opened holds of ours; it goes to our origin."""
        window.goto(self.url + self.hosts.serve("<p>A page without a widget</p>"))
        held = window.evaluate("() => JSON.stringify([name, opener === null, {...sessionStorage}])")
        self.record.add(Place.OPENED, held)

    def keep_download(self, download: Download) -> None:
        """Record a file that the user has saved."""
        self.record.add(Place.DOWNLOADS, Path(download.path()).read_bytes())

    def _keep_history(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        entries = session.send("Page.getNavigationHistory")["entries"]
        session.detach()
        # Chromium tells what was asked for at first, too; people and pages get the address only.
        for entry in entries:
            if entry["url"].startswith(self.url):
                self.record.add(Place.HISTORY, f"{entry['url']} {entry['title']}")

    def _hear(self, source: dict[str, Any], place: str, text: str) -> None:
        if source["frame"].url.startswith(self.url) or Place[place] in _OF_ANY_ORIGIN:
            self._keep(Place[place], text)

    def _keep(self, place: Place, text: str) -> None:
        if place in {Place.TOKEN_ENTRY, Place.ATTEMPT_ENTRY}:
            key, _, value = text.partition("\n")
            self.secrets.hear_stored(key, value)
        self.record.add(place, text)

    def _keep_request(self, request: Request) -> None:
        """Record what goes to neither server; what goes to them, they record themselves."""
        if request.url.startswith((self.url, self.zoom_url)):
            return
        place = Place.ELSEWHERE
        if _ZOOMS_HOSTS.match(request.url) and request.is_navigation_request():
            place = Place.START_URL if "/s/" in request.url else Place.JOIN_URL
        self.record.add(place, request.url)
        self.record.add(Place.ELSEWHERE, request.post_data or "")
        self.record.add(Place.ELSEWHERE_HEADERS, json.dumps(request.headers))

    def _keep_console(self, message: ConsoleMessage) -> None:
        self.record.add(Place.CONSOLE, f"{message.text} {json.dumps(message.location)}")

    def _keep_error(self, error: WebError) -> None:
        self.record.add(Place.TRACEBACKS, str(error.error), error.error.stack or "")


def _show_zoom(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<title>Zoom</title><h1>Zoom</h1>")
