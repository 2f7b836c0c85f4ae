"""A page with the built widget, in whose Python a test runs functions of in_page.py.

page = PythonPage(page, "http://127.0.0.1:8000")
page.call("ask", "https://zoom.us/answer?status=200&body=…")
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.requests import Request

ROOT: Final = Path(__file__).resolve().parents[2]
ARCHIVE: Final = "/in-page.zip"
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
""".replace("ARCHIVE", ARCHIVE)
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
    """The page at this address, once the widget's Python is up."""

    def __init__(self, page: Page, url: str) -> None:
        page.goto(url)
        page.locator("zoom-meeting[data-state=idle]").wait_for()
        page.evaluate(_ADD_SCRIPT, _BEGIN)
        page.evaluate(_IS_READY)
        self.page = page

    def call(self, name: str, *arguments: object) -> Any:
        """Call a function of in_page.py; arguments and results are JSON's."""
        return self.page.evaluate(_CALL, [name, json.dumps(arguments)])


async def give_archive(_request: Request) -> Response:
    """Answer with what the page is to import."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("e2e/__init__.py", "e2e/tunnel/__init__.py"):
            archive.writestr(name, "")
        for name in _SOURCES:
            archive.write(ROOT / name, name)
    return Response(data.getvalue(), media_type="application/zip")
