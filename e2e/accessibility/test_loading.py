"""axe finds nothing while Python loads; e2e/test_gallery.py has all that comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.pages import MeetingWidget

from e2e.axe import find_violations
from e2e.stage import LINK, write_element, write_line

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.stage import Gate


def test_axe_finds_nothing_while_python_loads(open_stage: OpenStage, python_gate: Gate) -> None:
    del python_gate
    body = (
        '<main><h1>Thursday</h1><label>Notes<textarea id="notes"></textarea></label>'
        f'<label>More<textarea id="full">{write_line(LINK)}</textarea></label>'
        + write_element()
        + write_element("disabled", appointment="8", disabled="")
        + write_element("expected", appointment="9", notes="#full")
        + "</main>"
    )
    stage = open_stage(body)
    stage.widget.add_button.click()
    MeetingWidget.find(stage.page, "#widget").progress.wait_for()
    assert find_violations(stage.page) == []
