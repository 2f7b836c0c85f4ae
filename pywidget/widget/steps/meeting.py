"""The steps with a meeting on the panel: looking it up, starting and copying it."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Copyable, Model, State
from pywidget.widget.steps.step import (
    Step,
    begin_signing_in,
    rest,
    rest_with_lost,
    with_admission_told,
    with_notice,
)


def check(model: Model, event: on.Checked) -> Step:
    """Show what Zoom says about the meeting."""
    if model.meeting.link.meeting_id != event.shown.link.meeting_id:
        return model, ()
    notice = None if model.state is State.GONE else model.notice
    shown = replace(event.shown, is_gone=False)
    checked = replace(model, state=State.READY, shown=shown, notice=notice)
    return with_admission_told(checked, model.meeting.admission), ()


def see_progress(model: Model, event: on.ProgressSeen) -> Step:
    """Show whether the meeting is in progress."""
    shown = model.shown
    if shown is None or shown.link.meeting_id != event.meeting_id:
        return model, ()
    return replace(model, shown=replace(shown, is_started=event.is_started)), ()


def refuse_check(model: Model, event: on.CheckRefused) -> Step:
    """Say that the meeting is someone else's, or that the answer is not Zoom's."""
    if event.error.code is not Code.NOT_HOST:
        return with_notice(model, notices.make_notice(event.error)), (do.Report(event.error),)
    email = None if model.connection is None else model.connection.email
    return with_notice(model, notices.make_stranger_notice(event.error, email)), (
        do.Report(event.error),
    )


def doubt(model: Model, _event: on.Doubted) -> Step:
    """Say that Zoom does not show the meeting."""
    return rest_with_lost(model, model.meeting), ()


def keep(model: Model, _event: on.KeepClicked) -> Step:
    """Leave the line in the notes, and the meeting in Zoom, as the user wants."""
    is_cancelled = model.appointment is not None and model.appointment.is_cancelled
    kept = replace(model.meeting, is_gone=False, is_kept=is_cancelled)
    keeps_meeting = (do.KeepMeeting(),) if is_cancelled else ()
    if model.state is State.READY:
        is_answered = model.notice is not None and notices.KEEP in model.notice.offers
        notice = None if is_answered else model.notice
        return replace(model, shown=kept, menu=None, notice=notice), keeps_meeting
    return rest(model, kept), (do.KeepLine(), *keeps_meeting)


def start_meeting(model: Model, _event: on.StartClicked) -> Step:
    """Open the meeting as its host; sign in first if nobody is signed in."""
    if model.connection is None:
        return begin_signing_in(model, Wanted.START)
    return replace(model, notice=None, wanted=Wanted.START), (do.StartMeeting(),)


def copy(model: Model, _event: on.CopyClicked) -> Step:
    """Copy the link."""
    return model, (do.Copy(Copyable.LINK),)


def copied(model: Model, event: on.Copied) -> Step:
    """Confirm the copy, or say that the browser refused."""
    if event.is_done:
        return replace(model, copied=event.what), (do.ForgetCopied(),)
    if event.what is Copyable.GUEST_LINK:
        return _tell_to_copy_by_hand(model), ()
    return with_notice(model, notices.NOT_COPIED[event.what]), ()


def _tell_to_copy_by_hand(model: Model) -> Model:
    """Say so beside the link, which stands in a field of the same message."""
    notice, refused = model.notice, notices.NOT_COPIED[Copyable.LINK].messages
    if notice is None or notice.guest_link is None or notice.messages[-1:] == refused:
        return model
    return replace(model, notice=replace(notice, messages=(*notice.messages, *refused)))


def forget_copied(model: Model, _event: on.CopiedForgotten) -> Step:
    """Take the confirmation away."""
    return replace(model, copied=None), ()
