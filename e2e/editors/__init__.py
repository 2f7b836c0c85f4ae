"""Rich text editors as the notes field: a page for each, set up as its documentation says.

Every page has the widget and `window.editorUnderTest` (apps/page.js); `?content=` chooses the
editor's content. Pages with an editor need `make editors`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from e2e.demo import Zoom
from e2e.hosts import HostPages, bundle

CONTENTS: Final = ("empty", "paragraphs", "list", "bold")

_FOLDER: Final = Path(__file__).resolve().parent
_PACKAGES: Final = _FOLDER / "package.json"


@dataclass(frozen=True)
class Editor:
    """A row of the matrix."""

    title: str
    app: str
    """The name of its script in apps/."""
    field: str
    """The selector of the element that a person types into."""
    package: str | None = None
    """Its npm package; `None` for what browsers have built in."""
    shape: str = ""
    """The markup of its lines, for apps/plain.js."""
    frame: str | None = None
    """The selector of the frame that the field is in."""
    injects_styles: bool = False
    """It puts `<style>` into the page, which the widget's own policy does not allow."""

    @property
    def version(self) -> str:
        """The pinned version."""
        if self.package is None:
            return ""
        packages = json.loads(_PACKAGES.read_text(encoding="utf-8"))
        return str(packages["dependencies"][self.package])


EDITORS: Final = {
    "tiptap": Editor("TipTap (ProseMirror)", "tiptap.js", ".ProseMirror", "@tiptap/core"),
    "quill": Editor("Quill", "quill.js", ".ql-editor", "quill"),
    "lexical": Editor("Lexical", "lexical.js", "#editor", "lexical"),
    "ckeditor": Editor(
        "CKEditor 5", "ckeditor.js", ".ck-editor__editable", "ckeditor5", injects_styles=True
    ),
    "tinymce-inline": Editor(
        "TinyMCE, inline", "tinymce-inline.js", "#editor", "tinymce", injects_styles=True
    ),
    "tinymce-frame": Editor(
        "TinyMCE, in its frame",
        "tinymce-frame.js",
        "body",
        "tinymce",
        frame="iframe.tox-edit-area__iframe",
        injects_styles=True,
    ),
    "trix": Editor("Trix", "trix.js", "trix-editor", "trix", injects_styles=True),
    "draft": Editor("Draft.js", "draft.jsx", "[contenteditable=true]", "draft-js"),
    "slate": Editor("Slate", "slate.jsx", "[data-slate-editor]", "slate"),
    "plain-breaks": Editor("`contenteditable`, `<br>`", "plain.js", "#editor", shape="breaks"),
    "plain-divs": Editor("`contenteditable`, `<div>`", "plain.js", "#editor", shape="divs"),
    "plain-paragraphs": Editor(
        "`contenteditable`, `<p>`", "plain.js", "#editor", shape="paragraphs"
    ),
    "plain-preformatted": Editor(
        "`contenteditable`, `pre-wrap`", "plain.js", "#editor", shape="preformatted"
    ),
    "react": Editor("`textarea` of React", "react.jsx", "#notes", "react"),
}


def open_to_styles(policy: str) -> str:
    """Return the widget's policy, opened for an editor that puts `<style>` into the page."""
    return policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class EditorPages:
    """The editors' pages, on the server of the other host pages."""

    def __init__(self, hosts: HostPages, zoom: Zoom) -> None:
        self._hosts = hosts
        self._policy = zoom.build_policy()
        self._built: set[str] = set()

    def serve(self, name: str, content: str) -> str:
        """Return the path of a page with this editor and this content."""
        editor = EDITORS[name]
        if editor.app not in self._built:
            bundle([_FOLDER / "apps" / editor.app], self._hosts.apps / "editors")
            self._built.add(editor.app)
        files = f"/hosts/apps/editors/{Path(editor.app).stem}"
        body = (
            f'<link rel="stylesheet" href="{files}.css">'
            f'<div id="editor" data-shape="{editor.shape}"></div>'
            f'<script type="module" src="{files}.js"></script>'
        )
        policy = open_to_styles(self._policy) if editor.injects_styles else None
        return self._hosts.serve(body, policy=policy) + f"?content={content}"
