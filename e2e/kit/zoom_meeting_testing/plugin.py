"""The pytest plugin: a simulated Zoom, and the widget of a page that talks to it.

    def test_a_meeting_is_created(page, meeting_widget):
        page.goto("/appointments/812")
        meeting_widget.start_sign_in().allow()
        meeting_widget.wait_for_state("ready")

It lives beside pytest-playwright and pytest-base-url: `page` and `--base-url` are theirs if they
are installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from zoom_meeting_testing import base_url, browser_fixtures
from zoom_meeting_testing.evidence import FOLDER, keep_evidence
from zoom_meeting_testing.pages.meeting_widget import MeetingWidget
from zoom_meeting_testing.simulator.server import SimulatorServer
from zoom_meeting_testing.zoom import NoSimulatorError, Zoom

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import ConsoleMessage, Page

REAL: Final = "none"
"""The `--zoom-url` of those who test with the real Zoom."""
_FAILED: Final = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--zoom-url`."""
    group = parser.getgroup("zoom", "the Zoom meeting widget")
    group.addoption(
        "--zoom-url",
        metavar="URL",
        default="",
        help="use the Zoom simulator that runs there (`zoom-simulator` starts one); "
        f"`{REAL}`: the real Zoom, and skip what needs a simulator; by default, one is started",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Bring what pytest-playwright and pytest-base-url would, if they are not there.

    Facts: all plugins but conftests are known by now, and options can still be added.
    pytest-playwright brings `--base-url` itself, or needs pytest-base-url, which does.
    """
    manager = early_config.pluginmanager
    if manager.has_plugin("playwright"):
        return
    manager.register(browser_fixtures, "zoom-browser-fixtures")
    if not manager.has_plugin("base_url"):
        manager.register(base_url, "zoom-base-url")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot work."""
    if _find_url(config) and config.getoption("numprocesses", None):
        raise pytest.UsageError(
            "Processes at the same time need a simulator each: leave out --zoom-url, or -n."
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures find out whether the test failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def zoom_settings() -> dict[str, Any]:
    """Settings of the simulator that each test starts with, to override.

    They are those of `Settings`, such as `redirect_uris`.
    """
    return {}


@pytest.fixture(scope="session")
def zoom_script_attributes() -> dict[str, str | None] | None:
    """What the script tag gets beside `Zoom.script_attributes`, to override.

    `None` takes an attribute away. Instead of the dictionary, `None` leaves tags as they are.
    """
    return {}


@pytest.fixture(scope="session")
def zoom_server(pytestconfig: pytest.Config) -> Iterator[SimulatorServer | None]:
    """The server of the simulator that is started for this run; `None` if another one is used."""
    if pytestconfig.getoption("zoom_url"):
        yield None
        return
    with SimulatorServer() as server:
        yield server


@pytest.fixture
def zoom(
    request: pytest.FixtureRequest,
    zoom_server: SimulatorServer | None,
    zoom_settings: dict[str, Any],
) -> Iterator[Zoom]:
    """The simulated Zoom, reset; a fault that the test left unused fails it."""
    if _is_real(request.config):
        pytest.skip(f"needs a Zoom simulator, and --zoom-url is `{REAL}`")
    if zoom_server:
        zoom_server.hang_up()  # what the last test's pages have sent could still arrive
    zoom = Zoom(zoom_server.url if zoom_server else _find_url(request.config))
    try:
        zoom.reset()
    except NoSimulatorError as error:
        pytest.fail(str(error), pytrace=False)
    zoom.change_settings(zoom_settings)
    yield zoom
    unused = [f"{each['operation']} {each['kind']}" for each in zoom.list_faults()]
    zoom.clear_faults()
    if unused and not _has_failed(request):
        pytest.fail(f"the test ordered faults that never happened: {unused}", pytrace=False)


@pytest.fixture
def meeting_widget(
    request: pytest.FixtureRequest,
    page: Page,
    zoom_script_attributes: dict[str, str | None] | None,
) -> Iterator[MeetingWidget]:
    """The only widget of the page, whose calls go to the simulator.

    If the test fails, pictures and the console are kept; see `evidence.py`.
    """
    if not _is_real(request.config) and zoom_script_attributes is not None:
        request.getfixturevalue("zoom").attach(page.context, zoom_script_attributes)
    console: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        console.append(f"{message.type}: {message.text}")

    page.context.on("console", listen)
    yield MeetingWidget.find(page)
    if _has_failed(request):
        name = f"{request.path.stem}-{request.node.name}"
        keep_evidence(request.config.rootpath / FOLDER, name, page.context.pages, console)


def _has_failed(request: pytest.FixtureRequest) -> bool:
    return bool(request.node.stash.get(_FAILED, False))


def _find_url(config: pytest.Config) -> str:
    url = str(config.getoption("zoom_url"))
    return "" if url == REAL else url


def _is_real(config: pytest.Config) -> bool:
    return bool(config.getoption("zoom_url") == REAL)
