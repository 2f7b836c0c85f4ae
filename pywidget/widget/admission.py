"""What is said about how clients get in: all of it in the details, and what surprises at once.

A client who cannot get in is worth a warning whenever that is found out. That a meeting is recorded
is one when it is new: those who open it again know, or find it in the details.
"""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.domain.admission import Admission, Entry, Recording
from pywidget.words.message import Message

_ENTRIES = {
    Entry.ADMITTED: "entry.admitted",
    Entry.WITH_HOST: "entry.with_host",
    Entry.EARLY: "entry.early",
    Entry.ANY_TIME: "entry.any_time",
}
_RECORDINGS = {Recording.CLOUD: "recording.cloud", Recording.LOCAL: "recording.local"}


def list_details(admission: Admission) -> Iterator[tuple[str, Message]]:
    """List the rows of the details: the key of each term, and what stands behind it."""
    if admission.needs_sign_in:
        yield "details.sign_in", Message("entry.sign_in")
    if admission.entry is not None:
        minutes = {"minutes": admission.early_minutes}
        yield "details.entry", Message(_ENTRIES[admission.entry], minutes)
    if admission.recording is not None:
        yield "details.recording", Message(_RECORDINGS[admission.recording])
    if admission.is_summarized:
        yield "details.ai_summary", Message("recording.summary")


def find_surprises(before: Admission | None, now: Admission) -> tuple[Message, ...]:
    """Say what of it nobody could expect; `before` is what the panel knew of the same meeting."""
    known = before or now
    keeps = [
        Message(key)
        for key, is_new in (
            ("notice.recorded", now.recording is not None and known.recording is None),
            ("notice.summarized", now.is_summarized and not known.is_summarized),
        )
        if is_new
    ]
    needs_sign_in = now.needs_sign_in and not (before and before.needs_sign_in)
    return (
        *([Message("notice.sign_in_required")] if needs_sign_in else []),
        *keeps,
        *([Message("notice.tell_client")] if keeps else []),
    )
