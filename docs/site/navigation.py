"""Which documents the site has, and in which order.

Sphinx warns of a document that is linked to and not named here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START: Final = "docs/index"
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Start": ("docs/start", "docs/zoom-app", "docs/reaching-zoom", "docs/tunnel"),
    "Your page": (
        "docs/embedding",
        "docs/events",
        "docs/theming",
        "docs/editors",
        "docs/reference",
        "docs/frameworks",
    ),
    "Your server": ("docs/serving", "docs/csp", "docs/checking", "docs/upgrading"),
    "Help": ("docs/troubleshooting", "docs/errors"),
    "Testing": ("docs/qa", "docs/simulator"),
    "The project": (
        "SECURITY",
        "CHANGELOG",
        "ARCHITECTURE",
        "CONTRIBUTING",
        "docs/product",
        "docs/glossary",
        "docs/quality",
        "docs/benchmarks/README",
        "docs/benchmarks/tunnel",
        "docs/tunnel/forwarders",
    ),
}


class Application(Protocol):
    """What of Sphinx is used: it tells listeners what it does."""

    srcdir: Path

    def connect(self, event: str, callback: Callable[..., Any]) -> int:
        """Call back whenever the event happens."""


def list_files(root: Path) -> list[str]:
    """List the documents that there are, as paths from the project's folder."""
    names = [START, *(name for names in GROUPS.values() for name in names)]
    return [f"{name}.md" for name in names if (root / f"{name}.md").is_file()]


def write_contents(files: list[str]) -> str:
    """Write the start page's tables of contents, which make the site's menu."""
    parts = []
    for caption, names in GROUPS.items():
        there = "\n".join(f"/{name}" for name in names if f"{name}.md" in files)
        parts.append(f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{there}\n```\n")
    return "".join(parts)


def connect(app: Application) -> None:
    """Add the menu to the start page: elsewhere than on the site, it would be clutter there."""

    def add_contents(sphinx: Application, name: str, source: list[str]) -> None:
        if name == START:
            source[0] += write_contents(list_files(sphinx.srcdir))

    app.connect("source-read", add_contents)
