"""The steps that remove, restore, correct and write the meeting's line in the notes."""

from __future__ import annotations

from dataclasses import replace

from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Model
from pywidget.widget.steps.step import Step, rest_with_lost, rest_without_meeting


def clean(model: Model, _event: on.CleanClicked) -> Step:
    """Remove the line, as the user has asked."""
    return model, (do.CleanNote(),)


def cleaned(model: Model, event: on.Cleaned) -> Step:
    """Say that the line was removed, and offer to put it back."""
    notice = notices.CLEANED_AS_ASKED if event.was_asked_for else notices.CLEANED
    cleaned = replace(rest_without_meeting(model), notice=notice)
    return cleaned, (
        do.EmitMeeting(do.EventName.NOTES_CHANGED, model.meeting, event.line),
        do.EmitMeeting(do.EventName.CLEANED, model.meeting, event.line),
    )


def undo(model: Model, _event: on.UndoClicked) -> Step:
    """Put the line back."""
    return model, (do.RestoreNote(),)


def restored(model: Model, event: on.Restored) -> Step:
    """Show the restored meeting, which stays gone until Zoom or the user says otherwise."""
    told = do.EmitMeeting(do.EventName.NOTES_CHANGED, event.shown, event.line)
    return rest_with_lost(model, event.shown), (told,)


def fail_to_restore(model: Model, event: on.RestoreFailed) -> Step:
    """Say why the line is not back, and offer to try again."""
    return replace(model, notice=notices.make_notice(event.error, notices.UNDO)), (
        do.Report(event.error),
    )


def update_note(model: Model, _event: on.UpdateNoteClicked) -> Step:
    """Write Zoom's time into the note."""
    return replace(model, notice=None), (do.UpdateNote(),)


def save_again(model: Model, _event: on.SaveAgainClicked) -> Step:
    """Write the line that is missing."""
    return model, (do.SaveNote(),)


def saved(model: Model, event: on.Saved) -> Step:
    """Record that the line is written."""
    shown = replace(model.meeting, is_noted=True)
    saved = replace(model, shown=shown, notice=None)
    if event.line is None:
        return saved, ()
    return saved, (do.EmitMeeting(do.EventName.NOTES_CHANGED, shown, event.line),)
