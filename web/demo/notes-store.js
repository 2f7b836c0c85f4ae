/**
 * The notes: what was saved, in the browser's storage, and what was not, in memory.
 *
 * Saved notes belong to an appointment *at a time*. The demo's days move with the calendar, one of its
 * appointments with the clock, and a meeting of last week has no business in tomorrow's appointment.
 */

/** @import { Appointment } from "./appointments.js" */
/** @typedef {Record<string, { date: string, time?: string, notes: string } | undefined>} Saved - by the appointments' ids */

export const STORAGE_KEY = "simplespa-demo:v1:appointments";

export class NotesStore {
  #storage;
  /** @type {Map<string, string>} */
  #drafts = new Map();

  /** `storage` is a function, since a browser that blocks storage throws at the mere mention of it. */
  constructor(storage = () => window.localStorage) {
    this.#storage = storage;
  }

  /** @param {Appointment} appointment */
  saved(appointment) {
    const entry = this.#load()[appointment.id];
    const isIts = entry?.date === appointment.date && (entry.time ?? appointment.time) === appointment.time;
    return isIts && typeof entry.notes === "string" ? entry.notes : appointment.notes;
  }

  /** @param {Appointment} appointment */
  current(appointment) {
    return this.#drafts.get(appointment.id) ?? this.saved(appointment);
  }

  /** @param {Appointment} appointment */
  hasDraft({ id }) {
    return this.#drafts.has(id);
  }

  /**
   * @param {Appointment} appointment
   * @param {string} text
   */
  draft(appointment, text) {
    if (text === this.saved(appointment)) this.#drafts.delete(appointment.id);
    else this.#drafts.set(appointment.id, text);
  }

  /**
   * Whether it worked. If it did not, the text stays as a draft.
   *
   * @param {Appointment} appointment
   * @param {string} text
   */
  save({ id, date, time }, text) {
    try {
      // Read again right before: another tab may have saved another appointment.
      const all = { ...this.#load(), [id]: { date, time, notes: text } };
      this.#storage().setItem(STORAGE_KEY, JSON.stringify(all));
    } catch {
      this.#drafts.set(id, text);
      return false;
    }
    this.#drafts.delete(id);
    return true;
  }

  /**
   * Whether nobody has saved or written anything in it yet.
   *
   * @param {Appointment} appointment
   */
  isUntouched(appointment) {
    return this.current(appointment) === appointment.notes;
  }

  reset() {
    this.#drafts.clear();
    try {
      this.#storage().removeItem(STORAGE_KEY);
    } catch {
      // Nothing can be stored here, so nothing is left to remove.
    }
  }

  /**
   * What is stored, or nothing if it is not what we once wrote.
   *
   * @returns {Saved}
   */
  #load() {
    try {
      /** @type {unknown} */
      const all = JSON.parse(this.#storage().getItem(STORAGE_KEY) ?? "{}");
      return all !== null && typeof all === "object" && !Array.isArray(all) ? /** @type {Saved} */ (all) : {};
    } catch {
      return {};
    }
  }
}
