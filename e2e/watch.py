"""Serves the demo page, builds the widget anew when a source is saved, and has pages load again.

    python -m e2e.watch    # takes what `python -m e2e.demo` takes

A change of the demo page's own files only has the page load again; any other one builds the widget
first. If that fails, the old one stays. The demo server and the simulator need a restart.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread
from typing import Final

from watchfiles import watch

from e2e.changes import Changes
from e2e.demo import parse_options, serve

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = (ROOT / "pywidget", ROOT / "web")
DEMO: Final = ROOT / "web" / "demo"
PAGE: Final = ROOT / "index.html"
CATALOGUE: Final = ROOT / "pywidget" / "words" / "en.json"
BUILT: Final = frozenset({".unfinished"})  # what a build leaves beside its sources
_BUILD: Final = ("-m", "web.build")
_BUILD_TUNNEL: Final = ("-m", "web.build_tunnel")


def is_source(path: Path) -> bool:
    """Tell whether a file is written by people: what a build leaves would begin the next one."""
    return path.suffix not in BUILT and path != CATALOGUE


def needs_build(paths: Iterable[Path]) -> bool:
    """Tell whether any of these is more than the demo page's own, which is served as it is."""
    return any(not path.is_relative_to(DEMO) for path in paths)


def build(way: str) -> bool:
    """Build the widget, and the tunnel if the demo uses it; tell whether that has worked."""
    steps = (_BUILD, _BUILD_TUNNEL) if way == "tunnel" else (_BUILD,)
    return all(
        subprocess.run([sys.executable, *step], cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own
        for step in steps
    )


def main() -> None:
    """Serve until Ctrl-C."""
    options = parse_options()

    def follow(stopped: Event, changes: Changes) -> None:
        Thread(target=_follow_page, args=(stopped, changes), daemon=True).start()
        for found in watch(*FOLDERS, stop_event=stopped, raise_interrupt=False):
            paths = [path for _kind, text in found if is_source(path := Path(text))]
            if not paths:
                continue
            _say(f"Changed: {', '.join(sorted({path.name for path in paths}))}")
            if not needs_build(paths) or build(options.way):
                changes.tell()
                _say("The page loads again.")
            else:
                _say("It was not built, and the page stays as it was.")

    serve(options, follow)


def _follow_page(stopped: Event, changes: Changes) -> None:
    """Watch the folder that the page is in: editors put a new file in its place."""
    for _ in watch(
        ROOT,
        recursive=False,
        watch_filter=lambda _kind, path: Path(path) == PAGE,
        stop_event=stopped,
        raise_interrupt=False,
    ):
        changes.tell()
        _say(f"Changed: {PAGE.name}\nThe page loads again.")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - for people


if __name__ == "__main__":
    main()
