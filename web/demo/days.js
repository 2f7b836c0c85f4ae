/** Dates and times as plain text: `YYYY-MM-DD` and `HH:MM`, the wall clock of the salon. */

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
  return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(asUtc(date));
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
  const near = new Map([
    [-1, "Yesterday"],
    [0, "Today"],
    [1, "Tomorrow"],
  ]);
  const distance = Math.round((asUtc(date).getTime() - asUtc(today).getTime()) / (MINUTES_A_DAY * 60_000));
  return near.get(distance) ?? formatDate(date, { weekday });
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

/** @param {number} minutes - since midnight */
function twelveHour(minutes) {
  const hours = Math.floor(minutes / 60) % 24;
  return {
    clock: `${hours % 12 || 12}:${String(minutes % 60).padStart(2, "0")}`,
    half: hours < 12 ? "am" : "pm",
  };
}

/** @param {string} time */
export function formatTime(time) {
  const { clock, half } = twelveHour(minutesOf(time));
  return `${clock} ${half}`;
}

/**
 * "6:00 – 7:00 pm", or "11:30 am – 12:30 pm" where noon lies between.
 *
 * @param {string} time
 * @param {number} duration - in minutes
 */
export function formatHours(time, duration) {
  const start = twelveHour(minutesOf(time));
  const end = twelveHour(minutesOf(time) + duration);
  const from = start.half === end.half ? start.clock : `${start.clock} ${start.half}`;
  return `${from} – ${end.clock} ${end.half}`;
}
