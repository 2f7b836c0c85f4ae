"""The appointment's notes as the record of its meeting: found, written, corrected, removed.

Facts: the field belongs to the host page, which may replace or change it at any time; so it is
looked up and read again each time, and every change is as small as possible.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from pywidget.connection.departure import Draft
from pywidget.domain.errors import Code, HostPageError, NotesChangedError, Reason
from pywidget.domain.join_link import JoinLink
from pywidget.domain.link_hint import Hint, hints_at_meeting, hints_at_other_meeting
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
from pywidget.ports import Notes

_TRIES = 20  # someone may be typing for a while


class _Plan(Protocol):
    """A plan of what to change in a text; it returns `None` if there is nothing to change."""

    def __call__(self, text: str, *, multiline: bool) -> Edit | None: ...


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A removed line, and how to put it back.

    Attributes:
        line: The line, without the break that went with it.
        notes: The notes as they were afterwards.
        undo: The edit that puts the line back, as long as the notes are still those.
    """

    line: str
    notes: str = field(repr=False)
    undo: Edit


class NotesRecord:
    """The notes of one appointment. Every method raises what `Notes` raises.

    A change takes a while, because an editor may react to it; `turn` allows one at a time on the
    whole page, which has one focus and one selection. While `is_locked` says so, no line is
    changed; only a draft, which is the user's own text, is put back.
    """

    def __init__(
        self,
        find_notes: Callable[[], Notes],
        trusted_hosts: frozenset[str],
        *,
        turn: asyncio.Lock | None = None,
        is_locked: Callable[[], bool] = lambda: False,
    ) -> None:
        self._find_notes = find_notes
        self._trusted_hosts = trusted_hosts
        self._turn = turn or asyncio.Lock()
        self._is_locked = is_locked

    def find(self) -> FoundMeeting | None:
        """Find the meeting in the notes."""
        return find_meeting(self._find_notes().read(), self._trusted_hosts)

    def find_line(self, link: JoinLink) -> str | None:
        """Find the meeting's line, or its bare link; return `None` if it is not in the notes."""
        text = self._find_notes().read()
        found = self._find_same(text, link)
        return None if found is None else text[found.start : found.end]

    def find_hint(self) -> Hint | None:
        """Find what hints at a meeting, in notes that contain none of Zoom's."""
        notes = self._find_notes().read()
        if find_meeting(notes, self._trusted_hosts) is not None:
            return None
        if hints_at_meeting(notes):
            return Hint.ZOOM
        return Hint.OTHER if hints_at_other_meeting(notes) else None

    async def add(self, note_line: NoteLine) -> str | None:
        """Write the line and return it; return `None` if this meeting is there already.

        Raises:
            HostPageError: `notes_conflict`: someone has added another meeting.
        """
        line = write_line(note_line)

        def plan(text: str, *, multiline: bool) -> Edit | None:
            found = find_meeting(text, self._trusted_hosts)
            if found is None:
                return add_line(text, line, multiline=multiline)
            if found.link.room != note_line.link.room:
                raise HostPageError(Code.NOTES_CONFLICT, Reason.OTHER_MEETING)
            return None

        return None if await self._change(plan) is None else line

    async def rewrite(self, link: JoinLink, starts: datetime) -> str | None:
        """Write another time into the meeting's line; return `None` if there is nothing to correct.

        Raises:
            NotesChangedError: The notes no longer contain the meeting.
        """

        def plan(text: str, *, multiline: bool) -> Edit | None:
            del multiline  # the line stays where it is
            found = self._find_same(text, link)
            if found is None:
                raise NotesChangedError
            if found.topic is None:
                return None  # a bare link, which says nothing about the time
            line = write_line(NoteLine(found.topic, starts, found.link))
            unchanged = text[found.start : found.end] == line
            return None if unchanged else Edit(found.start, found.end, line)

        changed = await self._change(plan)
        return None if changed is None else changed[1].replacement

    def check_removable(self, link: JoinLink) -> None:
        """Raise what `remove` would raise, as far as that can be known without trying."""
        self._check_unlocked()
        notes = self._find_notes()
        edit = self._plan_removal(link, notes.read(), multiline=notes.multiline)
        if edit is not None:
            notes.check(edit)

    async def remove(self, link: JoinLink) -> RemovedLine | None:
        """Remove the line of this meeting; return `None` if it is no longer there."""
        changed = await self._change(partial(self._plan_removal, link))
        if changed is None:
            return None
        text, edit = changed
        found = self._find_same(text, link)
        line = "" if found is None else text[found.start : found.end]
        undo = Edit(edit.start, edit.start, text[edit.start : edit.end])
        return RemovedLine(line, edit.apply(text), undo)

    async def restore(self, removed: RemovedLine) -> None:
        """Put a removed line back where it was, or at the end if the notes have changed since."""

        def plan(text: str, *, multiline: bool) -> Edit:
            if text == removed.notes:
                return removed.undo
            return add_line(text, removed.line, multiline=multiline)

        await self._change(plan)

    def take_draft(self, opened: str) -> Draft:
        """Return the notes as they are on the screen; `opened` is what they were when opened."""
        notes = self._find_notes()
        start, end = notes.selection
        return Draft(notes.read(), opened, start, end)

    async def restore_draft(self, draft: Draft) -> bool:
        """Put a draft back; return False if the notes had changed and now contain both versions."""
        agrees = True

        def plan(text: str, *, multiline: bool) -> Edit | None:
            nonlocal agrees
            agrees = text in {draft.text, draft.opened}
            if not agrees:
                return add_line(text, draft.text, multiline=multiline)
            return None if text == draft.text else Edit(0, len(text), draft.text)

        await self._change(plan, is_draft=True)
        if agrees:
            self._find_notes().select(draft.start, draft.end)
        return agrees

    def _check_unlocked(self) -> None:
        if self._is_locked():
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.READ_ONLY)

    async def _change(self, plan: _Plan, *, is_draft: bool = False) -> tuple[str, Edit] | None:
        """Make an edit, and plan it again if the user types at that very moment.

        Returns:
            The text that was edited, and the edit; `None` if there was nothing to do.
        """
        async with self._turn:
            for more in reversed(range(_TRIES)):
                notes = self._find_notes()
                text = notes.read()
                edit = plan(text, multiline=notes.multiline)
                if edit is None:
                    return None
                if not is_draft:
                    self._check_unlocked()  # here: it may have had to wait for its turn
                try:
                    await notes.apply(edit)
                except NotesChangedError:
                    if not more:
                        raise
                else:
                    return text, edit
        raise AssertionError("the last try returns or raises")

    def _plan_removal(self, link: JoinLink, text: str, *, multiline: bool) -> Edit | None:
        found = self._find_same(text, link)
        return None if found is None else remove_meeting(text, found, multiline=multiline)

    def _find_same(self, text: str, link: JoinLink) -> FoundMeeting | None:
        same = [
            found
            for found in find_meetings(text, self._trusted_hosts)
            if (found.link.kind, found.link.room) == (link.kind, link.room)
        ]
        return same[-1] if same else None
