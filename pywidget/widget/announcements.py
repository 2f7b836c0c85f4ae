"""What a screen reader says of each step: once, and only what has happened.

Facts: a live region is read when its text changes (WCAG 2.2, success criterion 4.1.3). An assertive
one interrupts, which is for failures alone; all else waits until the user's own reading is done.
What a press brings up, such as a menu, is not said: the focus goes there, and that is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.limits import describe_limit
from pywidget.widget.model import BUSY, Copyable, Model, Notice, State, Tone, is_handing_over
from pywidget.widget.other_host import find_other_host
from pywidget.widget.permission import asks_about_cancelled
from pywidget.words.message import Message


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said; without messages, what was said last is taken away."""

    messages: tuple[Message, ...] = ()
    is_urgent: bool = False


SILENCE = Announcement()

_BEGUN = {
    State.SIGNING_IN: "announce.signing_in",
    State.CREATING: "announce.creating",
    State.UPDATING: "announce.updating",
    State.REMOVING: "announce.removing",
}
_DONE: dict[type[object], str] = {
    on.Found: "announce.found",
    on.KeepClicked: "announce.kept",
    on.Restored: "announce.restored",
    on.Saved: "announce.saved",
    on.Sent: "announce.sent",
}
_COPIED = {
    Copyable.LINK: "announce.copied_link",
    Copyable.INVITATION: "announce.copied_invitation",
    Copyable.GUEST_LINK: "announce.copied_link",
}


def announce(before: Model, event: on.Event, after: Model) -> Announcement | None:
    """Find what is to be said of a step that the event has caused; `None` if nothing is."""
    if isinstance(event, on.Opened):
        if _is_another(before, after):
            return SILENCE
        if before.appointment is None:
            return None  # it is read anyway
        new = (*_find_question(before, after), *_find_other_host(before, after))
        return Announcement(new) if new else None
    messages = (
        *_find_done(before, event, after),
        *_find_news(before, event, after),
        *_find_question(before, after),
    )
    if messages:
        told = after.notice if _is_told(before, event, after) else None
        return Announcement(messages, is_urgent=told is not None and told.tone is Tone.ERROR)
    has_gone = before.notice is not None and after.notice is None
    return SILENCE if has_gone else None


def _is_another(before: Model, after: Model) -> bool:
    """Tell whether the element stood for an appointment, and stands for another one now."""
    ids = [model.appointment.id for model in (before, after) if model.appointment]
    return len(set(ids)) > 1


def _find_done(before: Model, event: on.Event, after: Model) -> Iterator[Message]:
    """Find what the event itself says is done."""
    match event:
        case on.Copied(what, is_done=True):
            is_own = what is Copyable.LINK and after.meeting.is_mailed_by_zoom
            yield Message("announce.copied_own_link" if is_own else _COPIED[what])
        case on.SendingBegun():
            yield Message("progress.sending")
        case on.Moved():
            was_moved = before.state is State.UPDATING
            yield Message("announce.moved" if was_moved else "announce.note_updated")
        case on.HandedOver():
            yield Message("announce.handed_over", {"email": event.shown.host_email})
        case on.SignedIn() if after.notice != notices.CONNECTED_TO_START:
            yield Message("announce.connected")
        case on.Created(problem=None) if after.shown != before.shown:
            yield Message("announce.ready")
        case on.Checked() if before.state is State.GONE:
            yield Message("announce.ready")
        case on.ProgressSeen() | on.Checked() if _has_begun(before, after):
            yield Message("announce.in_progress")
        case on.LimitsFound():
            yield from describe_limit(after)
        case on.NotesEdited() if after.shown != before.shown:
            yield Message("announce.left" if after.shown is None else "announce.found")
        case _ if type(event) in _DONE:
            yield Message(_DONE[type(event)])
        case _:
            pass


def _has_begun(before: Model, after: Model) -> bool:
    was_started = before.shown is not None and before.shown.is_started
    return after.shown is not None and after.shown.is_started and not was_started


def _find_news(before: Model, event: on.Event, after: Model) -> tuple[Message, ...]:
    """Find what is new to see: a notice, work that has begun, another time in Zoom."""
    if after.notice is not None and _is_told(before, event, after):
        told = _find_new_messages(before.notice, after.notice)
        # One look at Zoom may have found out more than its message says.
        return (*told, *_find_differences(before, after)) if isinstance(event, on.Checked) else told
    if after.state in BUSY and after.state is not before.state:
        if is_handing_over(after):
            return (Message("progress.handing_over"),)
        # After a return to the page there is no other window.
        is_back = isinstance(event, on.Resumed)
        return (Message("progress.signing_in" if is_back else _BEGUN[after.state]),)
    if after.held_up and not before.held_up:
        return (Message("progress.held_up", {"seconds": after.held_up}),)
    return _find_differences(before, after)


def _find_differences(before: Model, after: Model) -> tuple[Message, ...]:
    return (*_find_drift(before, after), *_find_other_host(before, after))


def _find_drift(before: Model, after: Model) -> tuple[Message, ...]:
    drift = None if after.shown is None else after.shown.drift
    if drift is None or (before.shown is not None and before.shown.drift is not None):
        return ()
    return (Message("panel.drift", drift.times),)


def _find_question(before: Model, after: Model) -> tuple[Message, ...]:
    """Find the question about the meeting of a cancelled appointment, if it is new."""
    is_new = asks_about_cancelled(after) and not asks_about_cancelled(before)
    return (Message("panel.cancelled"),) if is_new else ()


def _find_other_host(before: Model, after: Model) -> tuple[Message, ...]:
    other, known = find_other_host(after), find_other_host(before)
    is_new = other is not None and (known is None or known.message != other.message)
    return (other.message,) if other is not None and is_new else ()


def _is_told(before: Model, event: on.Event, after: Model) -> bool:
    """Tell whether the notice is news: another one, or the same after another try."""
    failed_again = isinstance(event, on.Failed | on.RestoreFailed | on.SendFailed) or (
        isinstance(event, on.Copied) and not event.is_done
    )
    return after.notice is not None and (failed_again or after.notice != before.notice)


def _find_new_messages(before: Notice | None, after: Notice) -> tuple[Message, ...]:
    """Return what the notice says; if it only says more than before, return what it adds."""
    known = () if before is None else before.messages
    is_longer = len(after.messages) > len(known) and after.messages[: len(known)] == known
    return after.messages[len(known) :] if is_longer else after.messages
