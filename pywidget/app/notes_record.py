"""The appointment's notes as the record of its meeting: found, written, corrected, removed.

Facts: the field belongs to the host page, which may replace or change it at any time; so it is
looked up and read anew each time, and every change is the smallest one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from pywidget.app.departure import Draft
from pywidget.app.ports import Notes
from pywidget.domain.errors import Code, HostPageError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.link_hint import hints_at_meeting
from pywidget.domain.note_line import (
    Edit,
    FoundMeeting,
    NoteLine,
    add_line,
    find_meeting,
    find_meetings,
    remove_meeting,
    write_line,
)


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """What was removed, and how to put it back.

    Attributes:
        line: The line, without the break that went with it.
        notes: The notes as they were afterwards.
        undo: The change that makes it undone, as long as the notes are still those.
    """

    line: str
    notes: str = field(repr=False)
    undo: Edit


class NotesRecord:
    """The notes of one appointment. Every method raises what `Notes` raises."""

    def __init__(
        self,
        find_notes: Callable[[], Notes],
        trusted_hosts: frozenset[str],
        *,
        on_write: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._find_notes = find_notes
        self._trusted_hosts = trusted_hosts
        self._on_write = on_write

    def find(self) -> FoundMeeting | None:
        """The meeting that the notes hold."""
        return find_meeting(self._find_notes().read(), self._trusted_hosts)

    def only_hints(self) -> bool:
        """Whether the notes hold no meeting, but a link that may be the appointment's."""
        notes = self._find_notes().read()
        return hints_at_meeting(notes) and find_meeting(notes, self._trusted_hosts) is None

    def add(self, note_line: NoteLine) -> str | None:
        """Writes the line and returns it; `None` where this meeting stands already.

        Raises:
            HostPageError: `notes_conflict`: somebody has put another meeting there.
        """
        found = self.find()
        if found is not None:
            if found.link.room != note_line.link.room:
                message = "Another meeting was put into the notes meanwhile."
                raise HostPageError(Code.NOTES_CONFLICT, message)
            return None
        line = write_line(note_line)
        self._append(line)
        return line

    def rewrite(self, link: JoinLink, starts: datetime) -> str | None:
        """Writes another time into the meeting's line; `None` where there is nothing to correct.

        Raises:
            HostPageError: `notes_conflict`: the notes do not hold the meeting any more.
        """
        notes = self._find_notes()
        text = notes.read()
        found = self._find_same(text, link)
        if found is None:
            raise _explain_conflict()
        if found.topic is None:
            return None  # a bare link, which says nothing about the time
        line = write_line(NoteLine(found.topic, starts, found.link))
        if text[found.start : found.end] == line:
            return None
        self._apply(notes, Edit(found.start, found.end, line))
        return line

    def remove(self, link: JoinLink) -> RemovedLine | None:
        """Removes the line of this meeting; `None` where it does not stand any more."""
        notes = self._find_notes()
        text = notes.read()
        found = self._find_same(text, link)
        if found is None:
            return None
        edit = remove_meeting(text, found, multiline=notes.multiline)
        self._apply(notes, edit)
        undo = Edit(edit.start, edit.start, text[edit.start : edit.end])
        return RemovedLine(text[found.start : found.end], edit.apply(text), undo)

    def restore(self, removed: RemovedLine) -> None:
        """Puts a removed line back where it was, or at the end if the notes have changed since."""
        notes = self._find_notes()
        if notes.read() == removed.notes:
            self._apply(notes, removed.undo)
        else:
            self._append(removed.line)

    def take_draft(self, opened: str) -> Draft:
        """The notes as they are on the screen; `opened` is what they were when they were opened."""
        notes = self._find_notes()
        start, end = notes.selection
        return Draft(notes.read(), opened, start, end)

    def restore_draft(self, draft: Draft) -> bool:
        """Puts a draft back; False where the notes were changed meanwhile, and hold both now."""
        notes = self._find_notes()
        text = notes.read()
        agrees = text in {draft.text, draft.opened}
        if agrees:
            if text != draft.text:
                self._apply(notes, Edit(0, len(text), draft.text))
            notes.select(draft.start, draft.end)
        else:
            self._apply(notes, add_line(text, draft.text, multiline=notes.multiline))
        return agrees

    def _apply(self, notes: Notes, edit: Edit) -> None:
        """Our own edits fire the events of a user's: whoever hears them has to know."""
        with self._on_write():
            notes.apply(edit)

    def _append(self, line: str) -> None:
        notes = self._find_notes()
        self._apply(notes, add_line(notes.read(), line, multiline=notes.multiline))

    def _find_same(self, text: str, link: JoinLink) -> FoundMeeting | None:
        same = [
            found
            for found in find_meetings(text, self._trusted_hosts)
            if (found.link.kind, found.link.room) == (link.kind, link.room)
        ]
        return same[-1] if same else None


def _explain_conflict() -> HostPageError:
    message = "The notes were changed meanwhile and do not hold this meeting any more."
    return HostPageError(Code.NOTES_CONFLICT, message)
