/** The appointment book. The URL's fragment alone says which appointment is open. */

import { AppointmentView } from "./appointment-view.js";
import { bookFor, DEFAULT_APPOINTMENT, TIME_ZONE } from "./appointments.js";
import { bookMeeting } from "./booked-meetings.js";
import { DayView } from "./day-view.js";
import { dateIn, formatTime, longDate } from "./days.js";
import { findById, find as findElement } from "./elements.js";
import { logEvents } from "./event-log.js";
import { watchForwarder } from "./forwarder-sight.js";
import { sendMessages } from "./messages.js";
import { NotesStore, STORAGE_KEY } from "./notes-store.js";
import { wireSwitches } from "./switches.js";
import { wireTour } from "./tour.js";
import { say, translate } from "./words.js";

/** @type {Record<string, { name: keyof Sentences, meaning: keyof Sentences }>} */
const WAYS = {
  direct: { name: "directName", meaning: "direct" },
  relay: { name: "relayName", meaning: "relay" },
  tunnel: { name: "tunnelName", meaning: "tunnel" },
};

const today = dateIn(TIME_ZONE);
const book = bookFor();
const notes = new NotesStore();
const place = findById("appointment");
const hasOrders = !findById("plan-switch").hidden;
const dayView = new DayView({
  book,
  today,
  notes,
  firstOf: ({ appointments }) =>
    appointments.find(({ id }) => id === DEFAULT_APPOINTMENT) ?? /** @type {Appointment} */ (appointments[0]),
});
/** @type {AppointmentView} */
let view;

/** @import { Appointment, Day } from "./appointments.js" */
/** @import { Sentences } from "./words/en.js" */
/** @typedef {{ day: Day, appointment: Appointment }} Place - an appointment and its day */

/**
 * @param {string | undefined} id
 * @returns {Place | null}
 */
function findAppointment(id) {
  for (const day of book) {
    const appointment = day.appointments.find((entry) => entry.id === id);
    if (appointment) return { day, appointment };
  }
  return null;
}

/** @returns {Place} */
function readLocation() {
  const id = /^#appointment-(\w+)$/u.exec(location.hash)?.[1];
  return findAppointment(id) ?? /** @type {Place} */ (findAppointment(DEFAULT_APPOINTMENT));
}

/** @param {Place} found */
function open({ day, appointment }) {
  view = new AppointmentView({ appointment, isOver: day.date < today, notes, onChange: notesChanged });
  dayView.show(day, appointment);
  place.replaceChildren(view.element);
  showTitle();
  if (hasOrders && appointment.hasMeeting && notes.isUntouched(appointment)) addMeeting(appointment);
}

/**
 * Adds what somebody has made in Zoom before the visit.
 *
 * @param {Appointment} appointment
 */
function addMeeting(appointment) {
  const add = (/** @type {string} */ line) => {
    if (!notes.isUntouched(appointment)) return;
    notes.save(appointment, `${appointment.notes}\n${line}`);
    dayView.refresh(appointment);
    if (appointment.id === view.appointment.id) reopen();
  };
  // Where no simulated Zoom answers, nobody has made one.
  bookMeeting(appointment).then(add, () => {});
}

function showTitle() {
  const { client, time } = view.appointment;
  document.title = say("pageTitle", { client, time: formatTime(time) });
}

/** Opens what is open again, with a new element: the widget looks at Zoom again. */
function reopen() {
  open(findAppointment(view.appointment.id) ?? readLocation());
}

/** Everything outside the appointment and the day. */
function showTexts() {
  translate(document);
  const todayElement = findElement(document, "#today", HTMLTimeElement);
  todayElement.dateTime = today;
  todayElement.textContent = longDate(today);
  const { way = "direct", host } = findById("way").dataset;
  findElement(document, ".foot__way", HTMLElement).textContent = say(WAYS[way]?.name ?? "directName");
  const values = { host: host || say("ownServer") };
  findById("way-meaning").textContent = say(WAYS[way]?.meaning ?? "direct", values);
}

function changeLanguage() {
  const { day, appointment } = findAppointment(view.appointment.id) ?? readLocation();
  showTexts();
  dayView.changeLanguage(day, appointment);
  view.changeLanguage();
  showTitle();
}

/** @param {Appointment} appointment */
function notesChanged(appointment) {
  dayView.refresh(appointment);
  // A view that was left behind may have written to the appointment that is open again.
  if (appointment.id === view.appointment.id) view.refresh();
}

window.addEventListener("hashchange", () => {
  // None at all is where the visit began; any other is not ours.
  if (location.hash && !location.hash.startsWith("#appointment-")) return;
  const fromDays = document.activeElement?.closest("#days");
  open(readLocation());
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
findElement(document, ".skip-link", HTMLElement).addEventListener("click", (event) => {
  event.preventDefault();
  view.focusTitle();
});

const resetStatus = findById("reset-status");
findById("reset-demo").addEventListener("click", () => {
  notes.reset();
  reopen();
  dayView.refresh();
  resetStatus.textContent = say("resetDone");
  setTimeout(() => (resetStatus.textContent = ""), 6000);
});

sendMessages({ list: findById("message-list"), count: findById("message-count"), place: findById("messages") });
showTexts();
wireSwitches({ onLanguage: changeLanguage });
wireTour({ readNotes: () => view.readNotes(), reopen });
logEvents({
  list: findById("event-list"),
  count: findById("event-count"),
});
if (!findById("forwarder").hidden) {
  watchForwarder({
    sum: findById("forwarder-sum"),
    verdict: findById("forwarder-verdict"),
    list: findById("forwarder-list"),
  });
}
open(readLocation());
