"""A page with the built widget, whose Python runs functions of in_page.py for a test.

page = PythonPage(page, "http://127.0.0.1:8000")
page.call("ask", "https://zoom.us/answer?status=200&body=…")
"""

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route

from e2e.delivery import DIST, PageHeaders, WidgetFiles, write_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page
    from starlette.requests import Request

ROOT: Final = Path(__file__).resolve().parents[2]
ROOTS: Final = "/roots.pem"
_PAGE: Final = Path(__file__).with_name("page.html")
_ARCHIVE: Final = "/in-page.zip"
_SOURCES: Final = (
    *(f"e2e/contracts/{name}.py" for name in ("contract", "transport", "urls")),
    "e2e/tunnel/in_page.py",
)
_BEGIN: Final = """\
import sys
from pathlib import Path
from pyodide.http import pyfetch

answer = await pyfetch("ARCHIVE")
Path("/in-page.zip").write_bytes(await answer.bytes())
sys.path.append("/in-page.zip")
from e2e.tunnel.in_page import start
start()
""".replace("ARCHIVE", _ARCHIVE)
_ADD_SCRIPT: Final = """code => {
  const script = document.createElement("script");
  script.type = "py";
  script.setAttribute("async", "");
  script.textContent = code;
  document.head.append(script);
}"""
_IS_READY: Final = """async () => {
  while (!globalThis.tunnelTests) await new Promise((resolve) => setTimeout(resolve, 20));
}"""
_CALL: Final = "async ([name, given]) => JSON.parse(await tunnelTests(name, given))"


class PythonPage:
    """The page at an address, once the widget's Python has started."""

    def __init__(self, page: Page, url: str) -> None:
        page.goto(url)
        page.locator("zoom-meeting[data-state=idle]").wait_for()
        page.evaluate(_ADD_SCRIPT, _BEGIN)
        page.evaluate(_IS_READY)
        self.page = page

    def call(self, name: str, *arguments: object) -> Any:
        """Call a function of in_page.py; arguments and results are JSON."""
        return self.page.evaluate(_CALL, [name, json.dumps(arguments)])


def create_pages(roots: Path, attributes: Mapping[str, str]) -> Starlette:
    """Return an application with the page at `/` and the certificates at `ROOTS`.

    The attributes stand on the page's script tag.
    """

    async def show_page(_request: Request) -> Response:
        page = Template(_PAGE.read_text(encoding="utf-8"))
        written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
        return HTMLResponse(page.substitute(attributes=written))

    async def give_roots(_request: Request) -> Response:
        return FileResponse(roots)

    return Starlette(
        routes=[
            Route("/", show_page),
            Route(ROOTS, give_roots),
            Route(_ARCHIVE, _give_archive),
            Mount("/zoom", WidgetFiles(DIST)),
        ],
        middleware=[Middleware(PageHeaders, policy=write_policy())],
    )


async def _give_archive(_request: Request) -> Response:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("e2e/__init__.py", "e2e/tunnel/__init__.py"):
            archive.writestr(name, "")
        for name in _SOURCES:
            archive.write(ROOT / name, name)
    return Response(data.getvalue(), media_type="application/zip")
