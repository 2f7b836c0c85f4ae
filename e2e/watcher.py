"""Collects the complaints of browser contexts, so that no test misses one.

Chromium reports failed HTTP statuses, CORS errors and policy violations as console errors. A test
that causes one declares it with `expect`; then it has to happen, and all others must not. For
Firefox `firefox_words.py` says the same in the same words. In a tunnel the browser sees neither
statuses nor CORS errors, so there they may happen or not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from e2e import firefox_words

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
        WebError,
    )

_LOCAL_SCHEMES: Final = frozenset({"about", "blob", "data"})
OFFLINE: Final = "INTERNET_DISCONNECTED|Firefox can.t establish a connection"
NO_SOCKET: Final = "WebSocket connection to .* failed|Firefox can.t establish a connection"
"""The words of the two engines."""
_OF_CALLS: Final = re.compile(r"status of|net::ERR_|INTERNET_DISC|blocked by CORS policy")
"""How the browser's complaints about its own calls begin."""
_LOOKS: Final = 20
_BETWEEN_LOOKS_MS: Final = 100


class Watcher:
    """Watches contexts, with all their pages and popups."""

    def __init__(self, origins: frozenset[str], *, sees_calls: bool = True) -> None:
        """Store what pages may do.

        Args:
            origins: The origins that pages may send requests to.
            sees_calls: Whether the browser itself makes the calls to Zoom.
        """
        self.console: list[str] = []
        """Each line on the pages' consoles, errors or not."""
        self.requests: list[str] = []
        """The URL of each request that a page made."""
        self._origins = set(origins)
        self._contexts: list[BrowserContext] = []
        self._is_firefox = False
        self._complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._sees_calls = sees_calls

    def watch(self, context: BrowserContext) -> None:
        """Begin to watch a context."""
        self._contexts.append(context)
        context.on("page", self._see_page)
        context.on("weberror", self._see_error)
        context.on("console", self._see_console)
        context.on("request", self._see_request)
        browser = context.browser
        self._is_firefox = browser is not None and browser.browser_type.name == "firefox"
        if self._is_firefox:
            context.on("response", self._see_response)
            context.on("requestfailed", self._see_failure)

    def expect(self, *patterns: str, chromium: str = "", firefox: str = "") -> None:
        """Declare the complaints (regular expressions) that the test is about to cause.

        `chromium` and `firefox` are those that only this engine has; for them the test's page has
        to be there already.
        """
        only = firefox if self._is_firefox else chromium
        self._expected.extend(re.compile(pattern) for pattern in (*patterns, only) if pattern)

    def overlook_workers(self) -> None:
        """Let calls fail as they like in Firefox, which does not tell a worker's from a page's."""
        if self._is_firefox:
            self._sees_calls = False

    def allow(self, origin: str) -> None:
        """Declare another origin that pages may send requests to."""
        self._origins.add(origin)

    def find_problems(self) -> list[str]:
        """Return unexpected complaints, and expected ones that did not happen."""
        self._look_for_error_banners()
        for _ in range(_LOOKS):
            missing = [
                each
                for each in self._expected
                if not any(map(each.search, self._complaints)) and self._has_to_happen(each)
            ]
            if not missing or not self._let_events_in():
                break
        return [
            *(
                text
                for text in self._complaints
                if not any(pattern.search(text) for pattern in self._expected)
            ),
            *(f"expected, but did not happen: {pattern.pattern}" for pattern in missing),
        ]

    def _has_to_happen(self, expected: re.Pattern[str]) -> bool:
        return self._sees_calls or not _OF_CALLS.match(expected.pattern)

    def _see_page(self, page: Page) -> None:
        page.on("websocket", lambda opened: self._see_address(opened.url))
        page.on("crash", lambda _: self._complaints.append(f"crash: {page.url}"))

    def _see_error(self, error: WebError) -> None:
        told = firefox_words.tell_cors(str(error.error)) if self._sees_calls else None
        if told is None:
            self._complaints.append(f"uncaught: {error.error}")
            return
        url, complaints = told
        if complaints:  # what the page was not allowed to read is not told
            self._complaints = [each for each in self._complaints if f"({url})" not in each]
        self._complaints += complaints

    def _see_response(self, response: Response) -> None:
        told = firefox_words.tell_status(response.url, response.status)
        self._complaints += [told] if told and self._sees_calls else []

    def _see_failure(self, request: Request) -> None:
        told = firefox_words.tell_failure(request.url, request.failure)
        self._complaints += [told] if told and self._sees_calls else []

    def _see_console(self, message: ConsoleMessage) -> None:
        self.console.append(message.text)
        if message.type == "error":
            self._complaints.append(f"console: {message.text} ({message.location['url']})")

    def _see_request(self, request: Request) -> None:
        self.requests.append(request.url)
        self._see_address(request.url)

    def _see_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in _LOCAL_SCHEMES or f"{parts.scheme}://{parts.netloc}" in self._origins:
            return
        self._complaints.append(f"request to another origin: {url}")

    def _open_pages(self) -> list[Page]:
        return [page for context in self._contexts for page in context.pages]

    def _look_for_error_banners(self) -> None:
        for page in self._open_pages():
            for text in page.locator(".py-error").all_text_contents():
                self._complaints.append(f"PyScript's error banner: {text}")

    def _let_events_in(self) -> bool:
        pages = self._open_pages()
        if pages:
            pages[0].wait_for_timeout(_BETWEEN_LOOKS_MS)
        return bool(pages)
