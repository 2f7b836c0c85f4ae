"""The demo's page: what can be changed about it, what it offers to try, and who can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, expect
from zoom_meeting_testing.simulator import Plan

from e2e.axe import find_violations
from e2e.stage import MAYA

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenContext

LANGUAGES: Final = ("en", "en-GB", "es", "fr", "de", "pt-BR", "ar")
LIST_FAULTS: Final = """
() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const faults = scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`] : [];
  for (const control of document.querySelectorAll("button, select, summary, .entry__link, .days__link")) {
    const { width, height } = control.getBoundingClientRect();
    if (width && Math.min(width, height) < 24) faults.push(`${control.textContent}: ${width} x ${height}`);
  }
  for (const said of document.querySelectorAll("[data-say]")) {
    if (!said.textContent.trim()) faults.push(`nothing is said: ${said.dataset.say}`);
  }
  return faults;
}
"""  # noqa: E501


class Tour:
    """What to try."""

    def __init__(self, page: Page) -> None:
        self.root = page.locator("#tour")
        self.status = self.root.get_by_role("status")

    def order(self, name: str) -> None:
        """Press a step's button."""
        self.root.get_by_role("button", name=name).click()

    def list_done(self) -> list[str]:
        """Return the names of the steps that are ticked."""
        steps: list[str] = self.root.locator("[data-done]").evaluate_all(
            "steps => steps.map((step) => step.dataset.step)"
        )
        return steps


@pytest.fixture
def widget(book: AppointmentBook) -> MeetingWidget:
    widget = book.open("812")
    widget.wait_for_state("idle")
    return widget


@pytest.fixture
def tour(book: AppointmentBook) -> Tour:
    return Tour(book.page)


def create(widget: MeetingWidget) -> None:
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")


def choose(book: AppointmentBook, switch: str, value: str) -> None:
    book.page.locator(f"#{switch}").select_option(value)


@pytest.mark.direct("it is about the page")
def test_tour_goes_through_a_meetings_life(
    book: AppointmentBook, widget: MeetingWidget, tour: Tour, expect_errors: Callable[..., None]
) -> None:
    # Deleted in Zoom; the plug is pulled; whether it is Zoom that is away is asked without a token.
    expect_errors("status of 404", "ERR_EMPTY_RESPONSE", "status of 401")
    tour.order("Move it in Zoom")
    expect(tour.status).to_have_text("Create a meeting in this appointment first.")
    create(widget)
    expect(tour.status).to_be_empty()

    tour.order("Move it in Zoom")
    widget.root.get_by_role("button", name="Update Zoom").click()
    expect(tour.root.locator("[data-step=move]")).to_have_attribute("data-done", "")

    tour.order("Delete it in Zoom")
    widget.wait_for_state("idle")
    assert "Zoom:" not in book.read_notes()
    assert tour.list_done() == ["create", "move", "delete"]

    tour.order("Pull the plug")
    expect(tour.status).to_have_text("The plug is pulled. Now click the camera.")
    widget.add_button.click()
    widget.wait_for_state("error")
    widget.add_button.click()
    widget.wait_for_state("ready")
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert tour.list_done() == ["create", "move", "delete", "unplug", "remove"]


def test_tour_stays_hidden_until_it_is_wanted(book: AppointmentBook, tour: Tour) -> None:
    book.open()
    opener = book.page.get_by_role("button", name="What to try")
    tour.root.get_by_role("button", name="Hide").press("Enter")
    expect(tour.root).to_be_hidden()
    expect(opener).to_be_focused()
    book.reload()
    expect(tour.root).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.press("Enter")
    expect(tour.root.get_by_role("heading", level=2)).to_be_focused()


def test_plan_is_zooms_from_then_on(
    book: AppointmentBook, widget: MeetingWidget, simulator: Simulator
) -> None:
    plan = book.page.get_by_label("Zoom plan")
    expect(plan).to_have_value("licensed")
    with book.page.expect_navigation():
        choose(book, "plan", "basic")
    widget.wait_for_state("idle")
    expect(plan).to_have_value("basic")
    assert simulator.find_user(MAYA).plan is Plan.BASIC


def test_language_and_theme_are_applied_at_once_and_kept(book: AppointmentBook) -> None:
    book.open()
    page = book.page.locator("html")
    choose(book, "language", "ar")
    choose(book, "theme", "dark")
    for _ in range(2):
        expect(page).to_have_attribute("lang", "ar")
        expect(page).to_have_attribute("dir", "rtl")
        expect(page).to_have_css("color-scheme", "dark")
        expect(book.page.locator("#save-status")).to_have_text("تم الحفظ")
        expect(book.page.locator("#day-title")).to_have_text("غدًا")
        expect(book.page.locator("[data-slot=hours]")).to_have_text("6:00 م – 7:00 م")  # noqa: RUF001
        expect(book.page).to_have_title("Dana Lee، 6:00 م – SimpleSpa")  # noqa: RUF001
        book.reload()


def test_book_fits_a_phone_in_every_language(open_context: OpenContext, demo_url: str) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(demo_url)
    unfold(page.locator("#demo summary"), page.locator("#day-toggle"))
    for language in LANGUAGES:
        page.locator("#language").select_option(language)
        assert page.evaluate(LIST_FAULTS) == [], language


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_axe_finds_nothing_wrong(open_context: OpenContext, demo_url: str, theme: str) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(f"{demo_url}/?theme={theme}&lang=de")
    unfold(page.locator("#demo summary"), page.locator("#day-toggle"))
    assert find_violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert find_violations(page) == []


def unfold(*folded: Locator) -> None:
    for each in folded:
        each.click()


@pytest.mark.parametrize("headers", [{"Origin": "https://attacker.example"}, {"Host": "attacker"}])
def test_other_pages_order_nothing(
    demo_url: str, simulator: Simulator, headers: dict[str, str]
) -> None:
    order = b'{"order": "plan", "plan": "basic"}'
    with pytest.raises(HTTPError, match="403"):
        urlopen(Request(f"{demo_url}/zoom-orders", order, headers))  # noqa: S310 - our own address
    assert simulator.find_user(MAYA).plan is Plan.LICENSED


@pytest.mark.parametrize(
    "order",
    [
        b"",
        b"[]",
        b'{"order": "burn"}',
        b'{"order": "move"}',
        b'{"order": "meetings", "meetings": "secret"}',
        b'{"order": "book", "meeting": []}',
    ],
)
def test_orders_that_are_none_are_refused(demo_url: str, order: bytes) -> None:
    with pytest.raises(HTTPError, match="400"):
        urlopen(Request(f"{demo_url}/zoom-orders", order))  # noqa: S310 - our own address
