"""Where a browser to test with is on this machine.

It is looked for in $CHROMIUM or $FIREFOX, then as Playwright's own, then as the system's.

Facts: Playwright's own Firefox is patched for it. Any other, such as Debian's Firefox ESR, is
driven over WebDriver BiDi, as the channel "moz-firefox".
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType, Playwright

Engine = Literal["chromium", "firefox"]

ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
_NAMES: Final = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}


def find_type(playwright: Playwright, engine: Engine) -> BrowserType:
    """Return what starts this kind of browser."""
    return playwright.chromium if engine == "chromium" else playwright.firefox


def find_browser(playwright: Playwright, engine: Engine) -> str | None:
    """Return the path of the browser; `None` if there is none."""
    candidates = [os.environ.get(engine.upper()), find_type(playwright, engine).executable_path]
    candidates += [shutil.which(name) for name in _NAMES[engine]]
    return next((path for path in candidates if path and Path(path).exists()), None)


def choose_options(playwright: Playwright, engine: Engine, path: str) -> dict[str, Any]:
    """Return the options with which Playwright starts the browser at this path."""
    if engine == "firefox":
        is_own = path == playwright.firefox.executable_path
        return {"executable_path": path} | ({} if is_own else {"channel": "moz-firefox"})
    # Root cannot use Chromium's sandbox. The other arguments keep Chromium from calling home.
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": path, "args": arguments}
