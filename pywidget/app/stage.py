"""What the carrying out of an effect may ask of the widget it is carried out for."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Protocol

from pywidget.app.events import Event
from pywidget.app.notes_record import NotesRecord, RemovedLine
from pywidget.app.ports import Page
from pywidget.app.services import Services
from pywidget.app.shown import Shown
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError


class Stage(Protocol):
    """One element, as effects see it."""

    @property
    def services(self) -> Services:
        """What all widgets of the page share."""

    @property
    def page(self) -> Page:
        """The element's voice."""

    @property
    def appointment(self) -> Appointment:
        """What the element stands for now."""

    @property
    def shown(self) -> Shown:
        """The meeting that is shown now."""

    @property
    def opened_notes(self) -> str:
        """What the notes were when the appointment was opened."""

    def shows(self, meeting_id: str) -> bool:
        """Whether this meeting is the one that is shown, and nothing is being done with it."""

    def remember_removed(self, removed: RemovedLine | None) -> None:
        """Keeps what was removed, if anything was, for *Undo*."""

    def take_removed(self) -> RemovedLine | None:
        """What was removed last; once."""

    def stands_for(self, appointment: Appointment) -> bool:
        """Whether the element is still there, and stands for this appointment."""

    def find_record(self, appointment: Appointment) -> NotesRecord:
        """The notes of the appointment, out of reach once the element stands for another one."""

    def dispatch(self, event: Event) -> None:
        """Feeds an event to the state machine."""

    def dispatch_for(self, appointment: Appointment, event: Event) -> None:
        """The same for what came of something slow: it counts only while `stands_for`."""

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Runs in the background what takes time."""

    def explain(self, error: BaseException) -> WidgetError:
        """The error in words for the user; a defect of ours only by its kind."""
