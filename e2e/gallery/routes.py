"""The gallery's page, its states as JSON, and the scripts and styles of the widget that paint them.

`GET /gallery/states.json?lang=de` has what `web/patch.js` paints, by group and state, and the words
that the loader finds in `WORDS` and `SENTENCES`; those of another language are loaded as on any
page. The scripts are those of `web/`, as they are before the build.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from e2e.gallery.languages import list_languages, load_sentences, read_sentences
from e2e.gallery.states import list_groups
from pywidget.ui.view import render_host
from web.catalogue import list_translated, read_script_words
from web.catalogue import read_sentences as read_for_scripts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

WEB: Final = Path(__file__).resolve().parents[2] / "web"
_FONTS: Final = ("@fontsource", "@fontsource-variable")
_SOURCES: Final = frozenset({".css", ".js", ".svg"})
_NO_SUCH_FILE: Final = 404
_Value = TypeVar("_Value")


def build_routes() -> list[BaseRoute]:
    """Return the gallery's routes."""
    return [
        Route("/gallery.html", _show_page),
        Route("/gallery/states.json", _send_states),
        Route("/assets/words-{language}.json", _send_words),
        *(_serve_fonts(scope) for scope in _FONTS),
        Mount("/gallery", StaticFiles(directory=Path(__file__).parent)),
        Route("/{path:path}", _send_source),
    ]


def _serve_fonts(scope: str) -> BaseRoute:
    """Serve the packages with the fonts of the pictures; the demo is installed without them."""
    folder = WEB / "node_modules" / scope
    return Mount(f"/gallery/fonts/{scope}", StaticFiles(directory=folder, check_dir=False))


async def _show_page(_request: Request) -> Response:
    return FileResponse(WEB / "demo" / "gallery.html")


async def _send_states(request: Request) -> Response:
    language = request.query_params.get("lang", "en")
    try:
        return JSONResponse(describe_states(language))
    except FileNotFoundError:
        return Response(status_code=_NO_SUCH_FILE)


async def _send_words(request: Request) -> Response:
    """Send a catalogue where the loader looks for it."""
    try:
        sentences = read_sentences(request.path_params["language"])
        return JSONResponse([sentences[key] for key in list_translated()])
    except FileNotFoundError:
        return Response(status_code=_NO_SUCH_FILE)


async def _send_source(request: Request) -> Response:
    """Send a script, a style sheet or an icon of the widget's, at its place in `web/`."""
    path = (WEB / request.path_params["path"]).resolve()
    is_source = path.suffix in _SOURCES and path.parent in (WEB, WEB / "icons")
    if not is_source or not path.is_file():
        return Response(status_code=_NO_SUCH_FILE)
    return FileResponse(path)


def describe_states(language: str) -> dict[str, object]:
    """Describe every state in a language, in JSON's types.

    Raises:
        FileNotFoundError: There is no such language.
    """
    words = load_sentences(language)
    return {
        "languages": list_languages(),
        "words": _nest(read_script_words()),
        "sentences": _nest(read_for_scripts()),
        "groups": {
            title: {name: render_host(model, words) for name, model in models.items()}
            for title, models in list_groups().items()
        },
    }


def _nest(values: Mapping[str, _Value]) -> dict[str, dict[str, _Value]]:
    nested: dict[str, dict[str, _Value]] = {}
    for key, value in values.items():
        kind, _, name = key.partition(".")
        nested.setdefault(kind, {})[name] = value
    return nested
