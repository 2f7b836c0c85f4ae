"""`python -m pywidget.check`, as somebody runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.check.embedder import Desk

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-W", "error", "-m", "pywidget.check", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_good_page_ends_with_0(desk: Desk) -> None:
    done = run(f"{desk.url}?token=s3cret")
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert "Nothing is wrong" in done.stdout
    assert "s3cret" not in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_a_page_with_something_wrong_ends_with_1(desk: Desk) -> None:
    desk.embedder.headers["callback.html"] = {"cache-control": None}
    done = run(desk.url)
    assert done.returncode == 1
    assert "WRONG    Redirect URI's headers" in done.stdout
    assert "           Cache-Control: no-store" in done.stdout.splitlines()


def test_a_page_that_cannot_be_read_ends_with_2(desk: Desk) -> None:
    for page, status in ((b"<!doctype html><!-- <script> -->", 200), (None, 401)):
        desk.embedder.page, desk.embedder.page_status = page, status
        done = run(desk.url)
        assert done.returncode == 2, done.stdout
        assert "The page could not be checked" in done.stdout


def test_a_tag_can_be_given(desk: Desk) -> None:
    markup = desk.embedder.write_page().decode()
    desk.embedder.page = b"<!doctype html><main></main>"
    done = run(desk.url, "--tag", markup)
    assert done.returncode == 0, done.stdout
    assert "The given tag loads" in done.stdout


def test_a_terminal_without_our_characters_is_no_obstacle(desk: Desk) -> None:
    done = run(desk.url, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "? Sign in once." in done.stdout


@pytest.mark.parametrize(
    ("page", "relay"),
    [("http://пример.invalid/", ""), ("", "https://a..b/"), ("", "https://пример.invalid/")],
)
def test_odd_names_end_in_rows(desk: Desk, page: str, relay: str) -> None:
    if relay:
        desk.embedder.settings |= dict.fromkeys(("token-url", "revoke-url", "api-url"), "")
        desk.embedder.settings["relay"] = relay
    done = run(page or desk.url, "--tag", desk.embedder.write_page().decode())
    assert done.stderr == ""
    assert done.returncode == 1
    assert "WRONG" in done.stdout


def test_a_redirect_to_no_address_ends_in_rows(desk: Desk) -> None:
    desk.embedder.page_status = 302
    desk.embedder.page_headers["location"] = "https://["
    done = run(desk.url)
    assert done.stderr == ""
    assert "WRONG    Page" in done.stdout
    assert "(status 302), but not to an address" in " ".join(done.stdout.split())


def test_what_a_page_says_is_no_command_to_the_terminal(desk: Desk) -> None:
    desk.embedder.head = (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"img-src 'self' \x1b]0;owned\x07 \x9b31m; sandbox \x1b[2J\">"
    )
    done = run(desk.url)
    assert done.returncode == 1
    assert "owned" in done.stdout
    assert not set(done.stdout) & set("\x1b\x07\x9b")


def test_nobody_has_to_read_to_the_end(desk: Desk) -> None:
    with subprocess.Popen(  # noqa: S603 - the same
        [sys.executable, "-m", "pywidget.check", desk.url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["app.example"],
        ["ftp://app.example/"],
        ["https://user:s3cret@app.example/"],
        ["https://app.example:x/"],
        ["https://app.example/", "--tag", "data-client-id"],
    ],
)
def test_what_cannot_be_checked_ends_with_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage:" in done.stderr
    assert "s3cret" not in done.stderr
