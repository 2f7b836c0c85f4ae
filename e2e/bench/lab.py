"""Browsers with empty caches, and tabs in them: every measurement starts with these.

A tab that complains or does not finish ends the run: its times would mean nothing.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.bench.conditions import UNTHROTTLED, Conditions
from e2e.browser import launch_profile
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright
    from zoom_meeting_testing.simulator import SimulatorServer

    from e2e.bench.site import BenchSite

_PROBE: Final = Path(__file__).with_name("probe.js")
_PATIENCE_MS: Final = 240_000
"""Stock PyScript takes more than a minute on a slow telephone."""


class BenchmarkError(Exception):
    """A page that did not do what was to be measured."""


@dataclass(frozen=True)
class Reading:
    """The notes of the probe in a page; times are milliseconds from navigation."""

    times: dict[str, float]
    tasks: list[tuple[float, float]]
    """When each task longer than 50 ms began, and how long it took."""
    loader: float | None
    """When `embed.js` began to run, or, if it does not say, had arrived."""
    wasm: float


class Tab:
    """A page with the probe in it."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page = page
        self._session = session

    def wait_for(self, *names: str) -> None:
        """Wait until the probe has noted these."""
        for name in names:
            order = {"name": name, "patience": _PATIENCE_MS}
            self.page.evaluate("order => bench.wait(order)", order)

    def settle(self) -> None:
        """Wait until the widget's work in idle time is done, and the browser's caches are full."""
        self.page.evaluate("order => bench.settle(order)", {"patience": _PATIENCE_MS})
        # Chromium stores compiled WebAssembly two seconds after it has last compiled any.
        self.page.wait_for_timeout(3_000)

    def read(self) -> Reading:
        """Return what the probe has noted so far."""
        return Reading(**self.page.evaluate("() => bench.read()"))

    def measure_heap(self) -> float:
        """Return the size of the JavaScript heap after a garbage collection, in bytes."""
        self._session.send("HeapProfiler.collectGarbage")
        self._session.send("Performance.enable")
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "JSHeapUsedSize")

    def read_browser_version(self) -> str:
        """Return the name and version of the browser."""
        return str(self._session.send("Browser.getVersion")["product"])


class Profile:
    """The caches of a browser, and tabs that share them."""

    def __init__(self, context: BrowserContext, url: str, conditions: Conditions) -> None:
        self._context = context
        self._url = url
        self._conditions = conditions

    @contextmanager
    def open(self, path: str) -> Iterator[Tab]:
        """Open a page in a new tab."""
        page = self._context.new_page()
        session = self._context.new_cdp_session(page)
        self._conditions.impose(session)
        # The measurements wait for what a page does after it has loaded.
        page.goto(self._url + path, wait_until="commit")
        yield Tab(page, session)
        page.close()


@dataclass(frozen=True)
class Lab:
    """The servers, and a way to start browsers."""

    playwright: Playwright
    site: BenchSite
    zoom: SimulatorServer

    @contextmanager
    def open_profile(
        self, conditions: Conditions = UNTHROTTLED, **options: Any
    ) -> Iterator[Profile]:
        """Start a browser with empty caches. Raises `BenchmarkError` if a page complains."""
        watcher = Watcher(frozenset({self.site.url, self.zoom.url}))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            context = launch_profile(
                self.playwright,
                Path(folder),
                locale="en-US",
                timezone_id="America/New_York",
                **options,
            )
            context.set_default_timeout(_PATIENCE_MS)
            context.add_init_script(path=_PROBE)
            watcher.watch(context)
            try:
                yield Profile(context, self.site.url, conditions)
            except Exception as error:
                for problem in watcher.find_problems():
                    error.add_note(problem)
                raise
            else:
                problems = watcher.find_problems()
                if problems:
                    raise BenchmarkError(*problems)
            finally:
                context.close()
