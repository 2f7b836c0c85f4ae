"""Who is connected: in which tabs, for how long, and where the token is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.stage import MAYA, add_meeting, write_element, write_line
from e2e.webkit.conftest import LOADED
from e2e.webkit.tab import wait_until

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.webkit.conftest import OpenStage
    from e2e.webkit.pages import Stage
    from e2e.zoom_side import ZoomSide

BODY = '<textarea id="notes">Tea</textarea>' + write_element()
BREAK_THE_POLICY = """
new Image().src = "https://example.com/pixel.png";
const script = document.createElement("script");
script.textContent = "window.ran = true";
document.body.append(script);
"""
OWN_KEYS = "return Object.keys(sessionStorage).filter((key) => key.startsWith('pywidget:'))"
SAME_ORIGIN = "/hosts/host.js"
"""No widget runs there: one would ask the other tab for its token, and is given it."""


def _open_with_meeting(open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide) -> Stage:
    notes = write_line(zoom_side.join_url(add_meeting(simulator)))
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    stage.widget.wait_for_state("ready")
    stage.sign_in()
    wait_until(lambda: stage.widget.detail("Passcode"), "the details are there")
    return stage


def test_a_second_window_asks_the_first_and_disconnect_ends_both(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    one = _open_with_meeting(open_stage, simulator, zoom_side)
    other = open_stage(f"{BODY}<p>Another page</p>", tab=one.tab.open_other())
    other.widget.wait_for_state("idle")
    wait_until(lambda: other.widget.button("Zoom account"), "the other one is connected")
    assert zoom_side.count_calls(Operation.AUTHORIZE) == 0

    one.widget.press("Zoom account")
    told = one.widget.read_text("[role=group][aria-label='Zoom account']")
    assert f"Connected as {MAYA}" in told
    notes = one.read_notes()
    one.widget.press("Disconnect")
    words = one.widget.wait_for_notice("disconnected")
    assert "Your meetings and links keep working." in words
    for stage in (one, other):
        stage.widget.wait_until_gone("[data-action=account]")
        assert stage.list_own_keys() == []
    assert one.read_notes() == notes
    wait_until(lambda: zoom_side.count_calls(Operation.REVOKE) == 1, "revoked")
    zoom_side.get_meeting()


def test_an_expired_token_is_renewed_unseen(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = _open_with_meeting(open_stage, simulator, zoom_side)
    before = stage.storage.read()
    simulator.expire(Expirable.ACCESS_TOKENS)
    stage.reopen()
    wait_until(lambda: stage.widget.detail("Passcode"), "the details are there again")
    assert zoom_side.count_refreshes() == 1
    assert stage.storage.read() != before
    assert stage.list_names()[-1] == "loaded"


def test_an_uninstalled_app_is_connected_again_and_carries_on(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    """Zoom answers 401, and refuses the refresh token."""
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.sign_in()
    simulator.uninstall(MAYA)
    stage.widget.add()
    stage.widget.wait_for_notice("invalid_grant")
    assert (stage.read_notes(), stage.list_own_keys()) == ("Tea", [])
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")
    assert stage.read_notes() == f"Tea\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


def test_a_whole_journey_breaks_no_policy_and_loads_nothing_from_elsewhere(
    open_stage: OpenStage, simulator_server: SimulatorServer, zoom_side: ZoomSide
) -> None:
    """Every test is looked at in this way when it ends. Here the look itself is tried."""
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add()
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")
    zoom_side.get_meeting()
    origins = {"/".join(url.split("/")[:3]) for url in stage.tab.run(LOADED)}
    assert origins == {"/".join(stage.tab.url.split("/")[:3]), simulator_server.url}
    assert stage.tab.run("return window.complaints") == []

    stage.tab.run(BREAK_THE_POLICY)
    wait_until(lambda: len(stage.tab.run("return window.complaints")) == 2, "both are noted")
    noted = {each.split()[1] for each in stage.tab.run("return window.complaints")}
    assert noted == {"img-src", "script-src-elem"}
    assert stage.tab.run("return window.ran ?? null") is None
    stage.tab.run("window.complaints.length = 0")


def test_the_sign_in_window_has_no_copy_of_the_storage(
    open_stage: OpenStage, hosts_url: str
) -> None:
    stage = open_stage(BODY)
    stage.storage.keep_token(stage.simulator.issue_tokens(MAYA))
    stage.reopen()
    wait_until(lambda: stage.widget.button("Zoom account"), "connected")
    stage.widget.press("Zoom account")
    consent = stage.widget.connect("Switch account")
    consent.wait_for()
    consent.tab.goto(hosts_url + SAME_ORIGIN)
    assert consent.tab.run(OWN_KEYS) == []


def test_the_meetings_window_has_no_copy_of_the_storage(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide, hosts_url: str
) -> None:
    stage = _open_with_meeting(open_stage, simulator, zoom_side)
    with stage.tab.expect_popup() as popup:
        stage.widget.press("Start meeting")
    wait_until(lambda: "zak=" in popup[0].url, "Zoom's page")
    popup[0].goto(hosts_url + SAME_ORIGIN)
    assert popup[0].run(OWN_KEYS) == []
