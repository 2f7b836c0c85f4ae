/** The right side: one open appointment, made afresh each time, as a single-page app would. */

import { TIME_ZONE } from "./appointments.js";
import { formatHours, longDate } from "./days.js";
import { instantiate } from "./templates.js";

const STATUS = {
  saved: "Saved",
  unsaved: "Unsaved changes",
  failed: "This browser could not save the notes",
};

export class AppointmentView {
  #notes;
  #onChange;
  #field;
  #status;

  /** `onChange` is called when the notes, or whether they are saved, changed. */
  constructor({ appointment, notes, onChange }) {
    this.appointment = appointment;
    this.#notes = notes;
    this.#onChange = onChange;
    this.element = instantiate("appointment-template", {
      initials: initials(appointment.client),
      client: appointment.client,
      phone: formatPhone(appointment.phone),
      email: appointment.email ?? "",
      number: appointment.id,
      service: appointment.service,
      staff: appointment.staff.name,
      date: longDate(appointment.date),
      hours: formatHours(appointment.time, appointment.duration),
      duration: `${appointment.duration} min, New York time`,
    });
    this.element.dataset.color = appointment.staff.color;
    this.#fillContact();
    this.#fillMeeting();
    this.#wireNotes();
  }

  focusTitle() {
    this.element.querySelector("#appointment-title").focus();
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

  #fillContact() {
    const { email, phone } = this.appointment;
    const link = this.element.querySelector(".client__email");
    this.element.querySelector(".client__phone").href = `tel:${phone}`;
    this.element.querySelector(".client__no-email").hidden = Boolean(email);
    link.hidden = !email;
    if (email) link.href = `mailto:${email}`;
  }

  #fillMeeting() {
    const { id, client, email, phone, date, time, duration } = this.appointment;
    const meeting = this.element.querySelector("zoom-meeting");
    meeting.setAttribute("appointment", id);
    meeting.setAttribute("client", client);
    if (email) meeting.setAttribute("client-email", email);
    meeting.setAttribute("client-phone", phone);
    meeting.setAttribute("starts", `${date}T${time}`);
    meeting.setAttribute("time-zone", TIME_ZONE);
    meeting.setAttribute("duration", String(duration));
  }

  // The listeners hang on the field, not on the page: notes that arrive after somebody has moved on
  // (Zoom was slow) are still saved, and with the right appointment.
  #wireNotes() {
    this.#field = this.element.querySelector("#appointment-notes");
    this.#status = this.element.querySelector("#save-status");
    this.#field.value = this.#notes.current(this.appointment);
    this.#showStatus();
    this.#field.addEventListener("input", () => {
      this.#notes.draft(this.appointment, this.#field.value);
      this.#showStatus();
      this.#onChange(this.appointment);
    });
    this.#field.addEventListener("change", () => this.#save());
    this.element.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  #save() {
    const saved = this.#notes.save(this.appointment, this.#field.value);
    this.#showStatus(saved ? "saved" : "failed");
    this.#onChange(this.appointment);
  }

  #showStatus(status = this.#notes.hasDraft(this.appointment) ? "unsaved" : "saved") {
    // Written only when it changed, or a screen reader would say it at every key.
    if (this.#status.textContent !== STATUS[status]) this.#status.textContent = STATUS[status];
    this.#status.dataset.status = status;
  }
}

/** The first letters of the first and the last name; emoji and brackets are not names. */
function initials(name) {
  const letters = name.split(/\s+/u).flatMap((word) => word.match(/^\p{L}/u) ?? []);
  // The invisible character keeps Arabic letters from joining into a word.
  return letters.length > 1 ? `${letters[0]}\u200c${letters.at(-1)}` : (letters[0] ?? "");
}

function formatPhone(phone) {
  return phone.replace(/^\+1(\d{3})?(\d{3})(\d{4})$/u, (_, area, exchange, line) =>
    ["+1", area, `${exchange}-${line}`].filter(Boolean).join(" "),
  );
}
