"""The pages to measure, and their server.

Ours have the widget's own content security policy; stock PyScript has the one that it needs.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from zoom_meeting_testing.simulator import ServerThread

from e2e.bench.stock import prepare_stock
from e2e.bench.traffic import Traffic
from e2e.delivery import DIST, WidgetFiles
from e2e.stage import LINK, write_element, write_line

if TYPE_CHECKING:
    from starlette.requests import Request

    from e2e.demo import Zoom

LINE: Final = write_line(LINK)
_FOLDER: Final = Path(__file__).with_name("pages")
_LOADER_MAX_AGE: Final = 300
"""The seconds that docs/serving.md recommends for production."""
_STOCK_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; worker-src 'self'"
)


class BenchSite(ServerThread):
    """The server of the pages; `traffic` counts what it sends."""

    def __init__(self, zoom: Zoom) -> None:
        self._policy = zoom.build_policy()
        attributes = " ".join(
            f'{name}="{escape(value)}"' for name, value in zoom.build_attributes().items()
        )
        self._parts = {
            "script": f'<script type="module" src="/zoom/embed.js" {attributes}></script>',
            "plain": write_element("plain", appointment="1", notes="#no-notes"),
            "held": write_element("held", appointment="2", notes="#held-notes"),
            "rich": write_element("rich", appointment="3", notes="#rich-notes"),
            "line": escape(LINE),
        }
        app = Starlette(
            routes=[
                Route("/{name}.html", self._show),
                Mount("/bench", StaticFiles(directory=_FOLDER)),
                Mount("/stock", WidgetFiles(prepare_stock())),
                Mount("/zoom", WidgetFiles(DIST, loader_max_age=_LOADER_MAX_AGE)),
            ]
        )
        self.traffic = Traffic(app)
        super().__init__(self.traffic)

    async def _show(self, request: Request) -> Response:
        name = request.path_params["name"]
        page = Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
        policy = _STOCK_POLICY if name == "stock" else self._policy
        return HTMLResponse(
            page.substitute(self._parts), headers={"content-security-policy": policy}
        )
