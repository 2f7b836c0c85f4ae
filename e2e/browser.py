"""The Chromium that the browser tests drive: found, or else fetched.

    python -m e2e.browser

Looks at $CHROMIUM, at Playwright's own browser, then at the system's. If there is none, Debian's is
installed as root, and Playwright's everywhere else.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright) -> Browser:
    """Starts the browser, headless."""
    return playwright.chromium.launch(**_choose_options(playwright))


def launch_profile(playwright: Playwright, folder: Path, **options: Any) -> BrowserContext:
    """Starts it with its caches in a folder, as people have them, instead of in memory."""
    return playwright.chromium.launch_persistent_context(
        folder, **_choose_options(playwright), **options
    )


def _choose_options(playwright: Playwright) -> dict[str, Any]:
    path = _find(playwright)
    if path is None:
        sys.exit("There is no Chromium: `make browser` gets one.")
    # Root cannot use Chromium's sandbox. The rest keeps it from calling home during tests.
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": path, "args": arguments}


def _find(playwright: Playwright) -> str | None:
    candidates = [os.environ.get("CHROMIUM"), playwright.chromium.executable_path]
    candidates += [shutil.which(name) for name in _NAMES]
    return next((path for path in candidates if path and Path(path).exists()), None)


def _install() -> None:
    if _is_debian() and os.geteuid() == 0:
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *command], check=True)  # noqa: S603, S607
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


if __name__ == "__main__":
    with sync_playwright() as playwright:
        found = _find(playwright)
    if found is None:
        _install()
