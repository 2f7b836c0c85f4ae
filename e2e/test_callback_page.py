"""The page that Zoom redirects to, when no widget waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from e2e.pages import ConsentPage
from e2e.simulator import Operation

if TYPE_CHECKING:
    from e2e.simulator import SimulatorServer
    from e2e.zoom_side import ZoomSide

NOBODYS_ANSWERS = {
    "opened by hand": ("", "Nothing to do here"),
    "from the Marketplace": ("?code=SECRETCODE", "SimpleSpa is added to your Zoom account"),
    "an error that nobody asked for": ("?error=access_denied", "Nothing to do here"),
    "an empty state": ("?code=SECRETCODE&state=", "SimpleSpa is added to your Zoom account"),
    "an unknown state": ("?code=SECRETCODE&state=UNKNOWN", "This sign-in is over"),
    "a denial with an unknown state": (
        "?error=access_denied&state=UNKNOWN",
        "This sign-in is over",
    ),
}


@pytest.mark.parametrize(("query", "title"), NOBODYS_ANSWERS.values(), ids=NOBODYS_ANSWERS.keys())
def test_callback_page_says_what_to_do_and_keeps_nothing(
    page: Page, demo_url: str, zoom_side: ZoomSide, query: str, title: str
) -> None:
    page.clock.install()
    page.goto(f"{demo_url}/zoom/callback.html{query}")
    page.clock.fast_forward(5_000)  # how long it waits for a page that takes its answer

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("status")).to_contain_text("camera icon")
    assert page.url == f"{demo_url}/zoom/callback.html"
    assert "SECRETCODE" not in page.content()
    assert page.evaluate("() => [sessionStorage.length, localStorage.length]") == [0, 0]
    assert page.evaluate("() => history.length") <= 2
    assert zoom_side.count_calls(Operation.TOKEN) == 0


def test_installation_from_the_marketplace_ends_on_a_friendly_page(
    page: Page, demo_url: str, simulator_server: SimulatorServer, zoom_side: ZoomSide
) -> None:
    page.goto(f"{simulator_server.url}/marketplace/add")
    ConsentPage(page).allow()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "SimpleSpa is added to your Zoom account"
    )
    expect(page.get_by_role("status")).to_contain_text("Add Zoom Meeting")
    assert page.url == f"{demo_url}/zoom/callback.html"
    assert zoom_side.count_calls(Operation.TOKEN) == 0


def test_callback_page_is_neither_cached_nor_a_referrer(page: Page, demo_url: str) -> None:
    response = page.goto(f"{demo_url}/zoom/callback.html")
    assert response
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    sources = page.locator("script").evaluate_all("scripts => scripts.map(each => each.src)")
    assert sources == [f"{demo_url}/zoom/callback.js"]
