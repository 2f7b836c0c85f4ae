"""The event of each action, if the action alone decides it; and the action of each click."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.model import Channel

CLICKS: Mapping[Action, Callable[[], on.Event]] = {
    Action.CREATE_ANYWAY: on.CreateAnywayClicked,
    Action.DISMISS: on.Dismissed,
    Action.DISMISS_NOTICE: on.NoticeDismissed,
    Action.ESCAPE: on.Escaped,
    Action.SHOW_WINDOW: on.ShowWindowClicked,
    Action.CANCEL: on.CancelClicked,
    Action.COPY: on.CopyClicked,
    Action.COPY_INVITATION: lambda: on.ChannelClicked(Channel.COPY),
    Action.SEND: on.SendClicked,
    Action.INVITE_ANOTHER: on.InviteAnotherClicked,
    Action.COPY_GUEST_LINK: on.CopyGuestLinkClicked,
    Action.SEND_EMAIL: lambda: on.ChannelClicked(Channel.EMAIL),
    Action.SEND_TEXT: lambda: on.ChannelClicked(Channel.TEXT),
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
_CLICKED: Mapping[type[object], Action] = {
    **{type(make()): action for action, make in CLICKS.items()},
    on.AddClicked: Action.ADD,
    on.ConnectClicked: Action.CONNECT,
    on.InvitationSubmitted: Action.SEND_INVITATION,
}


def find_action(event: on.Event) -> Action | None:
    """Find the action behind the event; `None` if it is no click."""
    return _CLICKED.get(type(event))
