"""One window or tab of WebKit, and how to wait in it.

Selenium looks at one window at a time: a tab turns to its own before each step.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    NoSuchWindowException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Remote
    from selenium.webdriver.remote.webelement import WebElement

PATIENCE_S: Final = 90.0
"""Python takes seconds to start; on a busy machine, most of a minute."""
_PAUSE_S: Final = 0.05
_NOT_YET: Final = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
_T = TypeVar("_T")


def wait_until(is_so: Callable[[], _T], what: str = "") -> _T:
    """Wait until this is true or something, and return it."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            if found := is_so():
                return found
        except _NOT_YET:
            pass  # the page has just changed
        if time.monotonic() > end:
            raise AssertionError(f"this did not come true in time: {what or is_so}")
        time.sleep(_PAUSE_S)


class Tab:
    """A window or tab. After `close`, and after a popup has closed itself, only `is_open` works."""

    def __init__(self, driver: Remote, handle: str) -> None:
        self._driver = driver
        self.handle = handle

    @property
    def driver(self) -> Remote:
        """Selenium, looking at this window."""
        self._driver.switch_to.window(self.handle)
        return self._driver

    @property
    def is_open(self) -> bool:
        """Whether the window is still there."""
        return self.handle in self._driver.window_handles

    @property
    def url(self) -> str:
        """The address."""
        return str(self.driver.current_url)

    def goto(self, url: str) -> None:
        """Open a page."""
        self.driver.get(url)

    def reload(self) -> None:
        """Load the page again."""
        self.driver.refresh()

    def close(self) -> None:
        """Close the window."""
        self.driver.close()

    def run(self, script: str, *values: Any) -> Any:
        """Run the body of a function in the page, and return what it returns or promises."""
        return self.driver.execute_script(script, *values)

    def open_other(self) -> Tab:
        """Open another window of the same browser; in a tab behind another one nothing is seen."""
        driver = self.driver
        driver.switch_to.new_window("window")
        return Tab(driver, driver.current_window_handle)

    @contextmanager
    def expect_popup(self) -> Iterator[list[Tab]]:
        """Wait for the window that what is done meanwhile opens; it is in the list afterwards."""
        before = set(self.driver.window_handles)
        opened: list[Tab] = []
        yield opened
        new = wait_until(lambda: set(self._driver.window_handles) - before, "a window opens")
        opened.extend(Tab(self._driver, handle) for handle in new)

    def find(self, selector: str) -> WebElement:
        """Return the element; wait for it if need be."""
        return wait_until(lambda: self.driver.find_element("css selector", selector), selector)

    def press_keys(self, *keys: str) -> None:
        """Press and release keys, as the user does who is in some field."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def hold_and_press(self, held: str, key: str) -> None:
        """Press a key while another one is held."""
        ActionChains(self.driver).key_down(held).send_keys(key).key_up(held).perform()


def press(find: Callable[[], WebElement | None], what: str) -> None:
    """Click what `find` finds, as soon as it can be clicked."""

    def try_it() -> bool:
        found = find()
        if found is None or not found.is_displayed():
            return False
        with suppress(NoSuchWindowException):  # the click has closed it
            found.click()
        return True

    wait_until(try_it, what)
