"""The table in docs/qa.md: each line brings about in a browser what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect
from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget
from zoom_meeting_testing.zoom import Zoom

from e2e.stage import LINK, MAYA, write_line
from pywidget.domain.errors import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zoom_meeting_testing.browsers import Engine
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

DOCUMENT: Final = Path(__file__).resolve().parent.parent / "docs" / "qa.md"
CREATE: Final = "meeting_widget.start_sign_in().allow()"
STATES: Final = "loading idle signing-in creating ready updating removing gone error"
EVENTS: Final = (
    "connected created loaded updated removed cleaned notes-changed disconnected send error"
)
UNLISTED: Final = {
    Code.TUNNEL_FAILED,
    Code.TUNNEL_REFUSED,
    Code.CERTIFICATE_REFUSED,
    Code.INTERNAL_ERROR,
}
"""They need a tunnel, or a defect."""


@dataclass(frozen=True)
class Row:
    """A line of the table: `kind` and `name` are what comes, `code` and `then` bring it about."""

    kind: str
    name: str
    start: str
    code: str
    then: str


def read_rows() -> list[Row]:
    text = DOCUMENT.read_text(encoding="utf-8")
    form = r"\| (state|event|code) `([\w-]+)` \| (new|idle|ready) \| `(.+?)` \| (create|`.+?`)? ?\|"
    return [Row(*found) for found in re.findall(form, text)]


ROWS: Final = read_rows()


@pytest.fixture
def page(browser: Browser, simulator: Simulator) -> Iterator[Page]:
    """A tab that nobody watches: each line makes something go wrong."""
    assert not simulator.list_requests(), "something else uses this simulator"
    context = browser.new_context(locale="en-US", timezone_id="America/New_York")
    yield context.new_page()
    context.close()


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    return True


def test_the_table_has_every_state_event_and_code() -> None:
    listed = {kind: {row.name for row in ROWS if row.kind == kind} for kind in ("state", "event")}
    assert listed == {"state": set(STATES.split()), "event": set(EVENTS.split())}
    codes = {row.name for row in ROWS if row.kind == "code"}
    assert codes == {code.value for code in Code} - {code.value for code in UNLISTED}


@pytest.mark.long
@pytest.mark.direct("the faults are those of calls that a page makes itself")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.name}")
def test_a_line_of_the_table_does_what_it_says(
    row: Row,
    *,
    engine: Engine,
    book: AppointmentBook,
    page: Page,
    simulator: Simulator,
    simulator_server: SimulatorServer,
) -> None:
    if engine != "chromium":
        pytest.skip("the kit's own fixtures start Chromium")
    widget = book.widget
    names: dict[str, Any] = {
        "page": page,
        "zoom": Zoom(simulator_server.url),
        "meeting_widget": widget,
        "notes": book.notes,
        "MAYA": MAYA,
        "LINE": write_line(LINK),
    }

    def run(code: str) -> None:
        exec(compile(code.strip("`"), DOCUMENT, "exec"), names)  # noqa: S102 - our own document

    def act() -> None:
        if row.start != "new":
            run(row.code)
        if row.then:
            run(CREATE if row.then == "create" else row.then)

    if row.start == "new":
        run(row.code)
    book.open("812")
    if row.start != "new":
        widget.wait_for_state("idle")
    if row.start == "ready":
        widget.create_meeting()
    if row.kind == "event":
        with widget.expect_event(row.name) as event:
            act()
        assert event.detail["appointment"] == "812"
    else:
        act()
        see(row, widget)
    simulator.clear_faults()


def see(row: Row, widget: MeetingWidget) -> None:
    if row.kind == "state":
        widget.wait_for_state(row.name)  # type: ignore[arg-type] # the first test compares them
    else:
        timeout = 40_000 if row.name == "timeout" else 20_000
        expect(widget.notice).to_have_attribute("data-code", row.name, timeout=timeout)
