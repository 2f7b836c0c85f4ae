"""What every measurement starts with: a browser that has never been here, and tabs in it.

A tab that complains, or is never done, ends the run: its times would mean nothing.
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

    from e2e.bench.site import BenchSite
    from e2e.simulator import SimulatorServer

_PROBE: Final = Path(__file__).with_name("probe.js")
_PATIENCE_MS: Final = 240_000
"""Stock PyScript takes more than a minute on a slow telephone."""


class BenchmarkError(Exception):
    """A page did not do what was to be measured."""


@dataclass(frozen=True)
class Reading:
    """What the probe noted in a page; times are milliseconds from navigation."""

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
        """Wait for what the probe notes."""
        for name in names:
            order = {"name": name, "patience": _PATIENCE_MS}
            self.page.evaluate("order => bench.wait(order)", order)

    def settle(self) -> None:
        """Wait for what the widget does in idle time, and for the browser to fill its caches."""
        self.page.evaluate("order => bench.settle(order)", {"patience": _PATIENCE_MS})
        # Chromium keeps compiled WebAssembly two seconds after it was last compiled anew.
        self.page.wait_for_timeout(3_000)

    def read(self) -> Reading:
        """Read what the probe noted so far."""
        return Reading(**self.page.evaluate("() => bench.read()"))

    def measure_heap(self) -> float:
        """Measure JavaScript's heap, in bytes, without what nobody uses any more."""
        self._session.send("HeapProfiler.collectGarbage")
        self._session.send("Performance.enable")
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "JSHeapUsedSize")

    def read_browser_version(self) -> str:
        """Read which browser this is."""
        return str(self._session.send("Browser.getVersion")["product"])


class Profile:
    """A browser's caches, and tabs that share them."""

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
        # What a page holds back until it has loaded is for the measurements to wait for.
        page.goto(self._url + path, wait_until="commit")
        yield Tab(page, session)
        page.close()


@dataclass(frozen=True)
class Lab:
    """The servers, and browsers to order."""

    playwright: Playwright
    site: BenchSite
    zoom: SimulatorServer

    @contextmanager
    def open_profile(
        self, conditions: Conditions = UNTHROTTLED, **options: Any
    ) -> Iterator[Profile]:
        """Start a browser with empty caches; raises `BenchmarkError` if a page complained."""
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
