"""A meeting's whole life through each relay, after which the relay has kept nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.simulator import Expirable, Operation, Simulator

from e2e.abilities import Ability
from e2e.relay.caller import sign
from e2e.relay.canary import Canary, search_files
from e2e.relay.nginx_relay import RECIPE
from e2e.stage import wait_until

if TYPE_CHECKING:
    from zoom_meeting_testing.pages import AppointmentBook

    from e2e.relay.caller import Relay
    from e2e.relay.conftest import StartNginx
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide


@pytest.fixture
def canary(context: BrowserContext, relay: Relay) -> Canary:
    return Canary(context, relay)


@pytest.mark.needs(Ability.REQUEST_BODIES)
def test_whole_journey_leaves_no_secret_behind(
    canary: Canary,
    book: AppointmentBook,
    simulator: Simulator,
    zoom_side: ZoomSide,
    watcher: Watcher,
) -> None:
    watcher.expect("status of 400", "status of 401")  # to the probes, and to an expired token
    widget = book.open("812")
    widget.wait_for_state("idle")
    notes = book.read_notes()
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    assert zoom_side.get_meeting().topic == "Appointment with Dana Lee"
    assert zoom_side.count_calls(Operation.REGISTRANT) == 1

    simulator.expire(Expirable.ACCESS_TOKENS)
    widget.confirm_removal("Remove and tell the client")
    widget.wait_for_state("idle")
    assert zoom_side.count_refreshes() == 1
    assert zoom_side.list_meetings() == []
    assert book.read_notes() == notes

    widget.account_button.click()
    widget.account_menu.get_by_role("button", name="Disconnect").click()
    wait_until(book.page, lambda: zoom_side.count_calls(Operation.REVOKE) == 1)

    # The canary searches for all that was exchanged.
    expected = "code code_verifier access_token refresh_token password pstn_password pwd tk zak"
    assert canary.kinds == set(expected.split())
    findings = canary.search()
    print(findings)  # noqa: T201 - for those who ask with -rP
    assert findings.places >= 2
    assert findings.leaks == []


def test_canary_sees_a_secret_that_a_log_was_told_to_keep(
    start_nginx: StartNginx, simulator: Simulator
) -> None:
    recipe = RECIPE.read_text(encoding="utf-8").replace("access_log off;", "")
    log = ("log_format telling '$http_authorization';", "telling")
    relay = start_nginx(recipe=recipe, log=log)
    headers = sign(simulator)
    assert relay.call("GET", "v2/users/me", headers).status == 200
    _, _, token = headers["Authorization"].partition(" ")
    relay.settle()
    findings = search_files(relay.folder, {"access_token": token})
    assert findings.leaks == ["access_token in logs/access.log"]


@pytest.mark.parametrize("relay", ["nginx"], indirect=True)
def test_ended_session_at_the_host_is_told_before_any_consent_is_asked_for(
    book: AppointmentBook, context: BrowserContext, watcher: Watcher
) -> None:
    watcher.expect("status of 401")
    context.clear_cookies()
    widget = book.open("812")
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "relay_failed")
    assert len(context.pages) == 1
