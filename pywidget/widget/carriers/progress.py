"""The carrier that has a meeting watched while its panel is in sight."""

from __future__ import annotations

from pywidget.meetings.progress import Window
from pywidget.widget import events as on
from pywidget.widget.widget import Widget


def watch(widget: Widget, window: Window | None) -> None:
    """Watch this meeting from now on, and no other one."""
    widget.stop_watching()
    if window is None:
        return

    def tell(is_started: bool) -> None:  # noqa: FBT001 - the answer
        # It counts as long as this meeting is shown: a new appointment gets another ID when saved.
        widget.dispatch(on.ProgressSeen(window.meeting_id, is_started=is_started))

    progress = widget.services.progress
    widget.keep_watching(
        progress.watch(window, is_in_sight=lambda: widget.host.is_in_sight, tell=tell)
    )
