"""Whom the simulator obeys: its own page, and no other page that a developer's browser has open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from zoom_meeting_testing.simulator import ServerThread
from zoom_meeting_testing.simulator.control_routes import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from starlette.requests import Request
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.watcher import Watcher

FAULT: Final = {"operation": "create", "kind": "respond", "status": 500}
FETCH: Final = """async ([url, options]) => {
  try {
    const response = await fetch(url, options);
    return [response.status, await response.text()];
  } catch {
    return [0, "not to be read"];
  }
}"""
SUBMIT: Final = """([url, body]) => {
  const form = document.createElement("form");
  const field = document.createElement("input");
  // Plain text is sent as `name=value`: the equals sign goes into a field that changes nothing.
  Object.assign(field, { name: body.slice(0, -1) + ', "content_type": "', value: '"}' });
  Object.assign(form, { action: url, method: "post", enctype: "text/plain" });
  form.append(field);
  document.body.append(form);
  form.submit();
}"""


async def show(_request: Request) -> HTMLResponse:
    return HTMLResponse('<!doctype html><title>Another site</title><link rel="icon" href="data:,">')


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The origin of a page that has nothing to do with the simulator."""
    with ServerThread(Starlette(routes=[Route("/", show)])) as server:
        yield server.url


@pytest.fixture
def stranger(page: Page, watcher: Watcher, elsewhere: str) -> Page:
    """A page of that origin, without any policy."""
    watcher.allow(elsewhere)
    page.goto(elsewhere)
    return page


@pytest.fixture
def faults_url(simulator_server: SimulatorServer) -> str:
    """Where faults are ordered."""
    return f"{simulator_server.url}{PREFIX}/faults"


@pytest.fixture
def expect_refusals(expect_errors: Callable[..., None]) -> None:
    """Refused requests are expected, and so is that the browser complains of them."""
    expect_errors("status of 403|blocked by CORS policy|ERR_FAILED")


def fetch(page: Page, url: str, method: str = "GET", **options: object) -> tuple[int, str]:
    status, text = page.evaluate(FETCH, [url, {"method": method, **options}])
    return status, text


@pytest.mark.usefixtures("expect_refusals")
def test_a_simple_request_of_another_page_changes_nothing(
    stranger: Page, simulator: Simulator, faults_url: str
) -> None:
    fetch(stranger, faults_url, "POST", mode="no-cors", body=json.dumps(FAULT))
    assert simulator.list_faults() == []


@pytest.mark.usefixtures("expect_refusals")
def test_a_form_of_another_page_changes_nothing(
    stranger: Page, simulator: Simulator, faults_url: str
) -> None:
    stranger.evaluate(SUBMIT, [faults_url, json.dumps(FAULT)])
    expect(stranger.locator("body")).to_contain_text("control_origins")
    assert simulator.list_faults() == []


@pytest.mark.usefixtures("expect_refusals")
def test_another_page_can_neither_ask_for_permission_nor_read(
    stranger: Page, simulator: Simulator, faults_url: str
) -> None:
    headers = {"content-type": "application/json"}
    sent = fetch(stranger, faults_url, "POST", headers=headers, body=json.dumps(FAULT))
    assert (sent, simulator.list_faults()) == ((0, "not to be read"), [])
    assert fetch(stranger, faults_url)[0] == 0


@pytest.mark.usefixtures("expect_refusals")
def test_a_name_that_an_attacker_turned_into_this_machine_is_refused(
    page: Page,
    simulator: Simulator,
    simulator_server: SimulatorServer,
    watcher: Watcher,
) -> None:
    """DNS rebinding: the browser takes the page and the simulator for one origin."""
    origin = f"http://attacker.localhost:{simulator_server.port}"
    watcher.allow(origin)
    page.goto(f"{origin}{PREFIX}/style.css")  # anything of that origin
    status, text = fetch(page, f"{PREFIX}/faults", "POST", body=json.dumps(FAULT))
    assert (status, simulator.list_faults()) == (403, [])
    assert f"http://127.0.0.1:{simulator_server.port}" in text
    assert fetch(page, f"{PREFIX}/state")[0] == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_its_own_page_gives_orders(
    page: Page, simulator: Simulator, simulator_server: SimulatorServer, watcher: Watcher, name: str
) -> None:
    origin = f"http://{name}:{simulator_server.port}"
    watcher.allow(origin)
    page.goto(origin)
    simulator.add_fault(FAULT)
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#status")).to_have_text("Everything was reset.")
    assert simulator.list_faults() == []


def test_a_page_that_the_settings_name_gives_orders(
    stranger: Page, simulator: Simulator, faults_url: str, elsewhere: str
) -> None:
    simulator.change_settings({"control_origins": [elsewhere]})
    headers = {"content-type": "application/json"}
    sent = fetch(stranger, faults_url, "POST", headers=headers, body=json.dumps(FAULT))
    assert sent[0] == 200
    assert json.loads(fetch(stranger, faults_url)[1])[0]["operation"] == "create"
    simulator.clear_faults()
