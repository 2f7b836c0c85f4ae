"""The browsers that the tests drive: each is found, or else fetched.

    python -m e2e.browser [chromium | firefox]

`zoom_meeting_testing.browsers` looks for it. If there is none, root on Debian installs Debian's
package, everyone else Playwright's build.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright
from zoom_meeting_testing.browsers import (
    ENGINES,
    Engine,
    choose_options,
    find_browser,
    find_type,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Playwright

CLIPBOARD: Final[dict[Engine, list[str]]] = {
    "chromium": ["clipboard-read", "clipboard-write"],
    "firefox": [],  # it has no such permission
}
"""The permissions that a page needs to copy, and to read the clipboard."""
_DEBIAN_PACKAGES: Final = {"chromium": "chromium", "firefox": "firefox-esr"}


def launch(playwright: Playwright, engine: Engine = "chromium", *more: str) -> Browser:
    """Start the browser for tests, headless. Exits the program if there is none.

    `more` are arguments for Chromium's command line. It draws letters as they are, not fitted to a
    screen's pixels, which machines do in different degrees. It does not optimize Python's code for
    a long life, which no test has: measured over journeys, that takes a sixth of the computing.
    """
    options = _choose_options(playwright, engine)
    if engine == "chromium":
        options["args"] += ["--js-flags=--liftoff-only", "--font-render-hinting=none", *more]
    return find_type(playwright, engine).launch(**options)


def launch_keeper(playwright: Playwright) -> Browser:
    """Start a Chromium that keeps pages that were left, as users' do; Playwright's do not."""
    options = _choose_options(playwright, "chromium")
    return playwright.chromium.launch(
        **options, ignore_default_args=["--disable-back-forward-cache"]
    )


def launch_profile(playwright: Playwright, folder: Path, **options: Any) -> BrowserContext:
    """Start Chromium with its caches in a folder, as users have them, not in memory."""
    return playwright.chromium.launch_persistent_context(
        folder, **_choose_options(playwright, "chromium"), **options
    )


def _choose_options(playwright: Playwright, engine: Engine) -> dict[str, Any]:
    path = find_browser(playwright, engine)
    if path is None:
        sys.exit(f"There is no {engine}: `python -m e2e.browser {engine}` gets one.")
    return choose_options(playwright, engine, path)


def _install(engine: Engine) -> None:
    if is_debian() and os.geteuid() == 0:
        package = _DEBIAN_PACKAGES[engine]
        for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "--quiet", *command], check=True)  # noqa: S603, S607
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", engine], check=True)  # noqa: S603


def is_debian() -> bool:
    """Tell whether the system installs with apt, and under Debian's names."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _read_engine(arguments: list[str]) -> Engine:
    named = arguments[0] if arguments else "chromium"
    for engine in ENGINES:
        if engine == named:
            return engine
    sys.exit(f"{named} is none of {', '.join(ENGINES)}")


if __name__ == "__main__":
    wanted = _read_engine(sys.argv[1:])
    with sync_playwright() as playwright:
        found = find_browser(playwright, wanted)
    if found is None:
        _install(wanted)
