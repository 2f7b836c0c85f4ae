"""The contracts on the real adapters: Pyodide in a browser, under the policy of the host page.

.venv/bin/python -m web.build && .venv/bin/pytest e2e/contracts [--engine firefox]
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from zoom_meeting_testing.browsers import Engine
from zoom_meeting_testing.service import HOST
from zoom_meeting_testing.simulator import ServerThread

from e2e.abilities import Ability
from e2e.browser import CLIPBOARD
from e2e.contracts.contract import find_checks
from e2e.contracts.echo import EchoServer
from e2e.contracts.suites import SUITES
from e2e.delivery import DIST, PageHeaders, write_policy
from e2e.relay.program import find_free_port

pytestmark = pytest.mark.long

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULES = ROOT / "web" / "node_modules"
PATIENCE_MS = 180_000  # Python's start and every check, on a slow machine
PAGES = 2

CHECKS = [(suite, name) for suite, contract in SUITES.items() for name in find_checks(contract)]
NEEDS = {"clipboard": [pytest.mark.needs(Ability.CLIPBOARD)]}
PARAMETERS = [
    pytest.param(suite, check, id=f"{suite}-{check}", marks=NEEDS.get(suite, ()))
    for suite, check in CHECKS
]

Results = dict[str, dict[str, str | None]]


def zip_contracts() -> bytes:
    """Return an archive with the contracts and the adapters that they check."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("e2e/__init__.py", "")
        for source in sorted(HERE.glob("*.py")):
            if not source.name.startswith("test_") and source.name != "echo.py":
                archive.write(source, f"e2e/contracts/{source.name}")
        for source in sorted(
            (DIST.parent / "pywidget").rglob("*.py")
        ):  # what the build was made of
            archive.write(source, source.relative_to(DIST.parent))
    return data.getvalue()


def create_app(*origins: str) -> Starlette:
    def show_page(_request: Request) -> Response:
        return FileResponse(HERE / "page" / "index.html")

    def give_contracts(_request: Request) -> Response:
        return Response(zip_contracts(), media_type="application/zip")

    def show_blank(_request: Request) -> Response:
        return HTMLResponse("<!doctype html><title>blank</title>")

    return Starlette(
        routes=[
            Route("/", show_page),
            Route("/contracts.zip", give_contracts),
            Route("/blank.html", show_blank),
            Mount("/page", StaticFiles(directory=HERE / "page")),
            Mount("/web", StaticFiles(directory=ROOT / "web")),
            Mount("/zoom", StaticFiles(directory=DIST)),
            Mount("/pyodide", StaticFiles(directory=MODULES / "pyodide")),
            Mount("/pyscript", StaticFiles(directory=MODULES / "@pyscript" / "core" / "dist")),
        ],
        middleware=[Middleware(PageHeaders, policy=write_policy(*origins))],
    )


@pytest.fixture(scope="module")
def results(browser: Browser, engine: Engine) -> Results:
    """The problem or `None` for each check of each suite, as the pages report it."""
    nobody = f"http://{HOST}:{find_free_port()}"
    found: Results = {}
    with ServerThread(EchoServer()) as echo:  # noqa: SIM117 - the second needs the first
        with ServerThread(create_app(echo.url, nobody)) as server:
            pages = []
            for suites in list_shares():
                query = urlencode({"echo": echo.url, "nobody": nobody, "suite": suites}, doseq=True)
                pages.append(ContractPage(browser, engine, server.url, query))
            for page in pages:
                found |= page.read_results()
    return found


def list_shares() -> list[list[str]]:
    """Share the suites among pages: they wait for an editor's last word more than they work."""
    suites = [*SUITES]
    return [suites[first::PAGES] for first in range(PAGES)]


class ContractPage:
    """A page in a context of its own: suites have storage, locks and focus to themselves."""

    def __init__(self, browser: Browser, engine: Engine, origin: str, query: str) -> None:
        """Open it; its checks begin by themselves."""
        self._context = browser.new_context()
        self._context.grant_permissions(CLIPBOARD[engine], origin=origin)
        self._page = self._context.new_page()
        self._said: list[str] = []
        self._page.on("console", lambda message: self._said.append(message.text))
        self._page.on("pageerror", lambda error: self._said.append(str(error)))
        self._page.goto(f"{origin}/?{query}")

    def read_results(self) -> Results:
        """Wait until all checks are done, close the page, and return what it says."""
        shown = self._page.locator("#results:not(:empty)")
        try:
            shown.wait_for(timeout=PATIENCE_MS)
        except PlaywrightTimeoutError as error:  # with what the page said about it
            pytest.fail(f"{error}\n" + "\n".join(self._said))
        found: Results = json.loads(shown.inner_text())
        self._context.close()
        return found


@pytest.mark.parametrize(("suite", "check"), PARAMETERS)
def test_the_real_adapter_keeps_its_contract(results: Results, suite: str, check: str) -> None:
    problem = results[suite][check]
    if problem is not None:
        pytest.fail(problem, pytrace=False)


def test_every_check_was_run(results: Results) -> None:
    ran = {(suite, check) for suite, checks in results.items() for check in checks}
    assert ran == set(CHECKS)
