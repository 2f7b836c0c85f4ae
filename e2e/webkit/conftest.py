"""Fixtures of the tests in WebKitGTK, beside those of the other browser tests.

    pytest e2e/webkit

Whoever names no folder below `e2e/` doesn't run them: they need the extra `webkit` and its engine.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

import pytest

from e2e.webkit.engine import HOW_TO_GET_IT, Engine, Screen, find_engine, launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Remote
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.hosts import HostPages
    from e2e.webkit.pages import Stage
    from e2e.webkit.tab import Tab

_COMPLAINTS: Final = '<script src="/hosts/complaints.js"></script>'
LOADED: Final = 'return performance.getEntriesByType("resource").map(({ name }) => name)'
"""A script that returns the URL of all that a page has loaded."""


class OpenStage(Protocol):
    """Opens a page with this markup, in the test's own tab or in `tab`."""

    def __call__(self, body: str, *, tab: Tab | None = None) -> Stage:
        """Open it."""


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests to those who name them."""
    here = Path(__file__).resolve().parent
    named = [config.invocation_params.dir / name.partition("::")[0] for name in config.args]
    if not any(path.resolve().is_relative_to(here) for path in named):
        return True
    if find_spec("selenium") is None:
        raise pytest.UsageError(
            "these tests need the extra `webkit`; `ENGINE=webkit make browser-tests`"
        )
    return None


@pytest.fixture(scope="session")
def webkit() -> Engine:
    """The programs that it takes; without one, these tests are skipped."""
    found = find_engine()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    return found


@pytest.fixture(scope="session")
def screen(webkit: Engine) -> Iterator[Screen]:
    """A screen that nobody sees."""
    with Screen(webkit) as screen:
        yield screen


@pytest.fixture
def driver(webkit: Engine, screen: Screen) -> Iterator[Remote]:
    """A browser that remembers nothing."""
    with launch(webkit, screen) as driver:
        yield driver


@pytest.fixture
def tabs(
    driver: Remote, hosts_url: str, simulator_server: SimulatorServer, simulator: Simulator
) -> Iterator[list[Tab]]:
    """The tab of the test, and those it adds; what a page in one complains of fails the test."""
    from e2e.webkit.tab import Tab  # noqa: PLC0415 - others lack what it needs

    assert not simulator.list_requests(), "something else uses this simulator"
    tabs = [Tab(driver, driver.current_window_handle)]
    yield tabs
    complaints: list[str] = []
    origins = {hosts_url, simulator_server.url}
    for tab in tabs:
        if tab.is_open and tab.url.startswith(hosts_url):
            complaints += tab.run("return window.complaints")
            loaded: list[str] = tab.run(LOADED)
            complaints += [url for url in loaded if _find_origin(url) not in origins]
    assert complaints == [], "a page complained, or loaded something from elsewhere"


@pytest.fixture
def tab(tabs: list[Tab]) -> Tab:
    """The tab of the test."""
    return tabs[0]


@pytest.fixture
def open_stage(
    tabs: list[Tab], hosts: HostPages, hosts_url: str, simulator: Simulator
) -> OpenStage:
    """A function that opens a page with a widget and a notes field."""
    from e2e.webkit.pages import Stage  # noqa: PLC0415 - others lack what it needs

    def open_stage(body: str, *, tab: Tab | None = None) -> Stage:
        stage = Stage(tab or tabs[0], simulator)
        if stage.tab not in tabs:
            tabs.append(stage.tab)
        stage.tab.goto(hosts_url + hosts.serve(_COMPLAINTS + body))
        return stage

    return open_stage


def _find_origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
