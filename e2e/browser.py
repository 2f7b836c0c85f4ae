"""The browsers that the tests drive: each is found, or else fetched.

    python -m e2e.browser [chromium | firefox]

It is looked for in $CHROMIUM or $FIREFOX, then as Playwright's own, then as the system's. If there
is none, root on Debian installs Debian's package, everyone else Playwright's build.

Facts: Playwright's own Firefox is patched for it. Any other, such as Debian's Firefox ESR, is
driven over WebDriver BiDi, as the channel "moz-firefox".
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

Engine = Literal["chromium", "firefox"]

ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
CLIPBOARD: Final[dict[Engine, list[str]]] = {
    "chromium": ["clipboard-read", "clipboard-write"],
    "firefox": [],  # it has no such permission
}
"""The permissions that a page needs to copy, and to read the clipboard."""
_NAMES: Final = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
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
    return _find_type(playwright, engine).launch(**options)


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


def _find_type(playwright: Playwright, engine: Engine) -> BrowserType:
    return playwright.chromium if engine == "chromium" else playwright.firefox


def _choose_options(playwright: Playwright, engine: Engine) -> dict[str, Any]:
    path = _find(playwright, engine)
    if path is None:
        sys.exit(f"There is no {engine}: `python -m e2e.browser {engine}` gets one.")
    if engine == "firefox":
        is_own = path == playwright.firefox.executable_path
        return {"executable_path": path} | ({} if is_own else {"channel": "moz-firefox"})
    # Root cannot use Chromium's sandbox. The other arguments keep Chromium from calling home.
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": path, "args": arguments}


def _find(playwright: Playwright, engine: Engine) -> str | None:
    candidates = [os.environ.get(engine.upper()), _find_type(playwright, engine).executable_path]
    candidates += [shutil.which(name) for name in _NAMES[engine]]
    return next((path for path in candidates if path and Path(path).exists()), None)


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
        found = _find(playwright, wanted)
    if found is None:
        _install(wanted)
