"""The event that each action stands for, if the action alone decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pywidget.widget import events as on
from pywidget.widget.actions import Action

CLICKS: Mapping[Action, Callable[[], on.Event]] = {
    Action.CREATE_ANYWAY: on.CreateAnywayClicked,
    Action.DISMISS: on.Dismissed,
    Action.DISMISS_NOTICE: on.NoticeDismissed,
    Action.ESCAPE: on.Escaped,
    Action.SHOW_WINDOW: on.ShowWindowClicked,
    Action.CANCEL: on.CancelClicked,
    Action.COPY: on.CopyClicked,
    Action.COPY_INVITATION: on.CopyInvitationClicked,
    Action.SEND: on.SendClicked,
    Action.START: on.StartClicked,
    Action.REMOVE: on.RemoveClicked,
    Action.CONFIRM_REMOVE: on.RemoveConfirmed,
    Action.CONFIRM_REMOVE_AND_TELL: lambda: on.RemoveConfirmed(tells_registrants=True),
    Action.UPDATE_ZOOM: on.UpdateZoomClicked,
    Action.UPDATE_NOTE: on.UpdateNoteClicked,
    Action.HAND_OVER: on.HandOverClicked,
    Action.SAVE_AGAIN: on.SaveAgainClicked,
    Action.CLEAN: on.CleanClicked,
    Action.KEEP: on.KeepClicked,
    Action.UNDO: on.UndoClicked,
    Action.ACCOUNT: on.AccountClicked,
    Action.SWITCH_ACCOUNT: on.SwitchAccountClicked,
    Action.DISCONNECT: on.DisconnectClicked,
}
