"""What is said to the user, and which ways out are offered with it."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import Code, NotDoneError, OutcomeUnknownError, WidgetError
from pywidget.widget.actions import Action
from pywidget.widget.model import Notice, Offer, Tone

CONNECT = Offer(Action.CONNECT, "Connect to Zoom")
SAVE_AGAIN = Offer(Action.SAVE_AGAIN, "Save again")
DELETE_ORPHAN = Offer(Action.REMOVE, "Remove meeting")
START = Offer(Action.START, "Start meeting")
UNDO = Offer(Action.UNDO, "Undo")
ADD_AGAIN = Offer(Action.ADD, "Add again")
CLEAN = Offer(Action.CLEAN, "Remove from notes")
KEEP = Offer(Action.KEEP, "Keep")
CREATE_ANYWAY = Offer(Action.CREATE_ANYWAY, "Create anyway")
UPDATE_ZOOM = Offer(Action.UPDATE_ZOOM, "Update Zoom")
UPDATE_NOTE = Offer(Action.UPDATE_NOTE, "Update note")
SWITCH = Offer(Action.SWITCH_ACCOUNT, "Switch account")

CLEANED = Notice(
    "cleaned",
    "This meeting was deleted in Zoom, so its line was removed from the notes.",
    Tone.INFO,
    (UNDO, ADD_AGAIN),
)
CLEANED_AS_ASKED = Notice(
    "cleaned", "The line was removed from the notes.", Tone.INFO, (UNDO, ADD_AGAIN)
)
GONE = Notice(
    Code.MEETING_GONE,
    "Zoom does not show this meeting: it was deleted, or it belongs to a colleague.",
    Tone.INFO,
    (CLEAN, KEEP),
)
DRAFT_MERGED = Notice(
    "draft-merged",
    "The saved notes had changed while Zoom was open. Your version was added at their end.",
    Tone.INFO,
)
HINTED = Notice(
    Code.LINK_IN_NOTES,
    "The notes contain a Zoom link that may be this appointment's meeting. "
    "Check it before you create another one.",
    Tone.INFO,
    (CREATE_ANYWAY,),
)
LOOKING = Notice("looking", "Looking for Zoom…", Tone.INFO)
DISCONNECTED = Notice(
    "disconnected",
    "Zoom is disconnected. Meetings and links that exist stay valid.",
    Tone.INFO,
)
SIGN_IN_CANCELLED = Notice("cancelled", "Sign-in cancelled.", Tone.INFO)
CONNECTED_TO_START = Notice("connected", "Zoom is connected.", Tone.INFO, (START,))
NOT_COPIED = Notice(
    Code.CLIPBOARD_REFUSED,
    "The browser did not allow copying. Select the link and copy it by hand.",
    Tone.INFO,
)


def explain_line_stayed(error: WidgetError) -> Notice:
    """The notice for a meeting that is deleted, and whose line could not be removed."""
    text = f"The meeting was deleted in Zoom, but its line is still in the notes. {error.message}"
    return Notice(error.code, text, Tone.ERROR, (CLEAN,))


def explain_stranger(error: WidgetError, email: str | None) -> Notice:
    """The notice for another account's meeting; which one is the user's is for their eyes only."""
    notice = explain(error, SWITCH)
    if not email:
        return notice
    return replace(notice, text=f"{notice.text} You are connected as {email}.")


def explain(error: WidgetError, *offers: Offer) -> Notice:
    """The notice for an error; what the user chose to stop is told without alarm."""
    tone = Tone.INFO if isinstance(error, NotDoneError) else Tone.ERROR
    asks = isinstance(error, OutcomeUnknownError) and error.is_for_user
    if asks:
        offers = (*offers, CREATE_ANYWAY)
    leads_to_zoom = asks or error.code is Code.SECOND_MEETING
    return Notice(error.code, error.message, tone, offers, links_to_zoom=leads_to_zoom)
