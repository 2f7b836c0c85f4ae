"""What is said quietly of the appointment: why there is no camera, or nothing to do."""

from __future__ import annotations

from pywidget.domain.appointment import Appointment, Status

_OF_STATUS = {
    Status.CANCELLED: "row.cancelled",
    Status.NO_SHOW: "row.no_show",
    Status.DONE: "row.done",
}


def has_camera(appointment: Appointment) -> bool:
    """Tell whether there is a camera; one that is disabled is there, too."""
    return appointment.is_booked and not appointment.read_only


def find_hint(appointment: Appointment, *, has_begun: bool) -> str | None:
    """Find the key of what stands beside the camera, or in its place."""
    of_status = find_status_hint(appointment)
    if of_status is not None:
        return of_status
    if appointment.read_only:
        return "row.read_only"
    if appointment.disabled:
        return "row.disabled"
    return "row.begun" if has_begun else None


def find_status_hint(appointment: Appointment) -> str | None:
    """Find the key of what is said of the appointment's status, also beside a meeting."""
    return _OF_STATUS.get(appointment.status)
