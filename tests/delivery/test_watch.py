"""How pages that show the demo learn that it was changed."""

from __future__ import annotations

import re
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import urlopen

import pytest
from zoom_meeting_testing.simulator import ServerThread

from e2e.changes import Changes
from e2e.demo import Zoom, create_demo_app
from e2e.watch import DEMO, ROOT, is_source, needs_build

ZOOM = Zoom("a-client")


def read(url: str) -> str:
    with urlopen(url, timeout=10) as response:  # noqa: S310 - our own server
        text: str = response.read().decode()
        return text


def read_event(stream: HTTPResponse) -> str:
    """The next event's data."""
    line, end = stream.readline(), stream.readline()
    assert line.startswith(b"data: ")
    assert end == b"\n"
    return line.removeprefix(b"data: ").decode().strip()


def find_mark(page: str) -> str | None:
    """What the page's head says of when it was sent."""
    found = re.search(r'src="/demo/reload\.js\?(\d+)"', page.partition("</head>")[0])
    return found[1] if found else None


def test_only_a_page_that_is_worked_on_asks_for_changes(tmp_path: Path) -> None:
    with ServerThread(create_demo_app(ZOOM, dist=tmp_path)) as server:
        assert find_mark(read(server.url)) is None
    with ServerThread(create_demo_app(ZOOM, dist=tmp_path, changes=Changes())) as server:
        assert find_mark(read(server.url))
        assert "EventSource" in read(f"{server.url}/demo/reload.js")


def test_a_page_hears_that_it_is_new_and_after_a_change_that_it_is_old(tmp_path: Path) -> None:
    changes = Changes()
    with (
        ServerThread(create_demo_app(ZOOM, dist=tmp_path, changes=changes)) as server,
        urlopen(f"{server.url}/changes", timeout=10) as stream,  # noqa: S310 - our own server
    ):
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        first = find_mark(read(server.url))
        assert read_event(stream) == first
        changes.tell()
        second = find_mark(read(server.url))
        assert read_event(stream) == second
    assert first != second


def test_a_page_that_was_sent_before_a_change_is_told_when_it_asks_later(tmp_path: Path) -> None:
    changes = Changes()
    with ServerThread(create_demo_app(ZOOM, dist=tmp_path, changes=changes)) as server:
        old = find_mark(read(server.url))
        changes.tell()
        with urlopen(f"{server.url}/changes", timeout=10) as stream:  # noqa: S310 - our own server
            assert read_event(stream) != old


def test_a_page_of_another_server_is_old(tmp_path: Path) -> None:
    marks = set()
    for _ in range(2):
        with ServerThread(create_demo_app(ZOOM, dist=tmp_path, changes=Changes())) as server:
            marks.add(find_mark(read(server.url)))
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        (ROOT / "pywidget" / "ui" / "view.py", True),
        (ROOT / "web" / "embed.js", True),
        (DEMO / "book.css", False),
    ],
)
def test_the_demo_pages_own_files_need_no_build(path: Path, *, needs: bool) -> None:
    assert needs_build([path]) is needs
    assert needs_build([path, ROOT / "web" / "widget.css"])


def test_a_catalogue_that_the_build_has_compiled_begins_no_other_build() -> None:
    words = ROOT / "pywidget" / "words"
    assert is_source(words / "en.po")
    assert not is_source(words / "en.json")
    assert not is_source(words / "en.unfinished")
