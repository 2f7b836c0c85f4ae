"""Which event each control's `data-action` stands for, and the Escape key."""

from __future__ import annotations

from collections.abc import Callable

from pywidget.app import events as on

CLICKS: dict[str, Callable[[], on.Event]] = {
    "connect": on.ConnectClicked,
    "create-anyway": on.CreateAnywayClicked,
    "dismiss": on.Dismissed,
    "escape": on.Escaped,
    "show-window": on.ShowWindowClicked,
    "cancel": on.CancelClicked,
    "copy": on.CopyClicked,
    "copy-invitation": on.CopyInvitationClicked,
    "send": on.SendClicked,
    "start": on.StartClicked,
    "remove": on.RemoveClicked,
    "confirm-remove": on.RemoveConfirmed,
    "confirm-remove-and-tell": lambda: on.RemoveConfirmed(tells_registrants=True),
    "update-zoom": on.UpdateZoomClicked,
    "update-note": on.UpdateNoteClicked,
    "save-again": on.SaveAgainClicked,
    "clean": on.CleanClicked,
    "keep": on.KeepClicked,
    "undo": on.UndoClicked,
    "account": on.AccountClicked,
    "switch-account": on.SwitchAccountClicked,
    "disconnect": on.DisconnectClicked,
}
