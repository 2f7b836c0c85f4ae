"""Files that the build has not made: altered on the server, on the way, or kept broken in a cache.

The page checks `embed.js` by its `integrity` attribute; these are the files that come after it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from e2e.delivery import DIST
from e2e.stage import SNAPSHOT_AT_ONCE, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Request
    from zoom_meeting_testing.pages import AppointmentBook

    from e2e.watcher import Watcher


RUNTIME: Final = "runtime-*.js"
PYSCRIPT: Final = "pyscript-*/core-*.js"
WASM: Final = "pyodide-*/pyodide.asm.wasm"
ARCHIVE: Final = "pywidget-*.zip"
RUN: Final = b";globalThis.hasRun = true;"
HAS_RUN: Final = "() => 'hasRun' in globalThis"
SETTLED: Final = "() => customElements.get('zoom-meeting').settled"
SNAPSHOTS: Final = """
async () => (await (await caches.open("pywidget:v1:snapshot")).keys()).length
"""
REFUSED: Final = "it is not the file that belongs to this build"


def alter(content: bytes, name: str) -> bytes:
    """Flip a bit, or have a script say that it has run; its syntax stays right."""
    if name.endswith("js"):
        return content + RUN
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


def serve_altered(
    context: BrowserContext, pattern: str, answers: Callable[[Request], bool] = lambda _: True
) -> list[str]:
    """Serve a file altered to the requests that `answers` chooses; return their kinds, as seen."""
    (path,) = (DIST / "assets").glob(pattern)
    altered: list[str] = []

    def answer(route: Route) -> None:
        if not answers(route.request):
            route.continue_()
            return
        altered.append(route.request.resource_type)
        response = route.fetch()
        route.fulfill(response=response, body=alter(response.body(), path.name))

    context.route(re.compile(re.escape(f"/assets/{path.relative_to(DIST / 'assets')}")), answer)
    return altered


def expect_refusal(book: AppointmentBook) -> None:
    widget = book.widget
    widget.wait_for_state("error")
    expect(widget.message).to_contain_text("could not be")
    assert [event.detail["code"] for event in book.list_events()] == ["runtime_load_failed"]
    assert not book.page.evaluate(HAS_RUN)


def test_scripts_know_each_file_that_they_load_by_its_digest() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in DIST.rglob("*.js")]
    for path in (each for each in (DIST / "assets").rglob("*") if each.is_file()):
        if path.suffix in {".br", ".gz"} or path.name.startswith("check-worker"):
            continue  # forms of files for servers; what a page of its own starts by itself
        digest = b64encode(sha256(path.read_bytes()).digest()).decode()
        assert any(f"sha256-{digest}" in script for script in scripts), path.name


@pytest.mark.parametrize("pattern", [RUNTIME, "pyodide-*/pyodide.asm.mjs", PYSCRIPT, WASM, ARCHIVE])
def test_altered_file_is_refused_and_the_right_one_taken_at_the_next_try(
    context: BrowserContext,
    book: AppointmentBook,
    expect_errors: Callable[..., None],
    pattern: str,
) -> None:
    expect_errors(f"zoom-meeting: could not load .*{REFUSED}")
    altered = serve_altered(context, pattern)
    book.open("812")
    expect_refusal(book)
    assert altered == ["fetch"], "it was asked for again, or loaded in another way"

    if pattern == ARCHIVE:
        context.unroute_all()
        book.widget.load_again_button.click()
        book.widget.wait_for_state("idle")


@pytest.mark.parametrize("pattern", [RUNTIME, PYSCRIPT])
def test_script_that_is_another_one_when_it_is_imported_does_not_run(
    context: BrowserContext,
    book: AppointmentBook,
    expect_errors: Callable[..., None],
    pattern: str,
) -> None:
    """A server may tell the check from the import: only the browser can check what it runs."""
    expect_errors("zoom-meeting: could not load .*the browser refused it", "integrity")
    altered = serve_altered(context, pattern, lambda request: request.resource_type != "fetch")
    book.open("812")
    expect_refusal(book)
    assert altered


def test_altered_worker_is_not_started_and_what_it_would_load_is_checked(
    context: BrowserContext, book: AppointmentBook, watcher: Watcher
) -> None:
    context.add_init_script(SNAPSHOT_AT_ONCE)
    workers: list[str] = []
    book.page.on("worker", lambda worker: workers.append(worker.url))
    serve_altered(context, "snapshot-worker-*.js")
    book.open("812").wait_for_state("idle")
    book.page.evaluate(SETTLED)
    assert workers == []

    context.unroute_all()
    first: list[Request] = []

    def comes_later(request: Request) -> bool:
        """Tell whether this is no more the page's own request, but the worker's."""
        first.append(request)
        return len(first) > 1

    serve_altered(context, WASM, comes_later)
    book.reload().wait_for_state("idle")
    book.page.evaluate(SETTLED)
    assert workers
    # What a worker says comes on a way of its own.
    wait_until(
        book.page,
        lambda: any("no snapshot" in line and REFUSED in line for line in watcher.console),
    )
    assert book.page.evaluate(SNAPSHOTS) == 0
