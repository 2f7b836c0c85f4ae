"""Host pages for tests: any markup around the widget, served under the strict policy.

    url = hosts.serve('<textarea id="notes"></textarea><zoom-meeting …></zoom-meeting>')

Every page keeps the widget's events in `window.meetingEvents`, oldest first.
"""

from __future__ import annotations

import os
import subprocess
from html import escape
from itertools import count
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from e2e.delivery import DIST, WidgetFiles
from e2e.demo import Zoom, create_demo_app

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request

_FOLDER: Final = Path(__file__).resolve().parent
_MODULES: Final = _FOLDER.parent.parent / "web" / "node_modules"
_PAGE: Final = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_APPS: Final = ("react.jsx", "vue.js", "quill.js", "imported.js")
_VUE_FLAGS: Final = ("OPTIONS_API", "PROD_DEVTOOLS", "PROD_HYDRATION_MISMATCH_DETAILS")
_NO_SUCH_PAGE: Final = 404


def bundle(sources: Iterable[Path], folder: Path) -> None:
    """Bundle the scripts of pages that use a framework or an editor."""
    subprocess.run(  # noqa: S603 - our own arguments, no shell
        [
            _MODULES / ".bin" / "esbuild",
            *sources,
            "--bundle",
            "--external:/zoom/*",  # its files are imported from where they are served
            "--format=esm",
            "--jsx=automatic",
            "--log-level=warning",
            '--define:process.env.NODE_ENV="development"',
            "--define:global=globalThis",
            *(f"--define:__VUE_{flag}__=false" for flag in _VUE_FLAGS),
            f"--outdir={folder}",
        ],
        check=True,
        env={"NODE_PATH": str(_MODULES), "PATH": os.environ["PATH"]},
    )


class HostPages:
    """Host pages with any markup; `app` serves them, and the built widget beside them."""

    def __init__(self, zoom: Zoom, apps: Path) -> None:
        self._zoom = zoom
        self.apps = apps
        bundle((_FOLDER / "apps" / name for name in _APPS), apps)
        self._pages: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)
        self.app = Starlette(
            routes=[
                Route("/hosts/{name}.html", self._show),
                Mount("/hosts/apps", StaticFiles(directory=apps)),
                Mount("/hosts", StaticFiles(directory=_FOLDER)),
                Mount("/deep/in/folders", WidgetFiles(directory=DIST)),
                Mount("/", create_demo_app(zoom)),
            ]
        )

    def serve(
        self,
        body: str,
        *,
        lang: str = "en",
        direction: str = "ltr",
        script: Mapping[str, str | None] | None = None,
        scripts: int = 1,
        head: str | None = None,
        policy: str | None = None,
    ) -> str:
        """Add a page to the server, and return its path.

        Args:
            body: The markup of the page's body.
            lang: The page's language.
            direction: The page's text direction.
            script: Script-tag attributes to add or change; `None` leaves one out.
            scripts: How often the script tag stands in the page.
            head: What loads the widget instead of that tag. `{settings}` in it stands for the tag's
                attributes.
            policy: Another content security policy than the demo's.
        """
        attributes = {**self._zoom.build_attributes(), **(script or {})}
        written = " ".join(
            f'{name}="{escape(value)}"' for name, value in attributes.items() if value is not None
        )
        tag = f'<script type="module" src="/zoom/embed.js" {written}></script>\n'
        tags = tag * scripts if head is None else head.replace("{settings}", written)
        page = _PAGE.substitute(lang=lang, dir=direction, tags=tags, body=body)
        name = str(next(self._numbers))
        self._pages[name] = (page, policy or self._zoom.build_policy())
        return f"/hosts/{name}.html"

    async def _show(self, request: Request) -> Response:
        found = self._pages.get(request.path_params["name"])
        if found is None:
            return Response(status_code=_NO_SUCH_PAGE)
        page, policy = found
        return HTMLResponse(page, headers={"content-security-policy": policy})
