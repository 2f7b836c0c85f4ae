"""Adds a meeting to notes in an editor, and prints the result.

    python -m e2e.editors lexical --content list --caret end
    python -m e2e.editors lexical --serve    # only serve the page, for your own browser

Needs `dist/` (`make build`) and `make editors`.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright
from zoom_meeting_testing.pages import TabStorage
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from e2e.browser import launch
from e2e.demo import DEMO_CLIENT_ID, Zoom
from e2e.editors import CONTENTS, EDITORS, EditorPages
from e2e.editors.editor_page import EditorPage
from e2e.hosts import HostPages
from e2e.stage import MAYA


def main() -> None:
    """Serve the editor's page; add a meeting, undo, redo and remove it."""
    parser = argparse.ArgumentParser(description="Try the widget on one editor.")
    parser.add_argument("name", choices=EDITORS)
    parser.add_argument("--content", choices=CONTENTS, default="paragraphs")
    parser.add_argument("--caret", choices=["start", "end", "nowhere"], default="nowhere")
    parser.add_argument("--serve", action="store_true", help="serve until Ctrl-C, drive nothing")
    options = parser.parse_args()

    with SimulatorServer() as zoom_server, tempfile.TemporaryDirectory() as folder:
        zoom = Zoom(DEMO_CLIENT_ID, zoom_server.url)
        hosts = HostPages(zoom, Path(folder))
        path = EditorPages(hosts, zoom).serve(options.name, options.content)
        with ServerThread(hosts.app) as server:
            tell("page", server.url + path)
            if options.serve:
                signal.sigwait({signal.SIGINT})
                return
            with sync_playwright() as playwright:
                page = launch(playwright).new_page()
                page.on("console", lambda message: tell(message.type, message.text))
                page.on("pageerror", lambda error: tell("uncaught", str(error)))
                page.goto(server.url + path)
                tokens = zoom_server.simulator.issue_tokens(MAYA)
                TabStorage(page).keep_token(tokens)
                page.set_default_timeout(10_000)
                try:
                    drive(EditorPage(page, options.name), options.caret)
                except Error as error:
                    tell("gave up", str(error).splitlines()[0])


def drive(notes: EditorPage, caret: str) -> None:
    """Go through one life of a note line, and print it."""
    notes.widget.wait_for_state("idle")
    notes.place_caret(caret)  # type: ignore[arg-type]
    look(notes, "before")
    notes.widget.add_button.click()
    notes.widget.wait_for_state("ready")
    look(notes, "added")
    notes.page.wait_for_timeout(1000)
    look(notes, "a second later")
    for notice in notes.widget.message.all_text_contents():
        tell("notice", notice)
    notes.return_to_field()
    notes.undo()
    look(notes, "undone")
    notes.redo()
    look(notes, "redone")
    notes.page.keyboard.type("X")
    notes.settle()
    look(notes, "typed X")
    if notes.widget.state == "ready":
        notes.widget.confirm_removal()
        notes.page.wait_for_timeout(2000)
        look(notes, "removed")
    for event in notes.list_announced():
        tell("told", f"{event['name']} {event['lines']}")


def look(notes: EditorPage, when: str) -> None:
    """Print the editor's lines and the widget's state."""
    tell(when, f"[{notes.widget.state}] {notes.read_lines()}")


def tell(what: str, text: str) -> None:
    """Print a line."""
    print(f"{what:>15}: {text}", flush=True)  # noqa: T201 - for people


if __name__ == "__main__":
    main()
