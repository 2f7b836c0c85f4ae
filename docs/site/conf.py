"""How Sphinx makes a site of the documents: `make docs` runs it.

Facts:

- The source is the whole project, since documents link to `SECURITY.md` and to code. Only those
  that `navigation.py` names become pages; what else is linked to is put beside them.
- MyST gives headings the anchors that GitHub gives them, and warns of a link that leads nowhere;
  `make docs` treats warnings as errors.
- Furo needs no other origin: fonts are the system's, and the search runs in the page.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docs.site import navigation, reference

_ROOT = Path(__file__).resolve().parents[2]

project = "Zoom meetings in SimpleSpa"
copyright = "the project's authors, MIT license"  # noqa: A001 - Sphinx's name
version = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
release = version
language = "en"

root_doc = "docs/index"
include_patterns = navigation.list_files(_ROOT)
exclude_patterns = ["**/node_modules", ".venv", ".cache", "dist", "release"]
source_suffix = {".md": "markdown"}

extensions = ["myst_parser"]
myst_heading_anchors = 5
myst_enable_extensions: list[str] = []
suppress_warnings = ["misc.highlighting_failure"]  # examples with … in them are no valid code

html_theme = "furo"
html_title = f"Zoom meetings in SimpleSpa {version}"
html_favicon = "../../web/demo/favicon.svg"
html_show_sphinx = False
html_copy_source = False
html_extra_path = ["root"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1d6457", "color-brand-content": "#1d6457"},
    "dark_css_variables": {"color-brand-primary": "#7fd1bf", "color-brand-content": "#7fd1bf"},
    "navigation_with_keys": True,
}


def setup(app: navigation.Application) -> None:
    """Add the steps that are ours."""
    navigation.connect(app)
    reference.connect(app)
