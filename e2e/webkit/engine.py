"""WebKitGTK: found, or else fetched; and a screen for it.

    python -m e2e.webkit.engine

If something is missing, root on Debian installs it; everyone else is told what to install.

Facts: MiniBrowser is WebKitGTK's own test browser. Debian has it in the same package as its
WebDriver. A session of WebDriver keeps nothing on the disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import Service

from e2e.browser import is_debian

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Remote

PACKAGES: Final = ("webkit2gtk-driver", "xvfb")
HOW_TO_GET_IT: Final = f"WebKitGTK is missing: apt install {' '.join(PACKAGES)}"
_MINI_BROWSERS: Final = "*-linux-gnu/webkit2gtk-*/MiniBrowser"
_SCREEN: Final = "1280x1000x24"
_PATIENCE: Final = 60
"""Seconds for each answer of the driver: it waits for ever for a browser that is gone."""


@dataclass(frozen=True)
class Engine:
    """The programs that it takes."""

    driver: str
    browser: str
    screen: str


def find_engine() -> Engine | None:
    """Return the programs, or `None` if one is missing."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob(_MINI_BROWSERS))
    if not (driver and screen and browsers):
        return None
    return Engine(driver, str(browsers[-1]), screen)


class Screen(Service):
    """A screen that nobody sees. `name` is what programs find in $DISPLAY."""

    def __init__(self, engine: Engine) -> None:
        self.name = ""
        self._engine = engine
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it under the first number that is free."""
        self._process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            [self._engine.screen, "-displayfd", "1", "-screen", "0", _SCREEN, "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        with self._process.stdout as said:
            number = said.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def stop(self) -> None:
        """End it."""
        if self._process:
            self._process.terminate()
            self._process.wait()


@contextmanager
def launch(engine: Engine, screen: Screen) -> Iterator[Remote]:
    """Run a browser with no memory of earlier ones."""
    with ExitStack() as running:
        try:
            driver = running.enter_context(_begin(engine, screen))
        except _get_timeout():  # now and then MiniBrowser is gone at once
            driver = running.enter_context(_begin(engine, screen))
        yield driver


@contextmanager
def _begin(engine: Engine, screen: Screen) -> Iterator[Remote]:
    # Only those who run these tests have it.
    from selenium.webdriver import Remote  # noqa: PLC0415
    from selenium.webdriver.remote.client_config import ClientConfig  # noqa: PLC0415
    from selenium.webdriver.remote.remote_connection import RemoteConnection  # noqa: PLC0415
    from selenium.webdriver.webkitgtk.options import Options  # noqa: PLC0415
    from selenium.webdriver.webkitgtk.service import Service as Driver  # noqa: PLC0415

    options = Options()
    options.binary_location = engine.browser
    options.add_argument("--automation")
    env = {**os.environ, "DISPLAY": screen.name, "TZ": "America/New_York", "LANG": "en_US.UTF-8"}
    service = Driver(executable_path=engine.driver, env=env)
    service.start()
    try:
        config = ClientConfig(remote_server_addr=service.service_url, timeout=_PATIENCE)
        driver = Remote(RemoteConnection(client_config=config), options=options)
        yield driver
        driver.quit()
    finally:
        service.stop()


def _get_timeout() -> type[Exception]:
    from urllib3 import exceptions  # noqa: PLC0415 - as above

    timeout: type[Exception] = exceptions.ReadTimeoutError
    return timeout


def _install() -> None:
    if not (is_debian() and os.geteuid() == 0):
        sys.exit(HOW_TO_GET_IT)
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "--quiet", *command], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    if find_engine() is None:
        _install()
