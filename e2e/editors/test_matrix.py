"""Each editor with each content and each place of the caret, through a note line's whole life."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from e2e.editors import CONTENTS, EDITORS
from e2e.editors.life import BEFORE_LINE, FINE, IN_BOLD, Life, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from _pytest.mark import ParameterSet

    from e2e.editors.conftest import OpenEditor
    from e2e.editors.editor_page import Caret
    from e2e.zoom_side import ZoomSide

STEPS: Final[tuple[Step, ...]] = ("add", "undo", "redo", "type on", "remove")
CARETS: Final[tuple[Caret, ...]] = ("start", "end", "nowhere")
QUICK: Final = frozenset({("plain-breaks", "list", "nowhere")})
"""The cell that `make test` runs, too, since it needs no editor."""

IN_BOLD_TOO: Final = frozenset(
    {"tiptap", "quill", "lexical", "ckeditor", "tinymce-inline", "trix", "draft", "slate"}
)
"""The editors that go on in bold behind bold text, as after their Enter key."""


def list_expected(name: str, content: str, caret: Caret) -> dict[Step, str]:
    """Return the expected outcome of each step: fine, but for known exceptions."""
    expected = dict.fromkeys(STEPS, FINE)
    if content == "bold" and name in IN_BOLD_TOO:
        expected["add"] = IN_BOLD
    if name == "draft" and caret == "start" and content != "empty":
        expected["type on"] = BEFORE_LINE  # it forgets its caret when a button is clicked
    return expected


def mark(name: str, content: str, caret: Caret) -> ParameterSet:
    marks = [] if (name, content, caret) in QUICK else [pytest.mark.editors]
    return pytest.param(name, content, caret, id=f"{name}-{content}-{caret}", marks=marks)


@pytest.mark.parametrize(
    ("name", "content", "caret"), [mark(*cell) for cell in product(EDITORS, CONTENTS, CARETS)]
)
def test_line_in_editor(
    *,
    open_editor: OpenEditor,
    zoom_side: ZoomSide,
    record_property: Callable[[str, object], None],
    name: str,
    content: str,
    caret: Caret,
) -> None:
    outcomes: dict[Step, str] = {}
    for lead in (Life.add_undo_redo_remove, Life.add_and_type_on):
        notes = open_editor(name, content)
        life = Life(notes, caret)
        lead(life)
        notes.page.close()
        if life.outcomes.get("remove") == FINE:
            assert zoom_side.list_meetings() == []
        for step, outcome in life.outcomes.items():
            if outcomes.get(step, FINE) == FINE:
                outcomes[step] = outcome
    record_property("outcomes", outcomes)
    assert {step: outcomes[step] for step in STEPS} == list_expected(name, content, caret)
