/** The appointment book. The URL's fragment alone says which appointment is open. */

import { AppointmentView } from "./appointment-view.js";
import { bookFor, DEFAULT_APPOINTMENT, TIME_ZONE } from "./appointments.js";
import { DayView } from "./day-view.js";
import { dateIn, formatTime, longDate } from "./days.js";
import { logEvents } from "./event-log.js";
import { watchForwarder } from "./forwarder-sight.js";
import { NotesStore, STORAGE_KEY } from "./notes-store.js";

const today = dateIn(TIME_ZONE);
const book = bookFor(today);
const notes = new NotesStore();
const place = document.getElementById("appointment");
const dayView = new DayView({
  root: document,
  book,
  today,
  notes,
  firstOf: ({ appointments }) => appointments.find(({ id }) => id === DEFAULT_APPOINTMENT) ?? appointments[0],
});
let view = null;

function find(id) {
  for (const day of book) {
    const appointment = day.appointments.find((entry) => entry.id === id);
    if (appointment) return { day, appointment };
  }
  return null;
}

function fromLocation() {
  const id = /^#appointment-(\w+)$/u.exec(location.hash)?.[1];
  return find(id) ?? find(DEFAULT_APPOINTMENT);
}

function open({ day, appointment }) {
  view = new AppointmentView({ appointment, notes, onChange: notesChanged });
  dayView.show(day, appointment);
  place.replaceChildren(view.element);
  document.title = `${appointment.client}, ${formatTime(appointment.time)} – SimpleSpa`;
}

function notesChanged(appointment) {
  dayView.refresh(appointment);
  // A view that was left behind may have written to the appointment that is open again.
  if (appointment.id === view.appointment.id) view.refresh();
}

window.addEventListener("hashchange", () => {
  // None at all is where the visit began; any other is not ours.
  if (location.hash && !location.hash.startsWith("#appointment-")) return;
  const fromDays = document.activeElement?.closest("#days");
  open(fromLocation());
  // Someone who goes through the days stays there; someone who opens an appointment goes to it.
  if (!fromDays) view.focusTitle();
});

// Another tab saved something (or, with no key, cleared everything).
window.addEventListener("storage", ({ key }) => {
  if (key !== STORAGE_KEY && key !== null) return;
  dayView.refresh();
  view.refresh();
});

document.addEventListener("zoom-meeting:notes-changed", () => dayView.refresh());

// Followed by hand: as a link it would replace the fragment, and a reload would lose the appointment.
document.querySelector(".skip-link").addEventListener("click", (event) => {
  event.preventDefault();
  view.focusTitle();
});

const resetStatus = document.getElementById("reset-status");
document.getElementById("reset-demo").addEventListener("click", () => {
  notes.reset();
  open({ day: find(view.appointment.id).day, appointment: view.appointment });
  dayView.refresh();
  resetStatus.textContent = "The notes are as they were at first.";
  setTimeout(() => (resetStatus.textContent = ""), 6000);
});

const todayElement = document.getElementById("today");
todayElement.dateTime = today;
todayElement.textContent = longDate(today);
logEvents({
  list: document.getElementById("event-list"),
  count: document.getElementById("event-count"),
});
if (!document.getElementById("forwarder").hidden) {
  watchForwarder({
    sum: document.getElementById("forwarder-sum"),
    verdict: document.getElementById("forwarder-verdict"),
    list: document.getElementById("forwarder-list"),
  });
}
open(fromLocation());
