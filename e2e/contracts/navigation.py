"""`ports.Navigation`: the page's address, and windows that are filled later."""

from __future__ import annotations

from typing import Protocol

from pywidget.domain.secret import Secret
from pywidget.ports import MeetingWindow, Navigation


class Bench(Protocol):
    navigation: Navigation
    elsewhere: str  # an address that this page may go to
    page: str  # an address that a window may show

    def find_place(self) -> str:
        """Return the address at which the page is, or to which it goes."""

    def block(self) -> None:
        """Let the browser block windows from now on."""

    async def find_address(self, window: MeetingWindow) -> str | None:
        """Return the address that the window shows when it has loaded; `None` while it is empty."""

    def has_opener(self, window: MeetingWindow) -> bool:
        """Return whether the window's content can reach this page."""

    async def is_closed(self, window: MeetingWindow) -> bool:
        """Return whether the window is closed."""


async def check_the_page_knows_where_it_is(bench: Bench) -> None:
    assert bench.navigation.address.startswith(("http://", "https://"))


async def check_a_page_of_its_own_is_in_no_frame(bench: Bench) -> None:
    assert bench.navigation.is_framed is False  # for the opposite, see e2e/test_frames.py


async def check_the_page_goes_where_it_is_sent(bench: Bench) -> None:
    bench.navigation.go(bench.elsewhere)
    assert bench.find_place() == bench.elsewhere


async def check_a_window_is_empty_until_it_is_sent_somewhere(bench: Bench) -> None:
    window = bench.navigation.open_window()
    assert window is not None
    assert await bench.find_address(window) is None
    window.go(Secret(bench.page))
    assert await bench.find_address(window) == bench.page
    window.close()


async def check_what_is_shown_in_a_window_cannot_reach_this_page(bench: Bench) -> None:
    window = bench.navigation.open_window()
    assert window is not None
    assert not bench.has_opener(window)
    window.go(Secret(bench.page))
    await bench.find_address(window)
    assert not bench.has_opener(window)
    window.close()


async def check_a_window_can_be_closed_again_and_twice(bench: Bench) -> None:
    window = bench.navigation.open_window()
    assert window is not None
    window.close()
    window.close()
    assert await bench.is_closed(window)


async def check_a_blocked_window_is_none(bench: Bench) -> None:
    bench.block()
    assert bench.navigation.open_window() is None
