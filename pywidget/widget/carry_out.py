"""The carrier of each effect."""

from __future__ import annotations

from typing import assert_never

from pywidget.widget import effects as do
from pywidget.widget.carriers import (
    creation,
    hosting,
    meeting,
    note,
    progress,
    sending,
    sign_in,
    telling,
)
from pywidget.widget.widget import Widget


def carry_out(widget: Widget, effect: do.Effect) -> None:  # noqa: C901, PLR0912, PLR0915 - a table
    """Begin what the effect asks for; slow work runs on, and its outcome is an event.

    Everything up to the first `await` happens during the click: only then does a browser open a
    window, or write to the clipboard.
    """
    match effect:
        case do.SignIn(wanted):
            sign_in.sign_in(widget, wanted)
        case do.FollowSignIn():
            sign_in.follow_resumed(widget)
        case do.FindAccount():
            sign_in.find_account(widget)
        case do.FocusSignInWindow():
            sign_in.focus_window(widget)
        case do.AbandonSignIn():
            sign_in.abandon(widget)
        case do.CallOff():
            widget.call_off()
        case do.Disconnect():
            sign_in.disconnect(widget)
        case do.LookForToken():
            sign_in.look_for_token(widget)
        case do.LookForWay():
            sign_in.look_for_way(widget)
        case do.CreateMeeting():
            creation.create(widget, effect)
        case do.FindLost():
            creation.find_lost(widget)
        case do.WriteNew():
            creation.write_new(widget)
        case do.Check():
            meeting.check(widget)
        case do.Watch(window):
            progress.watch(widget, window)
        case do.DeleteMeeting(tells_registrants):
            meeting.delete(widget, tells_registrants=tells_registrants)
        case do.MoveMeeting():
            meeting.move(widget)
        case do.HandOver():
            hosting.hand_over(widget)
        case do.StartMeeting():
            meeting.start_meeting(widget)
        case do.SaveNote():
            note.save_note(widget)
        case do.UpdateNote():
            note.update_note(widget)
        case do.CleanNote():
            note.clean_note(widget)
        case do.RestoreNote():
            note.restore_note(widget)
        case do.KeepLine():
            note.keep_line(widget)
        case do.KeepMeeting():
            meeting.keep_meeting(widget)
        case do.Copy(what):
            telling.copy(widget, what)
        case do.Send(channel):
            sending.send(widget, channel)
        case do.SendInvitation(address):
            sending.send_invitation(widget, address)
        case do.Register(address):
            sending.register(widget, address)
        case do.KeepClick():
            widget.keep_click()
        case do.ForgetSent():
            sending.forget_sent(widget)
        case do.ForgetCopied():
            telling.forget_copied(widget)
        case do.Emit(name):
            telling.emit(widget, name, {})
        case do.Report(error):
            telling.report(widget, error)
        case do.EmitMeeting(name, shown, line):
            telling.emit(widget, name, telling.describe(shown, line))
        case do.Complain(error):
            widget.complain(error)
        case _:
            assert_never(effect)
