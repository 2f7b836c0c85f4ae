"""Pages of frameworks, built by the frameworks' own commands, with the widget as the documents say.

The folder of each has its page, with the documented tag, and its components. It is built from a
copy, in whose `public/` the widget's files are, as `docs/frameworks.md` has it.
"""

from __future__ import annotations

import shutil
import subprocess
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from e2e.delivery import DIST, PageHeaders, WidgetFiles

if TYPE_CHECKING:
    from starlette.requests import Request

    from e2e.demo import Zoom

FOLDER: Final = Path(__file__).resolve().parent
FRAMEWORKS: Final = ("react", "vue", "svelte", "angular")
_TAG: Final = '<script type="module" src="/zoom/embed.js"'
_PLACEHOLDER: Final = 'data-client-id="PUBLIC_CLIENT_ID"'
_NONCE: Final = "dHVyYm8"  # Turbo puts a <style> into each page


def build(name: str, folder: Path, *, is_beside: bool = False) -> Path:
    """Build the page of a framework; return the folder that is to be served.

    Args:
        name: One of `FRAMEWORKS`, or `turbo`.
        folder: Where to build it.
        is_beside: Whether a server has the widget's files, so that Vite's `public/` has not.
    """
    source = FOLDER / name if name == "angular" else FOLDER / "vite" / name
    modules = FOLDER / ("angular" if name == "angular" else "vite") / "node_modules"
    copy = folder / name
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(modules)
    if is_beside:
        page = copy / "index.html"
        page.write_text(page.read_text("utf-8").replace(_TAG, f"{_TAG} vite-ignore", 1), "utf-8")
    else:
        shutil.copytree(DIST, copy / "public" / "zoom")
    command = ("ng", "build") if name == "angular" else ("vite", "build", "--logLevel", "warn")
    subprocess.run(  # noqa: S603 - our own arguments, no shell
        [modules / ".bin" / command[0], *command[1:]], cwd=copy, check=True
    )
    return copy / "dist"


def create_app(zoom: Zoom, folder: Path, files: Path) -> Starlette:
    """Return an application that serves what was built, with the settings of this Zoom.

    Args:
        zoom: The Zoom that the page talks to.
        folder: What `build` returned.
        files: The folder with the widget's files.
    """
    settings = " ".join(
        f'{name}="{escape(value)}"' for name, value in zoom.build_attributes().items()
    )
    policy = zoom.build_policy().replace("style-src", f"style-src 'nonce-{_NONCE}'")

    async def show(request: Request) -> Response:
        path = folder / f"{request.path_params.get('name', 'index')}.html"
        page = path.read_text(encoding="utf-8")
        if _PLACEHOLDER not in page:
            raise ValueError(f"the tag in {path.name} is not as it was written")
        return HTMLResponse(page.replace(_PLACEHOLDER, settings))

    return Starlette(
        routes=[
            Route("/", show),
            Route("/{name}.html", show),
            Mount("/zoom", WidgetFiles(directory=files)),
            Mount("/", StaticFiles(directory=folder)),
        ],
        middleware=[
            Middleware(PageHeaders, policy=policy.replace("base-uri 'none'", "base-uri 'self'"))
        ],
    )
