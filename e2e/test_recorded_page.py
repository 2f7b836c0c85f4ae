"""Pages with scripts that wrap the browser's functions, as monitoring and session replay do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import BrowserContext, Page
from zoom_meeting_testing.pages import AppointmentBook

from e2e.abilities import Ability
from e2e.relay.canary import BrowserSecrets, search

if TYPE_CHECKING:
    from e2e.demo import Zoom
    from e2e.stage import Gate

pytestmark = [
    pytest.mark.long,
    pytest.mark.direct("by a tunnel nothing of this is in the browser's own functions"),
    pytest.mark.needs(Ability.REQUEST_BODIES),
]

RECORDER: Final = (Path(__file__).parent / "hosts" / "recorder.js").read_text(encoding="utf-8")
OWN_CALLS: Final = """
async () => {
  await fetch("/", { headers: { "X-Own": "the page's own header" } });
  sessionStorage.setItem("own", "the page's own entry");
  JSON.parse('"the page\\'s own text"');
  new BroadcastChannel("own").postMessage("the page's own message");
}
"""
OWN: Final = ("header", "entry", "text", "message")
SECRETS: Final = ("code 1", "code_verifier 1", "access_token 1", "refresh_token 1")


def connect_and_create(book: AppointmentBook, gate: Gate) -> None:
    gate.open()
    widget = book.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")


def share_with_another_tab(book: AppointmentBook) -> None:
    other = AppointmentBook(book.page.context.new_page(), book.url)
    other.open("811").wait_for_state("idle")
    other.widget.account_button.wait_for()


def find_recorded(page: Page, secrets: BrowserSecrets) -> list[str]:
    """Name the secrets that the recorder has seen."""
    text = "\n".join(page.evaluate("() => window.recorded"))
    for own in OWN:
        assert f"the page's own {own}" in text, "the recorder does not record"
    found = search({"": text.encode()}, {name: secrets.heard[name] for name in SECRETS}).leaks
    return [name for name in SECRETS if any(name in leak for leak in found)]


@pytest.fixture
def secrets(context: BrowserContext, zoom: Zoom) -> BrowserSecrets:
    return BrowserSecrets(context, zoom.origin or "")


def test_recorder_that_comes_after_the_tag_sees_no_secret(
    book: AppointmentBook, python_gate: Gate, secrets: BrowserSecrets
) -> None:
    book.open("812")
    book.page.evaluate(RECORDER)
    connect_and_create(book, python_gate)
    share_with_another_tab(book)
    book.page.evaluate(OWN_CALLS)
    assert find_recorded(book.page, secrets) == []


def test_recorder_that_comes_before_the_tag_sees_them_all(
    book: AppointmentBook, python_gate: Gate, secrets: BrowserSecrets
) -> None:
    """Nothing can be done about it, and so the test above can fail."""
    book.page.add_init_script(RECORDER)
    book.open("812")
    connect_and_create(book, python_gate)
    book.page.evaluate(OWN_CALLS)
    assert find_recorded(book.page, secrets) == list(SECRETS)
