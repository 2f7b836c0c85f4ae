"""`zoom-simulator`, the simulator as a command."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import Final

from zoom_meeting_testing.service import HOST
from zoom_meeting_testing.simulator import __main__ as command
from zoom_meeting_testing.zoom import Zoom

STAGING: Final = "https://staging.example/zoom/callback.html"


def run(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        [sys.executable, "-m", command.__name__, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_says_all_that_a_page_needs_and_ends_quietly_with_ctrl_c() -> None:
    options = ("--port", "0", "--redirect-uri", STAGING, "--host-page-url", "https://a.example/")
    with run(*options) as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ctrl+C"):
                break
        url = lines[0].split()[2].rstrip("/")
        settings = Zoom(url).to_json()["settings"]
        attributes = Zoom(url).script_attributes
        process.send_signal(signal.SIGINT)
        _rest, errors = process.communicate(timeout=20)
    assert (settings["redirect_uris"], settings["demo_url"]) == ([STAGING], "https://a.example/")
    for name, value in attributes.items():
        assert f'  {name}="{value}"\n' in lines
    assert any(STAGING in line for line in lines)
    assert (errors, process.returncode) == ("", 0)


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with run("--port", str(port)) as process:
            output, errors = process.communicate(timeout=20)
    assert (output, process.returncode) == ("", 1)
    assert errors.startswith(f"Cannot serve on port {port}: ")
    assert len(errors.splitlines()) == 1


def test_a_redirect_uri_that_zoom_would_not_register_is_refused() -> None:
    with run("--redirect-uri", "http://staging.example/zoom/callback.html") as process:
        output, errors = process.communicate(timeout=20)
    assert (output, process.returncode) == ("", 1)
    assert errors.startswith("--redirect-uri: Zoom registers https://")
