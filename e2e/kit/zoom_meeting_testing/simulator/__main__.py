"""The simulator as a command of its own.

zoom-simulator --port 8001
python -m zoom_meeting_testing.simulator --redirect-uri https://staging.example/zoom/callback.html
"""

from __future__ import annotations

import argparse
import signal
import sys
from threading import Event
from typing import Final

from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.server import SimulatorServer
from zoom_meeting_testing.simulator.settings import Settings
from zoom_meeting_testing.simulator.simulator import Simulator

PORT: Final = 8001


def main() -> None:
    """Serve a simulated Zoom until Ctrl+C."""
    options = _parse_options()
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    settings = _read_settings(options)
    try:
        with SimulatorServer(Simulator(settings=settings), options.port) as server:
            print(_describe(server.url, settings), flush=True)  # noqa: T201 - for people
            stopped.wait()
    except OSError as error:
        sys.exit(f"Cannot serve on port {options.port}: {error.strerror}. --port chooses another.")
    except OverflowError:
        sys.exit(f"Cannot serve on port {options.port}: a port is a number from 0 to 65535.")


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="zoom-simulator", description="Serve a simulated Zoom on 127.0.0.1, until Ctrl+C."
    )
    parser.add_argument("--port", type=int, default=PORT, help="0 takes any that is free")
    parser.add_argument(
        "--redirect-uri",
        action="append",
        default=[],
        metavar="URI",
        help="an address that the app has registered, such as "
        "https://staging.example/zoom/callback.html; may be given more than once",
    )
    parser.add_argument(
        "--host-page-url", default="", metavar="URL", help="your page, for a link back to it"
    )
    return parser.parse_args()


def _read_settings(options: argparse.Namespace) -> Settings:
    given = {"redirect_uris": options.redirect_uri, "demo_url": options.host_page_url}
    try:
        return Settings().changed(given)
    except ControlError as error:
        names = {"redirect_uris": "--redirect-uri", "demo_url": "--host-page-url"}
        told = [f"{names[name]}: {problem}." for name, problem in error.problems.items()]
        sys.exit("\n".join(told))


def _describe(url: str, settings: Settings) -> str:
    registered = [*settings.redirect_uris, f"http://127.0.0.1:*{settings.development_path}"]
    return f"""Zoom simulator: {url}/ (controls, recorded requests, faults)
Client ID: {settings.public_client_id}
Redirect URIs: {", ".join(registered)} (--redirect-uri adds one)

The script tag of a page that uses it:
  data-client-id="{settings.public_client_id}"
  data-authorize-url="{url}/oauth/authorize"
  data-token-url="{url}/oauth/token"
  data-revoke-url="{url}/oauth/revoke"
  data-api-url="{url}/v2"

Ctrl+C ends it."""


if __name__ == "__main__":
    main()
