/**
 * Dates and times as plain text: `YYYY-MM-DD` and `HH:MM`, the wall clock of the salon. They are read in the language
 * of the page.
 */

import { readLanguage } from "./words.js";

const MINUTES_A_DAY = 24 * 60;

/**
 * The date in a time zone, whatever zone the viewer's own clock is in.
 *
 * @param {string} timeZone
 */
export function dateIn(timeZone, now = new Date()) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/**
 * The time of day in a time zone.
 *
 * @param {string} timeZone
 */
export function clockIn(timeZone, now = new Date()) {
  const format = /** @type {const} */ ({ timeZone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat("en-GB", format).format(now);
}

const AMERICAN = "en-US";

/** English is the English of a salon in New York, unless the page says which. */
function readLocale() {
  const language = readLanguage();
  return language === "en" ? AMERICAN : language;
}

// Counted in UTC, where every day has 24 hours.
const asUtc = (/** @type {string} */ date) => new Date(`${date}T00:00:00Z`);

/**
 * @param {string} date
 * @param {number} days
 */
export function addDays(date, days) {
  const moved = asUtc(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/**
 * @param {string} date
 * @param {Intl.DateTimeFormatOptions} options
 */
export function formatDate(date, options) {
  return new Intl.DateTimeFormat(readLocale(), { ...options, timeZone: "UTC" }).format(asUtc(date));
}

export const longDate = (/** @type {string} */ date) =>
  formatDate(date, { weekday: "long", month: "long", day: "numeric", year: "numeric" });

/**
 * What people call a day that is near, else its weekday.
 *
 * @param {string} date
 * @param {string} today
 * @param {"long" | "short"} weekday
 */
export function dayName(date, today, weekday = "long") {
  const distance = Math.round((asUtc(date).getTime() - asUtc(today).getTime()) / (MINUTES_A_DAY * 60_000));
  if (Math.abs(distance) > 1) return formatDate(date, { weekday });
  const name = new Intl.RelativeTimeFormat(readLocale(), { numeric: "auto" }).format(distance, "day");
  return name.charAt(0).toLocaleUpperCase(readLocale()) + name.slice(1);
}

/**
 * Since midnight.
 *
 * @param {string} time
 */
export function minutesOf(time) {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * `HH:MM`.
 *
 * @param {number} minutes - since midnight
 */
export function writeClockTime(minutes) {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** @param {number} minutes - since midnight */
function twelveHour(minutes) {
  const hours = Math.floor(minutes / 60) % 24;
  return {
    clock: `${hours % 12 || 12}:${String(minutes % 60).padStart(2, "0")}`,
    half: hours < 12 ? "am" : "pm",
  };
}

/**
 * "6:00 pm", or as another language has it.
 *
 * @param {string} time
 */
export function formatTime(time) {
  return writeClock(minutesOf(time));
}

/** @param {number} minutes - since midnight */
function writeClock(minutes) {
  if (readLocale() !== AMERICAN) {
    const then = new Date(minutes * 60_000);
    return new Intl.DateTimeFormat(readLocale(), { timeStyle: "short", timeZone: "UTC" }).format(then);
  }
  const { clock, half } = twelveHour(minutes);
  return `${clock} ${half}`;
}

/**
 * As in a line of the notes: "Tuesday, November 11 2025 6:00 pm".
 *
 * @param {string} date
 * @param {string} time
 */
export function writeNoteTime(date, time) {
  const write = (/** @type {Intl.DateTimeFormatOptions} */ part) =>
    new Intl.DateTimeFormat(AMERICAN, { ...part, timeZone: "UTC" }).format(asUtc(date));
  const { clock, half } = twelveHour(minutesOf(time));
  const day = `${write({ weekday: "long" })}, ${write({ month: "long", day: "numeric" })}`;
  return `${day} ${write({ year: "numeric" })} ${clock} ${half}`;
}

/** @param {number} minutes */
export function formatMinutes(minutes) {
  const options = /** @type {const} */ ({ style: "unit", unit: "minute", unitDisplay: "short" });
  return new Intl.NumberFormat(readLocale(), options).format(minutes);
}

/**
 * "6:00 – 7:00 pm", or "11:30 am – 12:30 pm" where noon lies between.
 *
 * @param {string} time
 * @param {number} duration - in minutes
 */
export function formatHours(time, duration) {
  const end = minutesOf(time) + duration;
  const isHalfSaidOnce = twelveHour(minutesOf(time)).half === twelveHour(end).half && readLocale() === AMERICAN;
  const from = isHalfSaidOnce ? twelveHour(minutesOf(time)).clock : formatTime(time);
  return `${from} – ${writeClock(end)}`;
}
