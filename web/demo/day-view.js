/** The left side: the days, and the list of the day that is shown. */

import { dayName, formatDate, formatMinutes, formatTime, minutesOf } from "./days.js";
import { find, findById } from "./elements.js";
import { instantiate } from "./templates.js";
import { say } from "./words.js";

/** @import { Appointment, Day } from "./appointments.js" */
/** @import { NotesStore } from "./notes-store.js" */

const ZOOM_LINE = "Zoom: [";

export class DayView {
  #book;
  #firstOf;
  #today;
  #notes;
  #elements;
  /** @type {Map<string, Element>} By date. */
  #dayLinks = new Map();
  /** @type {Map<string, { appointment: Appointment, link: Element, camera: HTMLElement, unsaved: HTMLElement }>} By id. */
  #entries = new Map();
  /** @type {string | null} */
  #date = null;

  /**
   * @param {object} options
   * @param {Day[]} options.book
   * @param {string} options.today
   * @param {NotesStore} options.notes
   * @param {(day: Day) => Appointment} options.firstOf - gives the appointment that a day opens with
   */
  constructor({ book, today, notes, firstOf }) {
    this.#today = today;
    this.#notes = notes;
    this.#elements = {
      title: findById("day-title"),
      date: findById("day-date"),
      days: findById("days"),
      toggle: findById("day-toggle"),
      count: findById("day-count"),
      entries: findById("day-entries"),
    };
    this.#elements.toggle.addEventListener("click", () => this.#expand(!this.#expanded));
    this.#elements.entries.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a")) this.#expand(false);
    });
    this.#book = book;
    this.#firstOf = firstOf;
    this.#showDays();
  }

  /**
   * The page has another language now.
   *
   * @param {Day} day
   * @param {Appointment} open
   */
  changeLanguage(day, open) {
    this.#showDays();
    this.#date = null; // what is shown of it is in the language of before
    this.show(day, open);
  }

  /**
   * Shows the day of an appointment and marks it as the one that is open.
   *
   * @param {Day} day
   * @param {Appointment} open
   */
  show(day, open) {
    if (this.#date !== day.date) this.#showDay(day);
    for (const [id, { link }] of this.#entries) setCurrent(link, id === open.id ? "true" : null);
  }

  /**
   * Brings the marks of one entry, or of all, up to date.
   *
   * @param {Appointment} [only]
   */
  refresh(only) {
    for (const { appointment, camera, unsaved } of this.#entries.values()) {
      if (only && appointment.id !== only.id) continue;
      camera.hidden = !this.#notes.current(appointment).includes(ZOOM_LINE);
      unsaved.hidden = !this.#notes.hasDraft(appointment);
    }
  }

  #showDays() {
    this.#elements.days.replaceChildren();
    for (const day of this.#book) this.#addDay(day, this.#firstOf(day));
  }

  /**
   * @param {Day} day
   * @param {Appointment} first
   */
  #addDay({ date }, first) {
    const item = instantiate("day-template", {
      name: dayName(date, this.#today, "short"),
      month: formatDate(date, { month: "long" }),
      number: formatDate(date, { day: "numeric" }),
    });
    const link = find(item, "a", HTMLAnchorElement);
    link.href = `#appointment-${first.id}`;
    this.#dayLinks.set(date, link);
    this.#elements.days.append(item);
  }

  /** @param {Day} day */
  #showDay({ date, appointments }) {
    const { title, date: dateLine, count, entries } = this.#elements;
    this.#date = date;
    title.textContent = dayName(date, this.#today);
    dateLine.textContent = formatDate(date, { weekday: "long", month: "long", day: "numeric" });
    count.textContent = say("count", { count: String(appointments.length) });
    for (const [other, link] of this.#dayLinks) setCurrent(link, other === date ? "date" : null);
    this.#entries.clear();
    /** @type {number | null} */
    let freeFrom = null;
    const items = appointments.map((appointment) => {
      const start = minutesOf(appointment.time);
      const item = this.#renderEntry(appointment, freeFrom === null ? 0 : Math.max(0, start - freeFrom));
      freeFrom = Math.max(freeFrom ?? 0, start + appointment.duration);
      return item;
    });
    entries.replaceChildren(...items);
    this.refresh();
  }

  /**
   * @param {Appointment} appointment
   * @param {number} freeBefore - in minutes
   */
  #renderEntry(appointment, freeBefore) {
    const item = instantiate("entry-template", {
      time: formatTime(appointment.time),
      client: appointment.client,
      service: appointment.service,
      staff: `${formatMinutes(appointment.duration)} · ${appointment.staff.name}`,
    });
    const link = find(item, "a", HTMLAnchorElement);
    link.href = `#appointment-${appointment.id}`;
    item.dataset.appointment = appointment.id;
    item.dataset.color = appointment.staff.color;
    find(item, "time", HTMLTimeElement).dateTime = `${appointment.date}T${appointment.time}`;
    // The list breathes like the day: the style sheet turns minutes into room.
    item.style.setProperty("--minutes", String(appointment.duration));
    item.style.setProperty("--free-before", String(freeBefore));
    this.#entries.set(appointment.id, {
      appointment,
      link,
      camera: find(item, ".entry__camera", HTMLElement),
      unsaved: find(item, ".entry__unsaved", HTMLElement),
    });
    return item;
  }

  get #expanded() {
    return this.#elements.toggle.getAttribute("aria-expanded") === "true";
  }

  // Only a narrow screen has the toggle; on a wide one the list is always there.
  /** @param {boolean} expanded */
  #expand(expanded) {
    this.#elements.toggle.setAttribute("aria-expanded", String(expanded));
  }
}

/**
 * @param {Element} link
 * @param {string | null} value
 */
function setCurrent(link, value) {
  if (value) link.setAttribute("aria-current", value);
  else link.removeAttribute("aria-current");
}
