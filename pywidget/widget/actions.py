"""The actions that the widget's controls stand for: their `data-action`."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One thing that the user did; `web/element.js` reports some of them itself."""

    NOTES_EDITED = "notes-edited"
    ADD = "add"
    CONNECT = "connect"
    CREATE_ANYWAY = "create-anyway"
    DISMISS = "dismiss"
    DISMISS_NOTICE = "dismiss-notice"
    ESCAPE = "escape"
    SHOW_WINDOW = "show-window"
    CANCEL = "cancel"
    COPY = "copy"
    COPY_INVITATION = "copy-invitation"
    SEND = "send"
    SEND_EMAIL = "send-email"
    SEND_TEXT = "send-text"
    INVITE_ANOTHER = "invite-another"
    SEND_INVITATION = "send-invitation"
    COPY_GUEST_LINK = "copy-guest-link"
    START = "start"
    REMOVE = "remove"
    CONFIRM_REMOVE = "confirm-remove"
    CONFIRM_REMOVE_AND_TELL = "confirm-remove-and-tell"
    UPDATE_ZOOM = "update-zoom"
    UPDATE_NOTE = "update-note"
    HAND_OVER = "hand-over"
    SAVE_AGAIN = "save-again"
    CLEAN = "clean"
    KEEP = "keep"
    UNDO = "undo"
    ACCOUNT = "account"
    SWITCH_ACCOUNT = "switch-account"
    DISCONNECT = "disconnect"
