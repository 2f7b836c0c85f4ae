"""Every editor, with every content and every place of the caret, through a line's whole life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from e2e.editors import CONTENTS, EDITORS
from e2e.editors.life import FINE, Life, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.editors.conftest import OpenEditor
    from e2e.editors.editor_page import Caret
    from e2e.zoom_side import ZoomSide

STEPS: Final[tuple[Step, ...]] = ("add", "undo", "redo", "type on", "remove")

EXPECTED: Final[dict[str, dict[Step, str]]] = {}
"""What is known to go otherwise, and is told to the user: per editor, or per editor and content."""


@pytest.mark.parametrize("caret", ["start", "end", "nowhere"])
@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", EDITORS)
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
    expected = dict.fromkeys(STEPS, FINE) | EXPECTED.get(name, {})
    expected |= EXPECTED.get(f"{name} {content}", {})
    assert {step: outcomes[step] for step in STEPS} == expected
