"""Fixtures for a browser, named as pytest-playwright names them: only for those who lack it.

Chromium starts without a window; `browsers.py` finds it. What pytest-playwright has beyond this
(other browsers, `--headed`, traces, videos) needs that plugin: a test need not change for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from zoom_meeting_testing.browsers import choose_options, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can have it once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Playwright's options for the start of the browser, to override."""
    return {}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str | None) -> dict[str, Any]:
    """Playwright's options for each browser context, to override."""
    return {"base_url": base_url} if base_url else {}


@pytest.fixture(scope="session")
def browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """The one browser of all tests."""
    path = find_browser(playwright, "chromium")
    if path is None and "executable_path" not in browser_type_launch_args:
        pytest.fail("There is no Chromium: `playwright install chromium` gets one.", pytrace=False)
    options = choose_options(playwright, "chromium", path) if path else {}
    browser = playwright.chromium.launch(**{**options, **browser_type_launch_args})
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser context for each test, as if another person's browser."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The tab of the test."""
    return context.new_page()
