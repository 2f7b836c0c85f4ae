"""The page that Zoom redirects to, when no widget waits for it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import AppointmentBook, ConsentPage
from zoom_meeting_testing.simulator import Operation

from e2e.stage import Gate
from web.catalogue import read_words

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import SimulatorServer

    from e2e.conftest import OpenContext
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

PATIENCE_MS: Final = 5_000
"""How long the page waits for one that takes its answer."""
WORDS_FILE: Final = re.compile(r"/words-[^/]+\.json$")
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
    page.clock.fast_forward(PATIENCE_MS)

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


# In the browser's own language: no page tells it another


def open_in(open_context: OpenContext, address: str, *tags: str) -> Page:
    """Open it in a browser that prefers these languages, with what time it has in our hands."""
    context = open_context(locale=tags[0])
    languages = json.dumps(tags)  # Playwright's `locale` is one alone
    context.add_init_script(
        f"Object.defineProperty(navigator, 'languages', {{ get: () => {languages} }})"
    )
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    page.clock.fast_forward(PATIENCE_MS)
    return page


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (("de-AT",), "de"),
        (("pt-PT", "en"), "pt-BR"),
        (("ja", "fr-CA", "en-US"), "fr"),
        (("ar-EG",), "ar"),
    ],
)
def test_callback_page_speaks_the_first_language_of_the_browser_that_there_is(
    open_context: OpenContext, demo_url: str, tags: tuple[str, ...], language: str
) -> None:
    words = read_words(language)
    page = open_in(open_context, f"{demo_url}/zoom/callback.html?state=UNKNOWN", *tags)
    expect(page.get_by_role("heading", level=1)).to_have_text(words["callback.over_title"])
    expect(page.get_by_role("status")).to_have_text(words["callback.over"])
    expect(page).to_have_title(words["callback.page_title"])
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_css("direction", "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("tags", [("ja", "zh-Hant"), ("en-GB", "de")])
def test_callback_page_in_english_loads_no_language(
    open_context: OpenContext, demo_url: str, tags: tuple[str, ...]
) -> None:
    page = open_in(open_context, f"{demo_url}/zoom/callback.html", *tags)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing to do here")
    page.wait_for_load_state("networkidle")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if "/words-" in name] == []


def test_callback_page_stays_in_english_if_the_language_does_not_come(
    open_context: OpenContext, demo_url: str, watcher: Watcher
) -> None:
    watcher.expect("words-de", "404")
    context = open_context(locale="de-DE")
    context.route(WORDS_FILE, lambda route: route.fulfill(status=404))
    page = context.new_page()
    with page.expect_console_message(lambda said: said.text.startswith("zoom-meeting: ")):
        page.goto(f"{demo_url}/zoom/callback.html?code=SECRETCODE")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "SimpleSpa is added to your Zoom account"
    )
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.usefixtures("simulator")
def test_an_answer_does_not_wait_for_the_language(open_context: OpenContext, demo_url: str) -> None:
    context = open_context(locale="de-DE")
    gate = Gate(context, "**/words-*.json")
    widget = AppointmentBook(context.new_page(), demo_url).open()
    widget.wait_for_state("idle")
    widget.add_button.click()
    consent = widget.connect()
    consent.allow()
    widget.wait_for_state("ready")
    gate.open()
