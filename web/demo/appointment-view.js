/** The right side: one open appointment, made afresh each time, as a single-page app would. */

import { TIME_ZONE } from "./appointments.js";
import { formatHours, formatMinutes, longDate } from "./days.js";
import { find } from "./elements.js";
import { fill, instantiate } from "./templates.js";
import { say, translate } from "./words.js";

/** @import { Appointment } from "./appointments.js" */
/** @import { NotesStore } from "./notes-store.js" */

/** The book's words for the widget's `status`. @type {Record<string, "booked" | "cancelled" | "noShow" | "done">} */
const STATES = { booked: "booked", cancelled: "cancelled", "no-show": "noShow", done: "done" };

/** @type {Record<string, "saved" | "unsaved" | "notSaved">} */
const STATUS = { saved: "saved", unsaved: "unsaved", failed: "notSaved" };

const GOOGLE_MEET = "Google Meet: https://meet.google.com/xyz-mnop-qrs";

export class AppointmentView {
  #notes;
  #onChange;
  #isOver;
  #field;
  #status;

  /**
   * @param {object} options
   * @param {Appointment} options.appointment
   * @param {boolean} options.isOver - whether it was before today
   * @param {NotesStore} options.notes
   * @param {(appointment: Appointment) => void} options.onChange - called when the notes, or whether they are saved, changed
   */
  constructor({ appointment, isOver, notes, onChange }) {
    this.appointment = appointment;
    this.#notes = notes;
    this.#onChange = onChange;
    this.#isOver = isOver;
    this.element = instantiate("appointment-template", {
      initials: initials(appointment.client),
      client: appointment.client,
      phone: formatPhone(appointment.phone),
      email: appointment.email ?? "",
      service: appointment.service,
      staff: appointment.staff.name,
    });
    this.#fillTexts();
    this.element.dataset.color = appointment.staff.color;
    this.#field = find(this.element, "#appointment-notes", HTMLTextAreaElement);
    this.#status = find(this.element, "#save-status", HTMLElement);
    this.#fillContact();
    this.#fillMeeting();
    this.#wireNotes();
  }

  /** The page has another language now. The widget sees that by itself. */
  changeLanguage() {
    translate(this.element);
    this.#fillTexts();
    this.#showStatus();
  }

  readNotes() {
    return this.#field.value;
  }

  focusTitle() {
    find(this.element, "#appointment-title", HTMLElement).focus();
  }

  /** Takes over what was saved elsewhere (another tab, say), unless something is being written here. */
  refresh() {
    if (this.#notes.hasDraft(this.appointment)) return;
    const text = this.#notes.saved(this.appointment);
    if (text === this.#field.value) {
      this.#showStatus();
      return;
    }
    if (this.#status.dataset.status !== "saved") return;
    this.#field.value = text;
    // A value that is set tells nobody; whoever watches the field should know.
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #fillTexts() {
    const { id, date, time, duration, staff } = this.appointment;
    fill(this.element, {
      number: say("number", { number: id }),
      state: say(STATES[this.#state] ?? "booked"),
      room: say("room", { room: staff.room }),
      date: longDate(date),
      hours: formatHours(time, duration),
      duration: `${formatMinutes(duration)} · ${say("zone")}`,
    });
    this.element.dataset.state = this.#state;
  }

  /** As the widget's `status` has it. */
  get #state() {
    return this.appointment.status ?? (this.#isOver ? "done" : "booked");
  }

  #fillContact() {
    const { email, phone } = this.appointment;
    const link = find(this.element, ".client__email", HTMLAnchorElement);
    find(this.element, ".client__phone", HTMLAnchorElement).href = `tel:${phone}`;
    find(this.element, ".client__no-email", HTMLElement).hidden = Boolean(email);
    link.hidden = !email;
    if (email) link.href = `mailto:${email}`;
  }

  #fillMeeting() {
    const { id, client, email, phone, date, time, duration, staff, readOnly, hasOtherKinds } = this.appointment;
    const meeting = find(this.element, "zoom-meeting", HTMLElement);
    const attributes = {
      appointment: id,
      client,
      "client-email": email,
      "client-phone": phone,
      "client-time-zone": this.appointment.clientTimeZone,
      starts: `${date}T${time}`,
      "time-zone": TIME_ZONE,
      duration: String(duration),
      status: this.#state,
      "zoom-account": this.appointment.zoomAccount,
      "host-email": staff.email,
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (value) meeting.setAttribute(name, value);
    }
    meeting.toggleAttribute("read-only", Boolean(readOnly));
    if (hasOtherKinds) meeting.append(this.#renderOtherKind());
  }

  /** A choice of the page's own in the camera's menu: here it writes into the notes, too. */
  #renderOtherKind() {
    const button = document.createElement("button");
    button.type = "button";
    button.slot = "meeting-choice";
    button.textContent = "Add Google Meet";
    button.addEventListener("click", () => {
      this.#field.value = `${this.#field.value.trimEnd()}\n${GOOGLE_MEET}`.trimStart();
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
      this.#save();
    });
    return button;
  }

  // The listeners hang on the field, not on the page: notes that arrive after somebody has moved on
  // (Zoom was slow) are still saved, and with the right appointment.
  #wireNotes() {
    this.#field.value = this.#notes.current(this.appointment);
    this.#showStatus();
    this.#field.addEventListener("input", () => {
      this.#notes.draft(this.appointment, this.#field.value);
      this.#showStatus();
      this.#onChange(this.appointment);
    });
    this.#field.addEventListener("change", () => this.#save());
    find(this.element, "form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  #save() {
    const saved = this.#notes.save(this.appointment, this.#field.value);
    this.#showStatus(saved ? "saved" : "failed");
    this.#onChange(this.appointment);
  }

  /** @param {string} status */
  #showStatus(status = this.#notes.hasDraft(this.appointment) ? "unsaved" : "saved") {
    // Written only when it changed, or a screen reader would say it at every key.
    const text = say(STATUS[status] ?? "saved");
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#status.dataset.status = status;
  }
}

/**
 * The first letters of the first and the last name; emoji and brackets are not names.
 *
 * @param {string} name
 */
function initials(name) {
  const letters = name.split(/\s+/u).flatMap((word) => word.match(/^\p{L}/u) ?? []);
  // The invisible character keeps Arabic letters from joining into a word.
  return letters.length > 1 ? `${letters[0]}\u200c${letters.at(-1)}` : (letters[0] ?? "");
}

/** @param {string} phone */
function formatPhone(phone) {
  return phone.replace(/^\+1(\d{3})?(\d{3})(\d{4})$/u, (_, area, exchange, line) =>
    ["+1", area, `${exchange}-${line}`].filter(Boolean).join(" "),
  );
}
