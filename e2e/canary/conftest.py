"""The stand of the canary, and its table at the end of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.canary.journeys import Journeys
from e2e.canary.report import TALLY
from e2e.canary.stand import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from zoom_meeting_testing.browsers import Engine


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    """What is planted is no call of Zoom's; nor are those that look into a failed call."""
    return True


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Servers that are listened to, for all tests."""
    with Stand(tmp_path_factory.mktemp("apps")) as stand:
        yield stand


@pytest.fixture
def stand(servers: Stand, engine: Engine) -> Stand:
    """The same, with nothing recorded yet."""
    if engine != "chromium":
        pytest.skip("reads the history of tabs and the clipboard as only Chromium allows")
    servers.begin()
    return servers


@pytest.fixture
def journeys(stand: Stand, browser: Browser) -> Iterator[Journeys]:
    """A browser that is listened to, with an appointment open in it."""
    context = stand.open_context(browser)
    yield Journeys(stand, context)
    context.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what `make canary` has searched."""
    for line in TALLY.write():
        terminalreporter.write_line(line)
