/** The left side: the days, and the list of the day that is shown. */

import { dayName, formatDate, formatTime, minutesOf } from "./days.js";
import { instantiate } from "./templates.js";

const ZOOM_LINE = "Zoom: [";

export class DayView {
  #today;
  #notes;
  #elements;
  #dayLinks = new Map();
  #entries = new Map();
  #date = null;

  /** `firstOf` gives the appointment that a day opens with. */
  constructor({ root, book, today, notes, firstOf }) {
    const find = (id) => root.querySelector(`#${id}`);
    this.#today = today;
    this.#notes = notes;
    this.#elements = {
      title: find("day-title"),
      date: find("day-date"),
      days: find("days"),
      toggle: find("day-toggle"),
      count: find("day-count"),
      entries: find("day-entries"),
    };
    this.#elements.toggle.addEventListener("click", () => this.#expand(!this.#expanded));
    this.#elements.entries.addEventListener("click", (event) => {
      if (event.target.closest("a")) this.#expand(false);
    });
    for (const day of book) this.#addDay(day, firstOf(day));
  }

  /** Shows the day of an appointment and marks it as the one that is open. */
  show(day, open) {
    if (this.#date !== day.date) this.#showDay(day);
    for (const [id, { link }] of this.#entries) setCurrent(link, id === open.id ? "true" : null);
  }

  /** Brings the marks of one entry, or of all, up to date. */
  refresh(only = null) {
    for (const { appointment, camera, unsaved } of this.#entries.values()) {
      if (only && appointment.id !== only.id) continue;
      camera.hidden = !this.#notes.current(appointment).includes(ZOOM_LINE);
      unsaved.hidden = !this.#notes.hasDraft(appointment);
    }
  }

  #addDay({ date }, first) {
    const item = instantiate("day-template", {
      name: dayName(date, this.#today, "short"),
      month: formatDate(date, { month: "long" }),
      number: formatDate(date, { day: "numeric" }),
    });
    const link = item.querySelector("a");
    link.href = `#appointment-${first.id}`;
    this.#dayLinks.set(date, link);
    this.#elements.days.append(item);
  }

  #showDay({ date, appointments }) {
    const { title, date: dateLine, count, entries } = this.#elements;
    this.#date = date;
    title.textContent = dayName(date, this.#today);
    dateLine.textContent = formatDate(date, { weekday: "long", month: "long", day: "numeric" });
    count.textContent = `${appointments.length} appointments`;
    for (const [other, link] of this.#dayLinks) setCurrent(link, other === date ? "date" : null);
    this.#entries.clear();
    let freeFrom = null;
    const items = appointments.map((appointment) => {
      const start = minutesOf(appointment.time);
      const item = this.#entry(appointment, freeFrom === null ? 0 : Math.max(0, start - freeFrom));
      freeFrom = start + appointment.duration;
      return item;
    });
    entries.replaceChildren(...items);
    this.refresh();
  }

  #entry(appointment, freeBefore) {
    const item = instantiate("entry-template", {
      time: formatTime(appointment.time),
      client: appointment.client,
      service: appointment.service,
      staff: `${appointment.duration} min with ${appointment.staff.name}`,
    });
    const link = item.querySelector("a");
    link.href = `#appointment-${appointment.id}`;
    item.dataset.appointment = appointment.id;
    item.dataset.color = appointment.staff.color;
    item.querySelector("time").dateTime = `${appointment.date}T${appointment.time}`;
    // The list breathes like the day: the style sheet turns minutes into room.
    item.style.setProperty("--minutes", appointment.duration);
    item.style.setProperty("--free-before", freeBefore);
    this.#entries.set(appointment.id, {
      appointment,
      link,
      camera: item.querySelector(".entry__camera"),
      unsaved: item.querySelector(".entry__unsaved"),
    });
    return item;
  }

  get #expanded() {
    return this.#elements.toggle.getAttribute("aria-expanded") === "true";
  }

  // Only a narrow screen has the toggle; on a wide one the list is always there.
  #expand(expanded) {
    this.#elements.toggle.setAttribute("aria-expanded", String(expanded));
  }
}

function setCurrent(link, value) {
  if (value) link.setAttribute("aria-current", value);
  else link.removeAttribute("aria-current");
}
