"""The meeting in an appointment's notes, or one that is waiting to be written there."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.appointment import Appointment
from pywidget.domain.note_line import FoundMeeting, find_meeting
from pywidget.widget.services import Services
from pywidget.widget.shown_meeting import ShownMeeting


def find_shown(services: Services, appointment: Appointment, notes: str) -> ShownMeeting | None:
    """Find the meeting that the panel has to show for these notes."""
    found = find_meeting(notes, services.trusted_hosts)
    if found is not None:
        return present_found(services, appointment, found)
    new = services.creation.find_unwritten(appointment)
    if new is None:
        return None
    return services.presenter.present_new(new, appointment, is_noted=False)


def present_found(
    services: Services, appointment: Appointment, found: FoundMeeting
) -> ShownMeeting:
    """Present the meeting as the note has it, and what Zoom or the user has said of it."""
    shown = services.presenter.present_found(found, appointment)
    meeting_id = shown.link.meeting_id
    if meeting_id is None:
        return shown
    meetings = services.hosted_meetings
    is_gone, is_kept = meetings.is_doubted(meeting_id), meetings.is_spared(meeting_id)
    return replace(shown, is_gone=is_gone, is_kept=is_kept)
